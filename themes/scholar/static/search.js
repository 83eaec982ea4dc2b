// Searches the site, in the dialog of every page and on the page for it. Asked for when a reader
// first wants it; what the files of the index say is told in the manual, under "Search".

// ---- Words -----------------------------------------------------------------------------------

// As `src/text/lookup.rs` has them; a test holds the two alike.
const PARTS = /[\p{Alphabetic}\p{N}\p{M}]+/gu;
const MARKS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/gu;
const DENSE = /[\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3134f}]+/gu;
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i", ς: "σ" };
const LONGEST = 40;

export const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(MARKS, "")
    .toLowerCase()
    .replace(/[ßæœþøłđðħıς]/g, (letter) => LETTERS[letter])
    .replace(MARKS, "")
    .normalize("NFC");

const pairs = (run) => {
  const letters = [...run];
  return letters.map((letter, n) => letter + (letters[n + 1] ?? ""));
};

/** The words of a text, folded; of a script without spaces each two letters, and the last one. */
export const words = (text) => {
  const all = [];
  for (const [part] of text.matchAll(PARTS)) {
    const folded = fold(part);
    let from = 0;
    const plain = (piece) => {
      for (const [word] of piece.matchAll(PARTS)) all.push([...word].slice(0, LONGEST).join(""));
    };
    for (const run of folded.matchAll(DENSE)) {
      plain(folded.slice(from, run.index));
      all.push(...pairs(run[0]));
      from = run.index + run[0].length;
    }
    plain(folded.slice(from));
  }
  return all;
};

// What a reader asks: words, and among them phrases in quotes. The last letter of a run of a script
// without spaces asks for nothing that its pair with the one before does not.
const asked = (text) => {
  const of = (part) => {
    const all = words(part);
    return all.filter((word, n) => !(n > 0 && [...word].length === 1 && [...all[n - 1]].length === 2 && all[n - 1].endsWith(word) && word.search(DENSE) === 0));
  };
  const phrases = [];
  for (const [, phrase] of text.matchAll(/["“„«]([^"“”„«»]+)["”»]/gu)) {
    const parts = of(phrase);
    if (parts.length > 1) phrases.push(parts);
  }
  return { words: [...new Set(of(text))].slice(0, 16), phrases, open: /[\p{Alphabetic}\p{N}\p{M}]$/u.test(text) };
};

// ---- Files -----------------------------------------------------------------------------------

// The words of a file, with where their pages stand in it.
const unpack = (bytes) => {
  const decoder = new TextDecoder();
  const all = [];
  let at = 0;
  let word = new Uint8Array();
  const spelled = (before) => {
    const alike = bytes[at++];
    const more = bytes[at++];
    const made = new Uint8Array(alike + more);
    made.set(before.subarray(0, alike));
    made.set(bytes.subarray(at, (at += more)), alike);
    return made;
  };
  const number = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    word = spelled(word);
    const stem = decoder.decode(spelled(word));
    const end = number() + at;
    const from = at;
    const uses = () => {
      const found = [];
      let page = 0;
      at = from;
      while (at < end) {
        const value = number();
        page += Math.floor(value / 32);
        found.push([page, value % 32]);
      }
      return found;
    };
    all.push({ word: decoder.decode(word), stem, uses });
    at = end;
  }
  return all;
};

// How many letters one has to change, add, leave out or swap, if no more than `most`.
const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
};

// How many words a half typed one is taken for.
const MOST = 64;

/** The index of a site, of whose files each is asked for once, when it is needed. */
export class Index {
  constructor(entry) {
    this.url = new URL(entry, location.href);
    this.asked = new Map();
  }

  load(name, read) {
    if (!this.asked.has(name)) {
      const loaded = fetch(name === this.url.href ? name : new URL(`data/${name}`, this.url)).then((response) => {
        if (!response.ok) throw new Error(`${name}: ${response.status}`);
        return read(response);
      });
      // Whoever was offline may ask again.
      loaded.catch(() => this.asked.delete(name));
      this.asked.set(name, loaded);
    }
    return this.asked.get(name);
  }

