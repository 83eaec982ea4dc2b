// Searching: the dialog of every page, the page for it, and the words that both know.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessibility, sideways } from "./checks.js";
import { begin, close } from "./site.js";

const FILES = {
  "content/_index.md": '+++\ntitle = "Home"\n+++\nSee [Tea](tea.md).\n',
  "content/tea.md": `+++
title = "Green tea"
description = "How to brew it."
type = "guide"
[taxonomies]
topics = ["Leaves"]
+++
Water first.

## Brewing & \\<time>

Two minutes of patience, and no sugar. The massage of leaves is an art.
`,
  "content/coffee.md": '+++\ntitle = "Coffee </script><b>bold"\n[taxonomies]\ntopics = ["Beans"]\n+++\n## Roast\n\nPatience with beans. Café crème, and a massage.\n',
  "content/kaffee.md": '+++\ntitle = "Kaffee"\nlanguage = "de"\n[taxonomies]\ntopics = ["Beans"]\n+++\nGeduld, Häuser und Patience.\n',
  "content/ocha.md": '+++\ntitle = "お茶"\nlanguage = "ja"\n+++\n腰痛の研究は続く。\n',
  "content/arab.md": '+++\ntitle = "شاي"\nlanguage = "ar"\n+++\nالشاي الأخضر مفيد.\n',
  ...Object.fromEntries(
    Array.from({ length: 14 }, (_, n) => [`content/more/page-${n}.md`, `+++\ntitle = "More ${n}"\n+++\nA common subject, number ${n}.\n`]),
  ),
};

const CONFIG = '[types.guide]\n[[taxonomies]]\nname = "topics"\ntitle = "Topics"\n[extra]\ninline_script = false\n';
// What a strict host says of scripts.
const HEADERS = { "content-security-policy": "default-src 'self'" };

let house;
const site = (set) => house.site({ config: CONFIG, headers: HEADERS, ...set });
const visit = (...given) => house.visit(...given);

const field = (page) => page.locator(".search-dialog input");
const options = (page) => page.locator("[role=option]");
const results = (page) => page.locator("[data-results] li");

/** Asks in the dialog, and waits until all is found. */
async function ask(page, words) {
  await field(page).fill(words);
  await page.waitForFunction(() => document.querySelector(".search-dialog [role=status]").textContent !== "");
}

/** Waits until the page for searching says this. */
const says = (page, words) =>
  page.waitForFunction((words) => document.querySelector("[data-status]").textContent.includes(words), words);

before(async () => {
  house = await begin(FILES);
});

after(() => house?.end());

for (const layout of [{}, { subPath: "/kb" }, { urls: "flat" }, { urls: "flat", subPath: "/a/b" }]) {
  const name = JSON.stringify(layout);

  test(`the dialog leads to a title and to a passage: ${name}`, async () => {
    const { to } = await site(layout);
    const page = await visit(to("coffee"));
    await page.keyboard.press("/");
    await ask(page, "gree");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(to("tea"));
    await page.keyboard.press("Control+k");
    await ask(page, "sugar patience");
    assert.match(await options(page).first().innerText(), /Green tea[^]*Brewing & <time>[^]*patience/);
    await options(page).first().click();
    await page.waitForURL(`${to("tea")}#brewing--time`);
    await close(page);
  });

  test(`the page finds, filters, and has an address to send: ${name}`, async () => {
    const { to } = await site(layout);
    const page = await visit(`${to("search")}?q=patience`);
    await says(page, "3 pages");
    await page.getByLabel("Beans").check();
    await says(page, "2 pages");
    const german = page.getByLabel("German");
    await german.check();
    await says(page, "1 page");
    assert.match(page.url(), /\?q=patience&topics=Beans&language=de$/);
    await page.reload();
    await says(page, "1 page");
    await results(page).locator("h2 a").click();
    await page.waitForURL(to("kaffee"));
    await close(page);
  });
}

