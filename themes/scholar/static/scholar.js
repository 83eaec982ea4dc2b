// What scholar adds where there are scripts. Everything can be read and reached without them.

(() => {
  const root = document.documentElement;
  const here = document.currentScript.src;

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // The words of the theme in the language of the page, asked for when they are first needed.
  let asked;
  const words = () =>
    (asked ??= fetch(new URL("words.json", here))
      .then((response) => response.json())
      .then((all) => ({ ...all.en, ...all[root.lang.split("-")[0]], ...all[root.lang] }))
      .catch((error) => {
        // Whoever was offline may ask again.
        asked = undefined;
        throw error;
      }));

  // Whether the page has a margin: 64rem, as the style sheet has it.
  const hasMargin = () =>
    document.body.clientWidth >= 64 * Number.parseFloat(getComputedStyle(root).fontSize);

  // ---- Lists that are folded -------------------------------------------------------------------

  // The element that a fragment names; what is no percent-encoding names none.
  const named = (hash) => {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch {
      return null;
    }
  };

  // Opens the list that a link points into, in browsers that do not do so by themselves.
  const follow = () => {
    const target = named(location.hash);
    if (!target?.closest("details:not([open])")) return;
    for (let at = target; at; at = at.parentElement) {
      if (at instanceof HTMLDetailsElement) at.open = true;
    }
    target.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  addEventListener("click", (event) => {
    // A second click on the same link changes no hash.
    const link = event.target.closest?.('a[href^="#"]');
    if (link && link.hash === location.hash) follow();
  });
  addEventListener("beforeprint", () => {
    for (const list of document.querySelectorAll("details.sources, details.cite-page")) list.open = true;
  });
  follow();

  // ---- The list of headings --------------------------------------------------------------------

  const contents = document.querySelector(".contents");
  if (contents) {
    const entries = [...contents.querySelectorAll('a[href^="#"]')]
      .map((link) => ({ link, heading: named(link.hash) }))
      .filter(({ heading }) => heading);
    const mark = () => {
      if (!hasMargin()) return;
      const line = innerHeight * 0.3;
      const atEnd = scrollY + innerHeight >= root.scrollHeight - 2;
      const passed = entries.filter(({ heading }) => heading.getBoundingClientRect().top <= line);
      const current = scrollY > 0 && atEnd && passed.length === 0 ? entries.at(-1) : passed.at(-1);
      for (const { link } of entries) {
        if (link === current?.link) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
      if (!current || contents.scrollHeight <= contents.clientHeight) return;
      const top = current.link.getBoundingClientRect().top - contents.getBoundingClientRect().top;
      if (top < 0 || top > contents.clientHeight - 48) contents.scrollTop += top - contents.clientHeight / 2;
    };
    let waiting = false;
    const later = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    };
    const list = contents.querySelector("details");
    const unfold = () => {
      // In the margin there is nothing to fold, and nothing to stop at.
      if (hasMargin()) list.open = true;
      list.querySelector("summary").tabIndex = hasMargin() ? -1 : 0;
      later();
    };
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", unfold);
    unfold();
  }

  // ---- Cards -----------------------------------------------------------------------------------

  // A copy of what an entry says, without the ways back from it; its links are for the pointer,
  // since the keyboard reaches them in the list.
  const copied = (from) => {
    const copy = from.cloneNode(true);
    for (const gone of copy.querySelectorAll('[role="doc-backlink"], .back, .elsewhere, .identifier, .Z3988')) gone.remove();
    for (const part of copy.querySelectorAll("[id]")) part.removeAttribute("id");
    for (const link of copy.querySelectorAll("a")) link.tabIndex = -1;
    return [...copy.childNodes];
  };

  // What is known of a page of this site: its own title and description.
  const previews = new Map();
  const preview = (url) => {
    const key = url.split("#")[0];
    if (!previews.has(key)) {
      const read = async () => {
        const response = await fetch(key);
        if (!response.ok || !response.headers.get("content-type")?.includes("html")) return null;
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const said = (name) => page.querySelector(`meta[${name}]`)?.content;
        return { page, title: said('property="og:title"') ?? page.title, deck: said('name="description"') };
      };
      previews.set(key, read().catch(() => null));
    }
    return previews.get(key);
  };

  const isMarker = (link) => link.matches('.cite a, .footnote-ref a, [role="doc-noteref"]');

  // What the card of a link shows; none where it has none.
  const shownFor = async (link) => {
    const target = link.hash && link.pathname === location.pathname && named(link.hash);
    const entry = target && target.closest(".sources li, .notes li, .footnotes li, .additional-reading li");
    if (entry) return copied(entry);
    const isOther = link.origin === location.origin && link.pathname !== location.pathname;
    if (!isOther || link.hasAttribute("download") || navigator.connection?.saveData) return null;
    const found = await preview(link.href);
    if (!found?.deck) return null;
    const parts = [element("strong", {}, found.title)];
    const heading = link.hash && found.page.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading?.matches("h1, h2, h3, h4, h5, h6")) {
      heading.querySelector(".anchor")?.remove();
      parts.push(element("p", {}, `› ${heading.textContent.trim()}`));
    }
    return [...parts, element("p", {}, found.deck)];
  };

  let card = null;
  let owner = null;
  let timer;

  const hide = () => {
    clearTimeout(timer);
    owner?.removeAttribute("aria-describedby");
    card?.remove();
    card = owner = null;
  };

  const place = () => {
    const [first] = owner.getClientRects();
    const { width, height } = card.getBoundingClientRect();
    const fitsBelow = first.bottom + height + 8 < innerHeight || first.top < height + 8;
    const top = fitsBelow ? first.bottom + 2 : first.top - height - 2;
    const start = Math.min(Math.max(first.left - 16, 16), root.clientWidth - width - 16);
    card.style.top = `${top + scrollY}px`;
    card.style.left = `${Math.max(start, 0) + scrollX}px`;
  };

  const show = async (link) => {
    clearTimeout(timer);
    if (owner === link) return;
    hide();
    owner = link;
    const children = await shownFor(link);
    if (owner !== link) return;
    if (!children) {
      owner = null;
      return;
    }
    card = element("div", { className: "hover-card", id: "_card", popover: "manual" }, ...children);
    card.setAttribute("role", "tooltip");
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", later);
    document.querySelector("main").append(card);
    card.showPopover?.();
    link.setAttribute("aria-describedby", "_card");
    place();
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, 300);
  };

  const linkOf = (event) => event.target.closest?.(".prose a[href]:not(.anchor)");

  document.addEventListener("pointerover", (event) => {
    const link = linkOf(event);
    if (!link || event.pointerType === "touch") return;
    clearTimeout(timer);
    if (link !== owner) timer = setTimeout(() => show(link), 250);
  });
  document.addEventListener("pointerout", (event) => {
    if (linkOf(event) && event.pointerType !== "touch") later();
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link?.matches(":focus-visible")) show(link);
    else if (!card?.contains(event.target)) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  // A finger cannot point without pressing: the first tap on a marker shows the card, the second
  // follows it. Other links lead on at once.
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (link && isMarker(link) && event.pointerType === "touch" && !(owner === link && card)) {
      event.preventDefault();
      show(link);
    } else if (!card?.contains(event.target)) {
      hide();
    }
  });

  // ---- Sources in the margin -------------------------------------------------------------------

  const prose = document.querySelector(".body > .prose");
  if (prose && root.dataset.sidenotes !== undefined) {
    const notes = new Map();
    for (const marker of prose.querySelectorAll('.cite a[href^="#ref-"]')) {
      const entry = named(marker.hash)?.querySelector(".entry");
      if (!entry || notes.has(entry)) continue;
      const note = element("div", { className: "sidenote", ariaHidden: "true" });
      const number = /^\d+/.exec(marker.textContent);
      if (number) note.append(element("b", {}, number[0]), " ");
      note.append(...copied(entry));
      notes.set(entry, { marker, note });
    }
    const body = prose.parentElement;
    body.append(...[...notes.values()].map(({ note }) => note));
    const arrange = () => {
      const top = body.getBoundingClientRect().top;
      const above = contents?.getBoundingClientRect();
      let free = above ? above.bottom - top + 24 : 0;
      for (const { marker, note } of notes.values()) {
        const at = Math.max(marker.getBoundingClientRect().top - top, free);
        note.style.insetBlockStart = `${at}px`;
        free = at + note.offsetHeight + 12;
      }
    };
    new ResizeObserver(arrange).observe(prose);
  }

  // ---- The reader's own settings ---------------------------------------------------------------

  const SETTINGS = {
    size: ["small", "", "large", "larger", "largest"],
    spacing: ["", "wide", "wider"],
    width: ["narrow", "", "wide"],
    font: ["", "serif", "sans", "legible"],
    scheme: ["", "light", "dark"],
    contrast: ["", "more"],
    links: ["", "underlined"],
    motion: ["", "less"],
  };

  const stored = () => {
    try {
      return JSON.parse(localStorage.getItem("scholar.reader")) ?? {};
    } catch {
      return {};
    }
  };

  const dialogOf = (say) => {
    const set = stored();
    const fields = Object.entries(SETTINGS).map(([name, values]) => {
      const choices = values.map((value) => {
        const word = say[`${name}-${value || "usual"}`];
        return element("label", {}, element("input", { type: "radio", name, value, defaultChecked: !value }), ` ${word}`);
      });
      for (const choice of choices) choice.firstChild.checked = choice.firstChild.value === (set[name] ?? "");
      return element("fieldset", {}, element("legend", {}, say[name]), element("div", { className: "choices" }, ...choices));
    });
    const close = element("button", { className: "button first", type: "submit" }, say.close);
    const reset = element("button", { className: "button", type: "reset" }, say.reset);
    const form = element(
      "form",
      { method: "dialog" },
      element("h2", { id: "_preferences" }, say.title),
      ...fields,
      element("div", { className: "ends" }, close, reset),
      element("p", {}, say.kept),
    );
    const keep = () => {
      const chosen = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
      scholarReader(chosen);
      try {
        localStorage.setItem("scholar.reader", JSON.stringify(chosen));
      } catch {}
      dispatchEvent(new Event("resize"));
    };
    form.addEventListener("change", keep);
    // The fields are as they were until the event is over.
    form.addEventListener("reset", () => setTimeout(keep));
    const dialog = element("dialog", { className: "preferences" }, form);
    dialog.setAttribute("aria-labelledby", "_preferences");
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    return dialog;
  };

  const button = document.querySelector("[data-preferences]");
  let dialog;
  button?.addEventListener("pointerenter", () => void words().catch(() => {}));
  button?.addEventListener("click", async () => {
    const say = await words();
    dialog ??= document.body.appendChild(dialogOf(say));
    if (!dialog.open) dialog.showModal();
  });
  // What was set in another window is set here too.
  addEventListener("storage", (event) => {
    if (event.key === "scholar.reader" && button) scholarReader(stored());
  });

  // ---- Search ----------------------------------------------------------------------------------

  const finder = document.querySelector("a[data-search]");
  if (finder) {
    const searched = document.querySelector("form[data-searched]");
    const load = () => Promise.all([import(finder.dataset.script), words()]);
    const style = () => {
      const href = finder.dataset.style;
      if (!document.querySelector(`link[href="${href}"]`)) {
        document.head.append(element("link", { rel: "stylesheet", href }));
      }
    };
    const seek = async () => {
      if (searched) return searched.querySelector("input").select();
      style();
      try {
        const [search, say] = await load();
        await search.open(finder, say);
      } catch {
        location.assign(finder.href);
      }
    };
    finder.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
    if (!searched) finder.setAttribute("aria-haspopup", "dialog");
    finder.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      seek();
    });
    for (const sign of ["pointerenter", "focus"]) {
      finder.addEventListener(sign, () => {
        if (!searched) style();
        load().catch(() => {});
      }, { once: true });
    }
    document.addEventListener("keydown", (event) => {
      const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
      const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
      const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!isSlash && !isK) return;
      event.preventDefault();
      seek();
    });
    if (searched) {
      load().then(([search, say]) => search.page(searched, say)).catch(async () => {
        document.querySelector("[data-status]").textContent = (await words())["search-failed"];
      });
    }
  }

  // An address that leads nowhere is mostly made of the words of a title.
  const lost = document.querySelector("form[data-lost] input");
  if (lost) {
    try {
      const name = location.pathname.split("/").filter(Boolean).at(-1) ?? "";
      lost.value = decodeURIComponent(name).replace(/\.html?$/, "").replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();
    } catch {}
  }

  // ---- Code ------------------------------------------------------------------------------------

  const blocks = document.querySelectorAll("pre.code");
  if (blocks.length > 0 && navigator.clipboard) {
    words().then((say) => {
      for (const block of blocks) {
        const copy = element("button", { className: "button copy", type: "button" }, say.copy);
        copy.addEventListener("click", async () => {
          await navigator.clipboard.writeText(block.textContent);
          copy.textContent = say.copied;
          copy.classList.add("done");
          setTimeout(() => {
            copy.textContent = say.copy;
            copy.classList.remove("done");
          }, 2000);
        });
        copy.ariaLive = "polite";
        const box = element("div", { className: "code-box" });
        block.replaceWith(box);
        box.append(block, copy);
      }
    }).catch(() => {});
  }

  // ---- Share -----------------------------------------------------------------------------------

  const share = document.querySelector("[data-share]");
  share?.addEventListener("click", async () => {
    const url = share.dataset.share;
    // Whoever thinks better of it has not failed.
    if (navigator.share) return navigator.share({ title: document.title, url }).catch(() => {});
    const { "link-copied": copied } = await words();
    const label = share.textContent;
    await navigator.clipboard.writeText(url);
    share.textContent = copied;
    setTimeout(() => (share.textContent = label), 2000);
  });

  // ---- Feedback --------------------------------------------------------------------------------

  const form = document.querySelector(".feedback[method=post]");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!response.ok) throw new Error(response.statusText);
      const thanks = form.querySelector("[role=status]");
      thanks.textContent = thanks.dataset.thanks;
      for (const part of form.querySelectorAll("fieldset, .more")) part.remove();
    } catch {
      // Then as without scripts: the answer of the server is the next page.
      form.submit();
    }
  });
})();