  json(name) {
    return this.load(name, (response) => response.json());
  }

  entry() {
    return this.json(this.url.href);
  }

  file(name) {
    return this.load(name, async (response) => unpack(new Uint8Array(await response.arrayBuffer())));
  }

  // The words that begin so, out of the file where a word would stand and its neighbours.
  async range(list, start, word) {
    const at = (wanted) => Math.max(0, list.findLastIndex(([first]) => first <= wanted));
    const own = at(word);
    const last = list.findLastIndex(([first]) => first.startsWith(start));
    const [from, to] = [Math.max(at(start), own - 1), Math.min(Math.max(last, own), own + 1)];
    const found = await Promise.all(list.slice(from, to + 1).map(([, name]) => this.file(name)));
    return found.flat().filter(({ word }) => word.startsWith(start));
  }

  // The words of a list that a word asks for, each with how well it answers, up to 1.
  async forms(list, word, isOpen) {
    if (list.length === 0) return [];
    const near = await this.range(list, word.slice(0, Math.max(word.length - 3, Math.min(word.length, 3))), word);
    const found = new Map();
    const own = near.find((entry) => entry.word === word);
    if (own) {
      found.set(own, 1);
      const alike = own.stem.length > 2 ? near.filter(({ stem }) => stem === own.stem) : [];
      for (const entry of alike) if (entry !== own) found.set(entry, 0.85);
    } else {
      // A form that no page has: words of a stem that it begins with.
      const fits = near.filter(({ stem }) => stem.length >= Math.max(3, word.length * 0.6) && word.startsWith(stem));
      const longest = Math.max(...fits.map(({ stem }) => stem.length));
      for (const entry of fits) if (entry.stem.length === longest) found.set(entry, 0.7);
    }
    if (isOpen || found.size === 0) {
      const longer = near.filter((entry) => entry.word.startsWith(word) && !found.has(entry));
      longer.sort((a, b) => a.word.length - b.word.length);
      for (const entry of longer.slice(0, MOST)) found.set(entry, 0.7 * Math.sqrt(word.length / entry.word.length));
    }
    if (found.size === 0 && word.length > 4) {
      const most = word.length > 7 ? 2 : 1;
      // All of a small index, and of a large one what begins as the word does.
      const start = list.length <= 4 ? "" : word.slice(0, 2);
      const tried = [];
      for (const entry of await this.range(list, start, word)) {
        const off = entry.word.length > 2 ? distance(word, entry.word, most) : most + 1;
        if (off <= most) tried.push([entry, off]);
      }
      const best = Math.min(...tried.map(([, off]) => off));
      for (const [entry, off] of tried) if (off === best) found.set({ ...entry, isGuess: true }, 0.5 / off);
    }
    return [...found].map(([entry, weight]) => ({ ...entry, weight }));
  }

  async card(page) {
    const { cards, block } = await this.entry();
    const all = await this.json(cards[Math.floor(page / block)]);
    const [path, title, description, section, type, terms, language, text, place] = all[page % block];
    return { path, title, description, section, type, terms, language, text, place };
  }

  async passages({ text, place }) {
    return (await this.json(text))[place];
  }

  async filters() {
    const { filters } = await this.entry();
    if (!filters) return [];
    const all = await this.json(filters);
    return all.map(({ name, title, values }) => ({
      name,
      title,
      values: values.map(([value, steps]) => {
        let page = 0;
        return { value, pages: new Set(steps.map((step) => (page += step))) };
      }),
    }));
  }