test("forms, accents, slips and phrases are understood", async () => {
  const { to } = await site();
  const page = await visit(to("search"));
  const input = page.locator("[data-searched] input");
  const first = async (words, said) => {
    await page.evaluate(() => (document.querySelector("[data-status]").textContent = ""));
    await input.fill(words);
    await says(page, said);
    return (await results(page).count()) ? results(page).first().innerText() : "";
  };
  assert.match(await first("massaging", "2 pages"), /massage/);
  assert.match(await first("creme cafe", "1 page"), /Café crème/);
  assert.match(await first("haus geduld", "1 page"), /Häuser/);
  assert.match(await first("patiense", "patience"), /atience/);
  assert.match(await first("研究", "1 page"), /腰痛の研究/);
  assert.match(await first('"no sugar"', "1 page"), /no sugar/);
  assert.equal(await first('"sugar no"', "No page was found"), "");
  assert.match(await first("patience xyzzy", "No page has all"), /atience/);
  await close(page);
});

test("marks stand on the words, and a title is never markup", async () => {
  const { to } = await site();
  const page = await visit(`${to("search")}?q=roast+beans`);
  await says(page, "1 page");
  const item = results(page).first();
  assert.equal(await item.locator("h2").innerText(), "Coffee </script><b>bold");
  assert.deepEqual(await item.locator("mark").allInnerTexts(), ["Roast", "beans"]);
  assert.equal(await item.locator("b").count(), 0);
  await close(page);
});

test("more results come ten at a time, and the first new one has the focus", async () => {
  const { to } = await site();
  const page = await visit(`${to("search")}?q=common`);
  await says(page, "14 pages");
  assert.equal(await results(page).count(), 10);
  await page.getByRole("button", { name: "More results" }).click();
  await page.waitForFunction(() => document.querySelectorAll("[data-results] li").length === 14);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll("[data-results] h2 a")].indexOf(document.activeElement)), 10);
  await close(page);
});

test("a page loads nothing of the search before it is wanted", async () => {
  const { to, asked } = await site();
  const page = await visit(to("tea"));
  await page.waitForTimeout(300);
  assert.deepEqual(asked.filter((path) => /search\..*\.(js|css)$|search\/data/.test(path)), []);
  await page.getByRole("link", { name: "Search" }).or(page.locator("[data-search]")).first().click();
  await field(page).waitFor();
  await ask(page, "tea");
  assert.ok(asked.some((path) => path.includes("search/index.json")));
  await close(page);
});

test("the keyboard is given back, and a slash in a field is a slash", async () => {
  const { to } = await site();
  const page = await visit(to("tea"));
  const button = page.locator("[data-search]");
  await button.focus();
  await page.keyboard.press("Enter");
  await field(page).waitFor();
  await page.keyboard.type("a/b");
  assert.equal(await field(page).inputValue(), "a/b");
  await page.keyboard.press("Escape");
  if (await field(page).isVisible()) await page.keyboard.press("Escape");
  await field(page).waitFor({ state: "hidden" });
  assert.ok(await button.evaluate((element) => element === document.activeElement));
  await close(page);
});

test("a screen reader hears which option is chosen, and how many pages there are", async () => {
  const { to } = await site();
  const page = await visit(to("tea"));
  await page.keyboard.press("/");
  await ask(page, "patience");
  assert.match(await page.locator(".search-dialog [role=status]").innerText(), /3 pages/);
  assert.equal(await field(page).getAttribute("aria-expanded"), "true");
  const shown = await options(page).count();
  for (let n = 0; n < shown; n++) {
    await page.keyboard.press("ArrowDown");
    const active = await field(page).getAttribute("aria-activedescendant");
    assert.deepEqual(await page.locator("[aria-selected=true]").evaluateAll((all) => all.map(({ id }) => id)), [active]);
  }
  await page.keyboard.press("ArrowDown");
  assert.equal(await field(page).getAttribute("aria-activedescendant"), null, "behind the last stands the field");
  await page.keyboard.press("ArrowUp");
  assert.equal(await field(page).getAttribute("aria-activedescendant"), await options(page).last().getAttribute("id"));
  await close(page);
});

