// Searching: the dialog of every page, the page for it, and the words that both know.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { accessibility, sideways } from "./checks.js";
import { open } from "./site.js";

const program = process.env.IBID_PROGRAM;

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

let browser;
const sites = [];

/** Builds a small site, and serves it with what a strict host says of scripts. */
async function site({ urls = "directory", subPath = "", language = "en" } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "ibid-search-"));
  const config = `title = "A site"\nbase_url = "https://example.org${subPath}"\nlanguage = "${language}"\nurls = "${urls}"\n[types.guide]\n[[taxonomies]]\nname = "topics"\ntitle = "Topics"\n[extra]\ninline_script = false\n`;
  for (const [name, text] of Object.entries({ ...FILES, "site.toml": config })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  execFileSync(program, ["build", "--quiet", "--root", folder]);
  const types = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", json: "application/json" };
  const asked = [];
  const host = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    asked.push(pathname);
    let path = decodeURIComponent(pathname.slice(subPath.length));
    if (path.endsWith("/")) path += "index.html";
    try {
      if (!pathname.startsWith(`${subPath}/`)) throw new Error("outside");
      const content = readFileSync(join(folder, "public", path));
      const type = types[path.split(".").pop()] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, "content-security-policy": "default-src 'self'" });
      response.end(content);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("nothing is here");
    }
  });
  await new Promise((resolve) => host.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${host.address().port}`;
  const built = {
    asked,
    to: (name) => `${origin}${subPath}/${name === "" ? "" : urls === "flat" ? `${name}.html` : `${name}/`}`,
    stop: () => new Promise((resolve) => host.close(resolve)).then(() => rmSync(folder, { recursive: true })),
  };
  sites.push(built);
  return built;
}

async function visit(address, settings = {}) {
  const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1280, height: 800 }, ...settings });
  const page = await context.newPage();
  page.on("pageerror", (error) => assert.fail(error.message));
  await page.goto(address, { waitUntil: "load" });
  return page;
}

const close = (page) => page.context().close();
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
  assert.ok(program, "IBID_PROGRAM names no program: run tests/run, which builds one");
  browser = await open();
});

after(async () => {
  await browser?.close();
  for (const site of sites) await site.stop();
});

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