  /** The pages whose titles have all words, the last of which may be half typed. */
  async titles(text, most) {
    const { titles } = await this.entry();
    const { words: all, open } = asked(text);
    if (all.length === 0) return { pages: [], marks: new Set() };
    const marks = new Set();
    let sums;
    for (const [n, word] of all.entries()) {
      const best = new Map();
      for (const form of await this.forms(titles, word, open && n === all.length - 1)) {
        marks.add(form.word);
        for (const [page, length] of form.uses()) {
          if (!sums || sums.has(page)) best.set(page, Math.max(best.get(page) ?? 0, form.weight / length));
        }
      }
      sums = new Map([...best].map(([page, weight]) => [page, weight + (sums?.get(page) ?? 0)]));
    }
    const sorted = [...sums].sort(([a, x], [b, y]) => y - x || a - b);
    return { pages: sorted.slice(0, most).map(([page]) => page), marks };
  }

  /** The pages that have the words, the best first. */
  async search(text) {
    const { pages: count, words: list, titles } = await this.entry();
    const { words: all, phrases, open } = asked(text);
    const found = { pages: [], marks: new Map(), isPart: false, instead: [] };
    if (all.length === 0) return found;
    const had = new Uint8Array(count);
    const scores = new Float64Array(count);
    const inTitle = new Float64Array(count);
    const lengths = new Uint8Array(count);
    let sum = 0;
    let needed = 0;
    const parts = await Promise.all(
      all.map(async (word, n) => {
        const isOpen = open && n === all.length - 1;
        return Promise.all([this.forms(list, word, isOpen), this.forms(titles, word, isOpen)]);
      }),
    );
    for (const [n, [forms, named]] of parts.entries()) {
      const best = new Map();
      for (const form of forms) {
        for (const [page, figure] of form.uses()) best.set(page, Math.max(best.get(page) ?? 0, form.weight * figure));
      }
      // How rare it is: the other factor of BM25.
      const rare = Math.log(1 + (count - best.size + 0.5) / (best.size + 0.5));
      // A word that half of the pages have tells little, and is not asked of each.
      const isCommon = all.length > 1 && best.size > count / 2;
      if (!isCommon) needed++;
      sum += rare;
      for (const [page, figure] of best) {
        if (!isCommon) had[page]++;
        scores[page] += (rare * figure) / 31;
      }
      for (const form of named) {
        if (!forms.some(({ word }) => word === form.word)) continue;
        for (const [page, length] of form.uses()) {
          inTitle[page] = Math.min(inTitle[page] + form.weight, n + 1);
          lengths[page] = length;
        }
      }
      if (!isCommon) for (const { word, weight } of forms) found.marks.set(word, rare * weight);
      if (forms[0]?.isGuess) found.instead.push(forms[0].word);
    }
    let pages = [];
    for (let page = 0; page < count; page++) {
      if (needed > 0 ? had[page] === 0 : scores[page] === 0) continue;
      const share = inTitle[page] / all.length;
      const whole = lengths[page] ? Math.min(1, inTitle[page] / lengths[page]) : 0;
      scores[page] += sum * share * (0.15 + whole ** 2);
      pages.push(page);
    }
    const most = pages.reduce((most, page) => Math.max(most, had[page]), 0);
    found.isPart = pages.length > 0 && most < needed;
    pages = pages.filter((page) => had[page] === most || (found.isPart && had[page] > 0));
    pages.sort((a, b) => had[b] - had[a] || scores[b] - scores[a] || a - b);
    found.pages = phrases.length > 0 ? await this.having(pages.slice(0, 100), phrases) : pages;
    return found;
  }

  // The pages among these that have all phrases word for word.
  async having(pages, phrases) {
    const whole = phrases.map((phrase) => ` ${phrase.join(" ")} `);
    const kept = await Promise.all(
      pages.map(async (page) => {
        const card = await this.card(page);
        const passages = await this.passages(card);
        const texts = [card.title, card.description, ...passages.flatMap(([, heading, text, code]) => [heading, ...text.split("\n"), ...code])];
        const lines = texts.map((text) => ` ${words(text).join(" ")} `);
        return whole.every((phrase) => lines.some((line) => line.includes(phrase)));
      }),
    );
    return pages.filter((_, n) => kept[n]);
  }

