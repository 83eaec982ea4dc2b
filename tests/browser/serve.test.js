// Writes a site while `ibid serve` shows it in Chromium.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { accessibility } from "./checks.js";
import { open } from "./site.js";

const program = process.env.IBID_PROGRAM;
const LONG = Array.from({ length: 120 }, (_, n) => `Paragraph ${n}.`).join("\n\n");
const tea = (text) => `+++\ntitle = "Tea"\n+++\n\n${text}\n\n${LONG}\n`;
const own = readFileSync(new URL("../../themes/scholar/static/scholar.css", import.meta.url), "utf8");

let browser;
let root;
let preview;
let context;
let page;

before(async () => {
  assert.ok(program, "IBID_PROGRAM names no ibid: run tests/run, which builds one");
  browser = await open();
});

after(() => browser?.close());

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "ibid-serve-"));
  write("site.toml", 'title = "Test"\nbase_url = "https://example.org/kb"\n');
  write("content/_index.md", '+++\ntitle = "Home"\n+++\n');
  write("content/tea.md", tea("Two minutes."));
  write("content/other.md", '+++\ntitle = "Other"\n+++\n\nOther.\n');
  preview = await serve(0);
  context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 900, height: 700 } });
  page = await context.newPage();
  await page.goto(`${preview.address}tea/`);
});

afterEach(async () => {
  await context?.close();
  await preview?.stop();
  rmSync(root, { recursive: true, force: true });
});

function write(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Starts the preview and waits until it serves. */
async function serve(port) {
  const args = ["serve", "--port", String(port), "--now", "2026-01-31"];
  const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const lines = createInterface({ input: child.stdout });
  const address = await new Promise((resolve, reject) => {
    lines.on("line", (line) => line.startsWith("Serving ") && resolve(line.split(/[ ]/)[1]));
    child.once("exit", (code) => reject(new Error(`ibid serve ended with ${code}`)));
  });
  const stop = async () => {
    child.kill("SIGINT");
    return ended;
  };
  return { address, port: Number(new URL(address).port), stop };
}

/** Marks the page as it is, to tell whether it is loaded anew. */
const mark = () => page.evaluate(() => (window.marked = true));
const isMarked = () => page.evaluate(() => window.marked === true);
const shows = (text) =>
  page.waitForFunction((text) => document.querySelector("main")?.innerText.includes(text), text);
const overlay = () => page.locator("#ibid-preview section");

test("a saved page is loaded anew, at its place", async () => {
  await page.evaluate(() => scrollTo(0, 1500));
  const before = await page.evaluate(() => scrollY);
  assert.equal(before, 1500);
  write("content/tea.md", tea("Three minutes."));
  await shows("Three minutes.");
  await page.waitForFunction(() => scrollY === 1500);
});

test("another page's change leaves it alone", async () => {
  await mark();
  write("content/other.md", '+++\ntitle = "Other"\n+++\n\nChanged.\n');
  write("static/scholar.css", `${own}\nmain { outline: 3px solid rgb(1, 2, 3) }`);
  // The style sheet is told with or after the other page.
  await page.waitForFunction(() => getComputedStyle(document.querySelector("main")).outlineColor === "rgb(1, 2, 3)");
  assert.ok(await isMarked(), "the page was loaded anew");
});

test("a style sheet is exchanged, again and again, without loading the page", async () => {
  await mark();
  await page.evaluate(() => scrollTo(0, 1200));
  for (const colour of ["rgb(1, 1, 1)", "rgb(2, 2, 2)", "rgb(3, 3, 3)"]) {
    write("static/scholar.css", `${own}\nmain { outline: 3px solid ${colour} }`);
    await page.waitForFunction(
      (colour) => getComputedStyle(document.querySelector("main")).outlineColor === colour,
      colour,
    );
  }
  assert.ok(await isMarked(), "the page was loaded anew");
  assert.equal(await page.evaluate(() => scrollY), 1200);
  const sheets = await page.locator('link[rel="stylesheet"][href*="scholar"]').count();
  assert.equal(sheets, 1, "the old style sheets are gone");
});

test("an error is shown over the page and goes when it is mended", async () => {
  await mark();
  write("content/tea.md", tea("See [x](nowhere.md) <script>document.title = 'run'</script>."));
  await overlay().waitFor({ state: "visible" });
  const text = await overlay().innerText();
  assert.match(text, /1 error/);
  assert.match(text, /error\[broken-link\]: this link leads to no page/);
  assert.match(text, /content\/tea\.md:5:9/);
  assert.match(text, /<script>document/);
  assert.match(await page.locator("main").innerText(), /Two minutes/);
  assert.notEqual(await page.title(), "run");
  assert.deepEqual(await accessibility(page), []);
  await page.emulateMedia({ colorScheme: "dark" });
  assert.deepEqual(await accessibility(page), []);
  write("content/tea.md", tea("Two minutes."));
  await overlay().waitFor({ state: "detached" });
  assert.ok(await isMarked(), "the page is as it was, and was not loaded anew");
});

test("Escape puts an error away until there is another", async () => {
  write("content/tea.md", tea("See [x](nowhere.md)."));
  await overlay().waitFor({ state: "visible" });
  await page.keyboard.press("Escape");
  await overlay().waitFor({ state: "detached" });
  write("content/other.md", "+++\ntitle = \"Other\"\n+++\n\n[y](nothing.md)\n");
  await overlay().waitFor({ state: "visible" });
  assert.match(await overlay().innerText(), /2 errors/);
  await overlay().getByRole("button", { name: "Dismiss" }).click();
  await overlay().waitFor({ state: "detached" });
});

test("a page that goes leads to the page for what is not there, and back", async () => {
  rmSync(join(root, "content/tea.md"));
  await page.waitForFunction(() => !document.querySelector("main").innerText.includes("minutes"));
  write("content/tea.md", tea("Back again."));
  await shows("Back again.");
});

test("a site that does not build at first is shown once it does", async () => {
  await preview.stop();
  write("site.toml", 'title = "Test');
  preview = await serve(0);
  await page.goto(`${preview.address}kb/tea/`);
  await shows("config-syntax");
  assert.equal(await overlay().count(), 0, "the page itself shows it");
  assert.deepEqual(await accessibility(page), []);
  write("site.toml", 'title = "Test"\nbase_url = "https://example.org/kb"\n');
  await shows("Two minutes.");
});

test("a page finds a server that was started anew", async () => {
  const { port } = preview;
  await mark();
  assert.equal(await preview.stop(), 0);
  write("content/tea.md", tea("While nobody served."));
  preview = await serve(port);
  await shows("While nobody served.");
});

test("a hidden tab gives its connection back and learns what it missed", async () => {
  const hide = (state) =>
    page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await mark();
  await hide("hidden");
  const other = await context.newPage();
  await other.goto(`${preview.address}tea/`);
  write("content/tea.md", tea("While nobody looked."));
  await other.waitForFunction(() => document.querySelector("main").innerText.includes("nobody looked"));
  assert.ok(await isMarked(), "a hidden page is left alone");
  await hide("visible");
  await shows("While nobody looked.");
});

test("ten tabs on one preview are all served", async () => {
  const tabs = await Promise.all(Array.from({ length: 10 }, () => context.newPage()));
  // Chromium without a window takes every tab for visible; only the last one is, with a window.
  for (const tab of tabs.slice(0, -1)) {
    await tab.addInitScript(() =>
      Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true }),
    );
  }
  for (const tab of tabs) await tab.goto(`${preview.address}tea/`, { timeout: 20_000 });
});
