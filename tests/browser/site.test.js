// Opens every page of the built site in Chromium, as readers with different needs would.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessibility, firstStop, markup, printing, sideways } from "./checks.js";
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

for (const width of [320, 768, 1440]) {
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

test("html-validate finds nothing", async () => {
  const wrong = [];
  for (const path of pages()) {
    const findings = await markup(readFileSync(join(folder(), path), "utf8"));
    wrong.push(...findings.map((finding) => `${path}:${finding}`));
  }
  assert.deepEqual(wrong.slice(0, 40), [], `${wrong.length} findings`);
});