  /** What is shown of a page: the passage that answers best, and its words around the hits. */
  async result(page, marks) {
    const card = await this.card(page);
    const passages = await this.passages(card);
    let best;
    const sum = (hits) => [...new Map(hits.map((hit) => [hit.word, hit.weight])).values()].reduce((a, b) => a + b, 0);
    for (const [id, heading, prose, code] of passages ?? []) {
      const above = spans(heading, marks);
      const [text, hits] = [prose, ...code].map((text) => [text, spans(text, marks)]).reduce((a, b) => (sum(b[1]) > 1.5 * sum(a[1]) ? b : a));
      const score = sum([...hits, ...above]) * (above.length > 0 ? 1.4 : 1) * (text === prose ? 1 : 0.7) + Math.min(hits.length, 5) * 1e-3;
      if (score > 0 && (!best || score > best.score)) best = { id, heading, text, hits, score };
    }
    return { card, id: best?.id ?? "", heading: best?.heading ?? "", excerpt: best?.hits.length ? excerpt(best.text, best.hits) : [[card.description || best?.text.slice(0, 160) || "", false]] };
  }
}

// Where the words stand in a text.
const spans = (text, marks) => {
  const found = [];
  for (const part of text.matchAll(PARTS)) {
    const folded = fold(part[0]);
    if (folded.search(DENSE) >= 0) {
      let at = part.index;
      const letters = [...part[0]];
      for (const [n, letter] of letters.entries()) {
        const pair = fold(letter + (letters[n + 1] ?? ""));
        const weight = marks.get(pair) ?? marks.get(fold(letter));
        if (weight !== undefined) {
          const end = at + letter.length + (marks.has(pair) ? (letters[n + 1] ?? "").length : 0);
          const last = found.at(-1);
          if (last && last.end >= at) last.end = end;
          else found.push({ start: at, end, word: pair, weight });
        }
        at += letter.length;
      }
      continue;
    }
    const hit = words(part[0]).find((word) => marks.has(word));
    if (hit !== undefined) found.push({ start: part.index, end: part.index + part[0].length, word: hit, weight: marks.get(hit) });
  }
  return found;
};

const pieces = (text, hits, from, end) => {
  const all = [];
  let at = from;
  for (const hit of hits) {
    if (hit.start < at || hit.end > end) continue;
    if (hit.start > at) all.push([text.slice(at, hit.start), false]);
    all.push([text.slice(hit.start, hit.end), true]);
    at = hit.end;
  }
  if (at < end) all.push([text.slice(at, end), false]);
  return all;
};

const ROOM = 200;

// The part of a text that has the most of the words, cut between words.
const excerpt = (text, hits) => {
  let best = { score: -1, first: hits[0] };
  for (const [n, first] of hits.entries()) {
    const once = new Map();
    for (const hit of hits.slice(n, n + 30)) if (hit.end - first.start <= ROOM * 0.8) once.set(hit.word, hit.weight);
    const score = [...once.values()].reduce((a, b) => a + b, 0);
    if (score > best.score) best = { score, first };
  }
  let from = Math.max(0, best.first.start - 50);
  if (from > 0) from = Math.max(text.lastIndexOf("\n", best.first.start) + 1, text.indexOf(" ", from) + 1);
  if (from > best.first.start) from = best.first.start;
  let end = Math.min(text.length, from + ROOM);
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), best.first.end);
  const shown = pieces(text, hits, from, end);
  if (from > 0) shown.unshift(["… ", false]);
  if (end < text.length) shown.push([" …", false]);
  return shown;
};

// ---- What is shown ---------------------------------------------------------------------------

