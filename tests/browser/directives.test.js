// Uses what directives show as a reader does: folded questions, and a video of another host.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { address, open, serve } from "./site.js";

const PAGE = "manual/directives/index.html";
const EMBED = "https://www.youtube-nocookie.com/embed/";

let browser;
let server;
let context;
let page;
let asked;

before(async () => {
  server = await serve();
  browser = await open();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach(() => visit({}));

afterEach(() => context?.close());

/** Opens the page, and keeps every request to another host from leaving. */
async function visit(settings) {
  await context?.close();
  context = await browser.newContext(settings);
  page = await context.newPage();
  asked = [];
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url.startsWith(`${server.origin}/`)) return route.continue();
    asked.push(url);
    return route.abort();
  });
  await page.goto(address(server.origin, PAGE), { waitUntil: "networkidle" });
}

test("nobody is asked for a video before a reader follows its link", async () => {
  assert.deepEqual(asked, []);
  assert.equal(await page.locator("iframe").count(), 0);
});

test("the link to a video becomes its player, which has the focus", async () => {
  const link = page.locator("a.video-link[data-embed]");
  const title = (await link.getAttribute("data-title")).trim();
  await link.click();
  const player = page.locator(".video iframe");
  await player.waitFor();
  assert.ok((await player.getAttribute("src")).startsWith(EMBED));
  assert.equal(await player.getAttribute("title"), title);
  assert.equal(await link.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.localName), "iframe");
  assert.ok(asked.length > 0 && asked.every((url) => url.startsWith(EMBED)), asked.join("\n"));
});

test("the keyboard starts a video too, and a new tab still leads to its host", async () => {
  const link = page.locator("a.video-link[data-embed]");
  await link.click({ modifiers: ["ControlOrMeta"] });
  assert.equal(await page.locator("iframe").count(), 0);
  await link.focus();
  await page.keyboard.press("Enter");
  await page.locator(".video iframe").waitFor();
});

test("without scripts a video is a link to its host", async () => {
  await visit({ javaScriptEnabled: false });
  const href = await page.locator("a.video-link").first().getAttribute("href");
  assert.match(href, /^https:\/\/www\.youtube\.com\/watch\?v=/);
});

test("a link to a question opens it", async () => {
  const question = page.locator("details.question").first();
  assert.equal(await question.evaluate((details) => details.open), false);
  const id = await question.getAttribute("id");
  await page.evaluate((id) => location.assign(`#${id}`), id);
  await page.waitForFunction((id) => document.getElementById(id).open, id);
});

test("a question opens without scripts", async () => {
  await visit({ javaScriptEnabled: false });
  const question = page.locator("details.question").first();
  await question.locator("summary").click();
  assert.ok(await question.locator("p").first().isVisible());
});