test("without scripts the page says so, and leads on", async () => {
  const { to } = await site();
  const page = await visit(to("search"), { javaScriptEnabled: false });
  assert.match(await page.locator("main").innerText(), /needs JavaScript/);
  assert.ok((await page.locator("main a").count()) > 1);
  assert.ok(!(await page.locator("form[role=search]").isVisible()));
  await page.goto(to("tea"));
  await page.locator("[data-search]").click();
  await page.waitForURL(to("search"));
  await close(page);
});

test("an address that leads nowhere leads to a search for its words", async () => {
  const { to } = await site({ subPath: "/kb" });
  for (const viewport of [{ width: 320, height: 640 }, { width: 1280, height: 800 }]) {
    const page = await visit(to("more/grean-tea"), { viewport });
    assert.match(await page.locator("h1").innerText(), /not found/);
    assert.deepEqual([...(await accessibility(page)), ...(await sideways(page))], []);
    assert.equal(await page.locator("main input").inputValue(), "grean tea");
    await page.locator("main").getByRole("button", { name: "Search" }).click();
    await page.waitForURL(`${to("search")}?q=grean+tea`);
    await says(page, "Searched for: green");
    assert.match(await results(page).first().innerText(), /Green tea/);
    await close(page);
  }
  // The form needs no script to be sent; where a browser has none at all, there are lists.
  const page = await visit(to("nowhere"), { javaScriptEnabled: false });
  assert.ok(!(await page.locator("main form").isVisible()));
  await page.locator("main").getByRole("link", { name: "Topics" }).click();
  await page.waitForURL(to("topics"));
  await close(page);
});

test("where there is no search, the page for what is not there has no field", async () => {
  const { to } = await site({ config: `[search]\nenabled = false\n${CONFIG}` });
  const page = await visit(to("nowhere"));
  assert.equal(await page.locator("main form").count(), 0);
  assert.ok(await page.locator("main").getByRole("link", { name: "Home" }).isVisible());
  await close(page);
});

test("a language is searched in its own words", async () => {
  for (const [language, words] of [["de", "3 Seiten gefunden"], ["fr", "3 pages trouvées"]]) {
    const { to } = await site({ language });
    const page = await visit(`${to("search")}?q=patience`);
    await says(page, words);
    await close(page);
  }
});

const SHOWN = [
  { colorScheme: "light" },
  { colorScheme: "dark" },
  { colorScheme: "light", contrast: "more" },
  { forcedColors: "active" },
];

for (const shown of SHOWN) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing while searching: ${Object.values(shown).join(", ")}, ${width} pixels`, async () => {
      const { to } = await site();
      for (const from of ["tea", "arab"]) {
        const page = await visit(to(from), { viewport: { width, height: 700 }, ...shown });
        await page.keyboard.press("/");
        await ask(page, "patience");
        await page.keyboard.press("ArrowDown");
        assert.deepEqual([...(await accessibility(page)), ...(await sideways(page))], []);
        await close(page);
      }
      const page = await visit(`${to("search")}?q=patience`, { viewport: { width, height: 700 }, ...shown });
      await says(page, "3 pages");
      assert.deepEqual([...(await accessibility(page)), ...(await sideways(page))], []);
      await close(page);
    });
  }
}

test("the script cuts words as the index does", async () => {
  const { to } = await site();
  const page = await visit(to("tea"));
  const cases = [
    ["Café NAÏVE Straße Łódź Ærø", "cafe naive strasse lodz aero"],
    ["cafe\u0301 ﬁn Ⅳ", "cafe fin iv"],
    ["Боли́ Ёж ΣΊΣΥΦΟΣ", "боли еж σισυφοσ"],
    ["İstanbul Işık", "istanbul isik"],
    ["base_url, l’homme—site.toml", "base url l homme site toml"],
    ["腰痛の研究", "腰痛 痛の の研 研究 究"],
    ["abc腰痛def", "abc 腰痛 痛 def"],
    ["ปวด が", "ปว วด ด が"],
    ["x".repeat(90), "x".repeat(40)],
  ];
  const seen = await page.evaluate(async (cases) => {
    const { words } = await import(document.querySelector("[data-search]").dataset.script);
    return cases.map(([text]) => words(text).join(" "));
  }, cases);
  assert.deepEqual(seen, cases.map(([, words]) => words));
  await close(page);
});