const element = (name, properties, ...children) => {
  const { role, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  if (role) made.setAttribute("role", role);
  made.append(...children);
  return made;
};

const marked = (parts) => parts.map(([text, isHit]) => (isHit ? element("mark", {}, text) : text));
const titled = (text, marks) => marked(pieces(text, spans(text, marks), 0, text.length));
const counted = (say, name, count) => (count === 1 ? say[`${name}-one`] : say[`${name}-many`].replace("{n}", count.toLocaleString(document.documentElement.lang)));

const link = (base, { path }, id) => base + encodeURI(path.slice(1)).replace(/[?#]/g, encodeURIComponent) + (id ? `#${encodeURIComponent(id)}` : "");

// The line of small print: where the page stands, and what it is.
const about = ({ section, type, terms }) => [section, type, ...terms.slice(0, 3)].filter(Boolean);

const languageName = (tag) => {
  try {
    return new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
};

/** Runs `work` for the last of many calls, and tells it whether another has come since. */
const latest = (work, delay) => {
  let current = 0;
  let timer;
  return (...given) => {
    const mine = ++current;
    clearTimeout(timer);
    timer = setTimeout(() => work(() => mine !== current, ...given), delay);
  };
};

let dialog;

/** Opens the dialog; `from` is the link to the page for searching, which names the index. */
export const open = async (from, say) => {
  dialog ??= dialogOf(from, say);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
};

const dialogOf = (from, say) => {
  const { index: entry, base } = from.dataset;
  const index = new Index(entry);
  const input = element("input", { type: "search", name: "q", role: "combobox", autocomplete: "off", spellcheck: false, enterKeyHint: "search", maxLength: 200 });
  input.setAttribute("aria-label", say.search);
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", "_found");
  input.setAttribute("autocapitalize", "none");
  const close = element("button", { type: "button", className: "button" }, say["search-close"]);
  const form = element("form", { action: from.href, role: "search" }, input, close);
  const list = element("div", { id: "_found", role: "listbox" });
  list.setAttribute("aria-label", say["search-results"]);
  const status = element("p", { className: "search-status", role: "status" });
  const all = element("a", { className: "search-all", hidden: true }, say["search-all"]);
  const made = element("dialog", { className: "search-dialog" }, form, status, list, all);
  made.setAttribute("aria-label", say.search);

  let chosen = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const choose = (next) => {
    const shown = options();
    shown[chosen]?.setAttribute("aria-selected", "false");
    chosen = shown.length === 0 ? -1 : (next + shown.length + 1) % (shown.length + 1);
    if (chosen === shown.length) chosen = -1;
    const option = shown[chosen];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const optionOf = (kind, n, href, ...children) => {
    const option = element("a", { id: `_${kind}-${n}`, role: "option", href, tabIndex: -1 }, ...children);
    option.setAttribute("aria-selected", "false");
    return option;
  };
  const groupOf = (kind, title, found) => {
    const head = element("div", { id: `_${kind}`, className: "search-group", role: "presentation" }, title);
    const group = element("div", { role: "group" }, head, ...found);
    group.setAttribute("aria-labelledby", head.id);
    return group;
  };
  const show = (groups, said) => {
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...groups);
    input.setAttribute("aria-expanded", String(groups.length > 0));
    status.textContent = said;
  };

  const look = latest(async (isOver) => {
    const text = input.value.trim();
    all.href = `${from.href}?${new URLSearchParams({ q: text })}`;
    all.hidden = true;
    if (!text) return show([], "");
    try {
      const titles = await index.titles(text, 5);
      const cards = await Promise.all(titles.pages.map((page) => index.card(page)));
      if (isOver()) return;
      const marks = new Map([...titles.marks].map((word) => [word, 1]));
      const jumps = cards.map((card, n) => optionOf("title", n, link(base, card, ""), element("strong", {}, ...titled(card.title, marks)), ...small(card)));
      const groups = jumps.length > 0 ? [groupOf("titles", say["search-titles"], jumps)] : [];
      if (groups.length > 0) show(groups, "");
      const found = await index.search(text);
      const rest = found.pages.filter((page) => !titles.pages.includes(page)).slice(0, 6);
      const results = await Promise.all(rest.map((page) => index.result(page, found.marks)));
      if (isOver()) return;
      const hits = results.map(({ card, id, heading, excerpt }, n) =>
        optionOf(
          "text",
          n,
          link(base, card, id),
          element("strong", {}, ...titled(card.title, found.marks)),
          ...(heading ? [element("span", { className: "search-heading" }, `› ${heading}`)] : []),
          element("span", { className: "search-excerpt" }, ...marked(excerpt)),
        ),
      );
      if (hits.length > 0) groups.push(groupOf("texts", say["search-texts"], hits));
      const before = chosen;
      show(groups, said(say, found));
      choose(before);
      all.hidden = found.pages.length === 0;
    } catch (error) {
      console.error(error);
      if (!isOver()) show([], say["search-failed"]);
    }
  }, 60);

  input.addEventListener("input", () => look());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : chosen < 0 ? 0 : -1) - (event.key === "ArrowUp" && chosen < 0 ? 1 : 0));
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      options()[chosen].click();
    }
  });
  // A link to another place of this page leads there without a new page.
  list.addEventListener("click", (event) => {
    if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) made.close();
  });
  close.addEventListener("click", () => made.close());
  made.addEventListener("click", (event) => {
    if (event.target === made) made.close();
  });
  document.body.append(made);
  return made;
};

