// Follows the page in a preview of `ibid serve`: reloads it, exchanges its style sheets, and
// shows why there is no newer one. It is in no page that `ibid build` writes.
(() => {
  "use strict";
  const script = document.currentScript;
  const print = script.dataset.print;
  const showsFailure = "failed" in script.dataset;
  let sheets = JSON.parse(script.dataset.sheets);

  // Where the reader was before the page was loaded anew, and for which print it was.
  const KEY = "ibid-preview";
  let before = null;
  try {
    before = JSON.parse(sessionStorage.getItem(KEY));
    sessionStorage.removeItem(KEY);
  } catch {}
  if (before?.address !== location.href) before = null;

  function reload(wanted) {
    // A page that never gets the print that it should have is not loaded for ever.
    const tries = before?.wanted === wanted ? before.tries + 1 : 1;
    if (tries > 3) return;
    const open = [...document.querySelectorAll("details")].map((details) => details.open);
    const place = { address: location.href, wanted, tries, x: scrollX, y: scrollY, open };
    try {
      sessionStorage.setItem(KEY, JSON.stringify(place));
    } catch {}
    location.reload();
  }

  function restore() {
    if (!before) return;
    const all = document.querySelectorAll("details");
    if (all.length === before.open.length) all.forEach((details, n) => (details.open = before.open[n]));
    const scroll = () => scrollTo({ left: before.x, top: before.y, behavior: "instant" });
    scroll();
    // Images that come late move the page; a reader who scrolls meanwhile is left alone.
    let isLeft = false;
    for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(kind, () => (isLeft = true), { once: true, passive: true });
    }
    addEventListener("load", () => isLeft || scroll(), { once: true });
  }

  function exchange(now) {
    now.forEach((sheet, n) => {
      const old = sheets[n];
      if (old.href === sheet.href && old.print === sheet.print) return;
      for (const link of document.querySelectorAll('link[rel~="stylesheet" i]')) {
        if ((link.dataset.ibid ?? link.getAttribute("href")) !== old.href) continue;
        const next = link.cloneNode();
        const address = new URL(sheet.href, document.baseURI);
        address.searchParams.set("ibid", sheet.print.slice(0, 8));
        next.href = address.href;
        next.dataset.ibid = sheet.href;
        // The old one stays until the new one is there, so that nothing flickers.
        next.addEventListener("load", () => link.remove(), { once: true });
        next.addEventListener("error", () => link.remove(), { once: true });
        link.after(next);
      }
    });
    sheets = now;
  }

  const STYLE = `
    :host { all: initial; }
    section { color-scheme: light dark; position: fixed; inset: auto 0 0 0; z-index: 2147483647;
      box-sizing: border-box; max-height: 70vh; overflow: auto; padding: 1rem 1.25rem;
      font: 15px/1.5 system-ui, sans-serif; color: #1d1c1a; background: #fff;
      border-top: 4px solid #b3261e; box-shadow: 0 -4px 24px #0004; }
    header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
    header p { margin: 0; flex: 1; }
    header .title { flex: none; font-size: 17px; font-weight: 700; color: #a3201a; }
    button { font: inherit; color: inherit; background: none; border: 1px solid currentcolor;
      border-radius: 4px; padding: 2px 10px; cursor: pointer; }
    button:focus-visible, section:focus-visible { outline: 3px solid #1a6fb5; outline-offset: 2px; }
    .head { font-weight: 600; margin: 1rem 0 0.25rem; }
    pre { font: 13px/1.45 ui-monospace, Consolas, Menlo, monospace; margin: 0; overflow: auto; }
    @media (prefers-color-scheme: dark) {
      section { color: #e8e6e1; background: #1d1f23; }
      header .title { color: #ff9a90; }
      button:focus-visible, section:focus-visible { outline-color: #8cc3e8; }
    }
    @media print { section { display: none; } }`;

  let host = null;
  let shown = "";
  let dismissed = "";

  function element(name, text) {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function dismiss() {
    dismissed = shown;
    hide();
  }

  function hide() {
    shown = "";
    host?.remove();
    host = null;
  }

  function show(failure) {
    const now = JSON.stringify(failure);
    if (now === shown || now === dismissed) return;
    hide();
    shown = now;
    dismissed = "";
    host = element("div");
    host.id = "ibid-preview";
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const panel = element("section");
    panel.setAttribute("role", "region");
    panel.setAttribute("aria-label", "What keeps the site from being built");
    panel.tabIndex = 0;
    panel.lang = "en";
    panel.dir = "ltr";
    const header = element("header");
    const title = element("p", failure.title);
    title.className = "title";
    const state = element("p", "This page is as it was before.");
    const close = element("button", "Dismiss");
    close.type = "button";
    close.addEventListener("click", dismiss);
    header.append(title, state, close);
    panel.append(header);
    for (const finding of failure.findings) {
      // No headings: they would stand among those of the page.
      const head = element("p", finding.head);
      head.className = "head";
      panel.append(head);
      if (finding.body) panel.append(element("pre", finding.body));
    }
    if (failure.more) panel.append(element("p", `The terminal shows ${failure.more} more.`));
    root.append(panel);
    document.documentElement.append(host);
    // Said only once it is part of the page, or no screen reader says it.
    title.setAttribute("role", "alert");
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && host) dismiss();
  });

  let stream = null;
  let again = 0;

  function follow() {
    clearTimeout(again);
    if (stream || document.visibilityState === "hidden") return;
    stream = new EventSource(`/.ibid/events?page=${encodeURIComponent(location.pathname)}`);
    stream.addEventListener("message", ({ data }) => {
      const now = JSON.parse(data);
      if (now.page !== print) return reload(now.page);
      if (now.sheets.length === sheets.length) exchange(now.sheets);
      if (now.failure && !showsFailure) show(now.failure);
      if (!now.failure) {
        hide();
        dismissed = "";
      }
    });
    stream.addEventListener("error", () => {
      // Most browsers try again by themselves, some give up where nobody listens.
      if (stream?.readyState !== EventSource.CLOSED) return;
      leave();
      again = setTimeout(follow, 1000);
    });
  }

  function leave() {
    stream?.close();
    stream = null;
  }

  // A browser has six connections for a host. A tab that nobody sees gives its own back, and
  // learns what it missed when it is seen again.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
    else follow();
  });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", follow);

  restore();
  follow();
})();
