// Opens every page of the built site in Chromium, as readers with different needs would.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessibility, firstStop, markup, nuChecker, printing, sideways } from "./checks.js";
import { address, folder, open, pages, serve } from "./site.js";

const DESK = { width: 1280, height: 900 };

let browser;
let server;

before(async () => {
  server = await serve();
  browser = await open();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Opens each page once with the settings given and collects what `look` finds wrong. */
async function eachPage(settings, look) {
  const context = await browser.newContext({ reducedMotion: "reduce", viewport: DESK, ...settings });
  const page = await context.newPage();
  const wrong = [];
  try {
    for (const path of pages()) {
      await page.goto(address(server.origin, path), { waitUntil: "load" });
      for (const finding of await look(page, path)) wrong.push(`${path}: ${finding}`);
    }
  } finally {
    await context.close();
  }
  assert.deepEqual(wrong, []);
}

test("the site has pages", () => {
  assert.ok(pages().length > 3, `only ${pages().length} pages are in ${folder()}`);
});

test("axe finds nothing in light colours", () => eachPage({ colorScheme: "light" }, accessibility));

test("axe finds nothing in dark colours", () => eachPage({ colorScheme: "dark" }, accessibility));

test("axe finds nothing on a small screen", () =>
  eachPage({ viewport: { width: 320, height: 640 } }, accessibility));

// One page of each template, for what would take too long on all.
const TEMPLATES = {
  home: "index.html",
  section: "evidence/index.html",
  "long section": "manual/checks/index.html",
  article: "evidence/what-the-reviews-say/index.html",
  manual: "manual/markdown/index.html",
  person: "people/ines-marsh/index.html",
  people: "people/index.html",
  taxonomy: "topics/index.html",
  term: "topics/massage/index.html",
  references: "references/index.html",
  search: "search/index.html",
  "not found": "404.html",
};

const SHOWN = [
  { colorScheme: "light" },
  { colorScheme: "dark" },
  { colorScheme: "light", contrast: "more" },
  { colorScheme: "dark", contrast: "more" },
  { forcedColors: "active" },
];

for (const shown of SHOWN) {
  for (const width of [390, 1280]) {
    test(`axe finds nothing on any template: ${Object.values(shown).join(", ")}, ${width} pixels`, async () => {
      const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width, height: 900 }, ...shown });
      const page = await context.newPage();
      const wrong = [];
      for (const [name, path] of Object.entries(TEMPLATES)) {
        await page.goto(address(server.origin, path), { waitUntil: "load" });
        // Open, a list is as readable as what stands around it.
        await page.evaluate(() => {
          for (const folded of document.querySelectorAll("details")) folded.open = true;
        });
        for (const finding of await accessibility(page)) wrong.push(`${name}: ${finding}`);
      }
      await context.close();
      assert.deepEqual(wrong, []);
    });
  }
}

for (const width of [320, 768, 1440, 2560]) {
  test(`nothing reaches past the edge at ${width} pixels`, () =>
    eachPage({ viewport: { width, height: 900 } }, sideways));
}

test("every page prints", () => eachPage({}, printing));

test("the first stop of the keyboard leads to the text", () => eachPage({}, firstStop));

test("no request leaves the site, none goes astray, and the console stays silent", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const wrong = [];
  let path;
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url.startsWith(`${server.origin}/`) || url.startsWith("data:")) return route.continue();
    wrong.push(`${path}: asks ${url}`);
    return route.abort();
  });
  page.on("response", (response) => {
    // Browsers ask for this one unbidden where a page names no icon.
    const asked = !response.url().endsWith("/favicon.ico");
    if (asked && response.status() >= 400) wrong.push(`${path}: ${response.status()} for ${response.url()}`);
  });
  page.on("console", (message) => {
    const bad = ["error", "warning"].includes(message.type());
    if (bad && !message.location().url.endsWith("/favicon.ico")) wrong.push(`${path}: console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`${path}: script: ${error.message}`));
  for (path of pages()) {
    await page.goto(address(server.origin, path), { waitUntil: "networkidle" });
  }
  await context.close();
  assert.deepEqual(wrong, []);
});

test("a page reads the same without scripts", async () => {
  const texts = async (settings) => {
    const all = new Map();
    await eachPage(settings, async (page, path) => {
      all.set(path, (await page.locator("main").innerText()).replace(/\s+/g, " ").trim());
      return [];
    });
    return all;
  };
  const without = await texts({ javaScriptEnabled: false });
  for (const [path, text] of await texts({})) {
    assert.ok(without.get(path).length > 0, `${path}: its <main> is empty without scripts`);
    const lost = text.length - without.get(path).length;
    assert.ok(lost < 200, `${path}: ${lost} characters of its <main> need scripts`);
  }
});

test("the Nu checker finds nothing", async () => {
  const wrong = await nuChecker(folder());
  assert.deepEqual(wrong.slice(0, 40), [], `${wrong.length} findings`);
});

test("html-validate finds nothing", async () => {
  const wrong = [];
  for (const path of pages()) {
    const findings = await markup(readFileSync(join(folder(), path), "utf8"));
    wrong.push(...findings.map((finding) => `${path}:${finding}`));
  }
  assert.deepEqual(wrong.slice(0, 40), [], `${wrong.length} findings`);
});