const small = (card) => {
  const parts = about(card);
  return parts.length > 0 ? [element("span", { className: "search-about" }, parts.join(" · "))] : [];
};

const said = (say, { pages, isPart, instead }) => {
  if (pages.length === 0) return say["search-none"];
  const parts = [counted(say, "search", pages.length)];
  if (isPart) parts.unshift(say["search-part"]);
  if (instead.length > 0) parts.unshift(say["search-instead"].replace("{words}", instead.join(", ")));
  return parts.join(" ");
};

// Whether the page has a margin: 64rem, as the style sheet has it.
const hasMargin = () => document.body.clientWidth >= 64 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

const AT_ONCE = 10;
const VALUES = 8;

/** Makes the page for searching work: its form, the results, and the filters. */
export const page = async (form, say) => {
  const { index: entry, base } = form.dataset;
  const index = new Index(entry);
  const input = form.querySelector("input");
  const results = document.querySelector("[data-results]");
  const filtersOf = document.querySelector("[data-filters]");
  const status = document.querySelector("[data-status]");
  const more = element("button", { type: "button", className: "button", hidden: true }, say["search-more"]);
  results.after(more);
  let filters = [];
  let shown = 0;
  let current;

  const address = () => {
    const query = new URLSearchParams();
    if (input.value.trim()) query.set("q", input.value.trim());
    for (const box of filtersOf.querySelectorAll("input:checked")) query.append(box.name, box.value);
    return query;
  };
  const chosen = new Map();
  const read = () => {
    const query = new URLSearchParams(location.search);
    input.value = query.get("q") ?? "";
    chosen.clear();
    for (const { name } of filters) chosen.set(name, new Set(query.getAll(name)));
  };

  const passes = (page, except) =>
    filters.every(({ name, values }) => {
      const wanted = chosen.get(name);
      if (name === except || !wanted?.size) return true;
      return values.some(({ value, pages }) => wanted.has(value) && pages.has(page));
    });

  const item = ({ card, id, heading, excerpt }, marks) => {
    const parts = about(card).map((text) => element("span", {}, text));
    if (card.language) parts.push(element("span", {}, languageName(card.language)));
    const made = element("li", {}, element("h2", {}, element("a", { href: link(base, card, "") }, ...titled(card.title, marks))));
    if (parts.length > 0) made.append(element("p", { className: "search-about" }, ...parts.flatMap((part, n) => (n > 0 ? [" · ", part] : [part]))));
    if (heading && id) made.append(element("p", { className: "search-heading" }, element("a", { href: link(base, card, id) }, "› ", ...titled(heading, marks))));
    const text = element("p", { className: "search-excerpt" }, ...marked(excerpt));
    if (card.language) text.lang = card.language;
    made.append(text);
    return made;
  };

  const extend = async (isOver) => {
    const next = current.pages.slice(shown, shown + AT_ONCE);
    const made = await Promise.all(next.map((page) => index.result(page, current.marks)));
    if (isOver()) return [];
    shown += next.length;
    const items = made.map((one) => item(one, current.marks));
    results.append(...items);
    more.hidden = shown >= current.pages.length;
    return items;
  };

  const choices = (found) => {
    const focused = document.activeElement?.closest("[data-filters]") ? [document.activeElement.name, document.activeElement.value] : null;
    const open = new Set([...filtersOf.querySelectorAll("details[open]")].map((part) => part.dataset.name));
    const groups = filters.map(({ name, title, values }) => {
      const wanted = chosen.get(name) ?? new Set();
      const pages = found.filter((page) => passes(page, name));
      const there = values
        .map(({ value, pages: having }) => ({ value, count: pages.reduce((n, page) => n + having.has(page), 0) }))
        .filter(({ value, count }) => count > 0 || wanted.has(value))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
      if (there.length === 0) return null;
      const boxes = there.map(({ value, count }) => {
        const box = element("input", { type: "checkbox", name, value, checked: wanted.has(value) });
        return element("label", {}, box, ` ${name === "language" ? languageName(value) : value} `, element("span", { className: "count" }, `(${count})`));
      });
      const set = element("fieldset", {}, element("legend", {}, title ?? say[`search-${name}`] ?? name), ...boxes.slice(0, VALUES));
      if (boxes.length > VALUES) {
        const rest = element("details", {}, element("summary", {}, say["search-more-values"].replace("{n}", boxes.length - VALUES)), ...boxes.slice(VALUES));
        rest.dataset.name = name;
        rest.open = open.has(name) || boxes.slice(VALUES).some((box) => box.firstChild.checked);
        set.append(rest);
      }
      return set;
    });
    const all = element("details", {}, element("summary", {}, say["search-filters"]), element("div", {}, ...groups.filter(Boolean)));
    all.dataset.name = "";
    // Where there is no margin they would stand before the results, a screen high.
    all.open = filtersOf.firstChild ? open.has("") : hasMargin() || [...chosen.values()].some((values) => values.size > 0);
    filtersOf.replaceChildren(...(groups.some(Boolean) ? [all] : []));
    if (focused) [...filtersOf.querySelectorAll("input")].find((box) => box.name === focused[0] && box.value === focused[1])?.focus();
  };

  const look = latest(async (isOver) => {
    const text = input.value.trim();
    document.title = text ? `${text} · ${form.dataset.title}` : form.dataset.title;
    try {
      const found = await index.search(text);
      if (isOver()) return;
      current = { ...found, pages: found.pages.filter((page) => passes(page)) };
      shown = 0;
      const next = current.pages.slice(0, AT_ONCE);
      const made = await Promise.all(next.map((page) => index.result(page, current.marks)));
      if (isOver()) return;
      shown = next.length;
      results.replaceChildren(...made.map((one) => item(one, current.marks)));
      more.hidden = shown >= current.pages.length;
      choices(found.pages);
      status.textContent = text ? said(say, current) : "";
    } catch (error) {
      console.error(error);
      if (!isOver()) status.textContent = say["search-failed"];
    }
  }, 120);

  const changed = () => {
    const query = address().toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    look();
  };
  input.addEventListener("input", changed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changed();
  });
  filtersOf.addEventListener("change", ({ target }) => {
    const wanted = chosen.get(target.name);
    if (target.checked) wanted.add(target.value);
    else wanted.delete(target.value);
    changed();
  });
  more.addEventListener("click", async () => {
    try {
      const was = current;
      const [first] = await extend(() => was !== current);
      first?.querySelector("a").focus();
    } catch {
      status.textContent = say["search-failed"];
    }
  });
  addEventListener("popstate", () => {
    read();
    look();
  });
  try {
    filters = await index.filters();
  } catch (error) {
    console.error(error);
    status.textContent = say["search-failed"];
  }
  read();
  if (input.value) look();
  else input.focus();
};
