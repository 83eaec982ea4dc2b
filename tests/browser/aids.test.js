// What the theme's script adds: cards, the reader's settings, the list of headings, code, feedback.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { accessibility, colours } from "./checks.js";
import { address, begin, close, serve } from "./site.js";

const FILES = {
  "content/_index.md": '+++\ntitle = "Home"\n+++\nSee [Tea](tea.md).\n',
  "content/references.bib": `@article{knuth84, author = {Knuth, Donald}, title = {Literate Programming}, journal = {The Computer Journal}, year = {1984}}
@article{dijkstra68, author = {Dijkstra, Edsger}, title = {Go To Statement Considered Harmful}, journal = {Communications of the ACM}, year = {1968}}
`,
  "content/tea.md": `+++
title = "Tea"
description = "How to brew it."
+++
Two works are cited[@knuth84], and one more[@dijkstra68]. See [coffee](coffee.md#beans), or [a note][^1].

[^1]: A note on tea.

[a note]: coffee.md

## One

\`\`\`js title="a.js" {2}
let a = "<b>";
let c;
\`\`\`

${"Words and words.\n\n".repeat(30)}

## Two

${"Words and words.\n\n".repeat(30)}

## Three

${"Words and words.\n\n".repeat(30)}
`,
  "content/coffee.md": '+++\ntitle = "Coffee & more"\ndescription = "What is in the cup."\n[extra]\nfeedback = false\n+++\n## Beans\n\nWords.\n',
  "content/arab.md": '+++\ntitle = "شاي"\nlanguage = "ar"\n+++\nنص.\n',
};

let house;
let server;
const site = ({ feedback = "", extra = "", ...set } = {}) => house.site({ config: `[feedback]\n${feedback}\n[extra]\n${extra}\n`, ...set });
const visit = (...given) => house.visit(...given);

before(async () => {
  house = await begin(FILES);
  server = await serve();
});

after(async () => {
  await house?.end();
  await server?.stop();
});

const card = (page) => page.locator(".hover-card");

for (const layout of [{}, { subPath: "/kb" }, { urls: "flat" }, { urls: "flat", subPath: "/a/b" }]) {
  const name = JSON.stringify(layout);

  test(`a pointer opens the card of a source and of a page: ${name}`, async () => {
    const { to } = await site(layout);
    const page = await visit(to("tea"));
    await page.locator("#cite-1").hover();
    await card(page).waitFor();
    assert.match(await card(page).innerText(), /Literate Programming/);
    // It stays while it is pointed at, and goes when the pointer has left.
    await card(page).hover();
    await page.waitForTimeout(600);
    assert.ok(await card(page).isVisible());
    await page.mouse.move(2, 700);
    await card(page).waitFor({ state: "detached" });

    await page.getByRole("link", { name: "coffee", exact: true }).hover();
    await card(page).waitFor();
    assert.equal(await card(page).innerText(), "Coffee & more\n\n› Beans\n\nWhat is in the cup.");
    await page.keyboard.press("Escape");
    await card(page).waitFor({ state: "detached" });
    await close(page);
  });
}

test("focus opens a card and describes the link by it, Escape closes it, focus stays", async () => {
  const { to } = await site();
  const page = await visit(to("tea"));
  await page.locator("main").focus();
  await page.keyboard.press("Tab");
  for (let n = 0; n < 20 && !(await page.locator("#cite-1").evaluate((link) => link === document.activeElement)); n++) {
    await page.keyboard.press("Tab");
  }
  await card(page).waitFor();
  const described = await page.locator("#cite-1").getAttribute("aria-describedby");
  assert.equal(described, await card(page).getAttribute("id"));
  assert.deepEqual(await accessibility(page), []);
  await page.keyboard.press("Escape");
  await card(page).waitFor({ state: "detached" });
  assert.ok(await page.locator("#cite-1").evaluate((link) => link === document.activeElement));
  assert.equal(await page.locator("#cite-1").getAttribute("aria-describedby"), null);
  await close(page);
});

test("a tap opens the card of a marker, the next follows it, and other links lead on at once", async () => {
  const { to } = await site();
  const page = await visit(to("tea"), { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } });
  await page.locator("#cite-1").tap();
  await card(page).waitFor();
  assert.match(await card(page).innerText(), /Literate Programming/);
  assert.equal(new URL(page.url()).hash, "");
  const box = await card(page).boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
  await page.locator("h1").tap();
  await card(page).waitFor({ state: "detached" });
  await page.locator(".footnote-ref a").first().tap();
  await card(page).waitFor();
  assert.match(await card(page).innerText(), /A note on tea/);
  await page.locator("#cite-1").tap();
  await page.locator("#cite-1").tap();
  await page.waitForURL(/#ref-knuth84$/);
  assert.ok(await page.locator("#ref-knuth84").isVisible());
  await page.getByRole("link", { name: "coffee", exact: true }).tap();
  await page.waitForURL(/coffee/);
  await close(page);
});

test("settings are kept, hold before the first paint, and can be taken back", async () => {
  const { to } = await site({ subPath: "/kb" });
  const page = await visit(to("tea"), { colorScheme: "light" });
  const size = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector(".prose p")).fontSize));
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const [usual, light] = [await size(), await paper()];

  await page.getByRole("button", { name: "Accessibility" }).click();
  const dialog = page.getByRole("dialog", { name: "How pages are shown" });
  await dialog.waitFor();
  assert.deepEqual(await accessibility(page), []);
  const choose = (group, choice) => dialog.getByRole("group", { name: group }).getByRole("radio", { name: choice, exact: true }).check();
  await choose("Text size", "Largest");
  await choose("Colours", "Dark");
  await choose("Typeface", "Easy to tell apart");
  await choose("Contrast", "High");
  await choose("Spacing", "Wider");
  await choose("Links", "All underlined");
  assert.ok((await size()) > usual * 1.4);
  assert.deepEqual(await accessibility(page), []);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  const button = page.getByRole("button", { name: "Accessibility" });
  assert.ok(await button.evaluate((button) => button === document.activeElement), "focus is where it was");

  // On the next page too; the deferred script is kept away, so the first one alone does it.
  await page.route("**/scholar.*.js", (route) => route.abort());
  await page.goto(to("coffee"), { waitUntil: "load" });
  assert.ok((await size()) > usual * 1.4);
  assert.equal(await paper(), "rgb(0, 0, 0)");
  const media = await page.locator("link[data-scheme]").evaluateAll((links) => links.map((link) => link.media));
  assert.deepEqual(media, ["print", "screen"]);
  const underlined = await page.locator(".menu a, .breadcrumbs a").evaluateAll((links) =>
    links.every((link) => getComputedStyle(link).textDecorationLine === "underline"));
  assert.ok(underlined);
  await page.unroute("**/scholar.*.js");

  await page.goto(to("tea"), { waitUntil: "load" });
  await button.click();
  assert.ok(await dialog.getByRole("group", { name: "Text size" }).getByRole("radio", { name: "Largest" }).isChecked());
  await dialog.getByRole("button", { name: "All as usual" }).click();
  await page.waitForFunction(() => !document.documentElement.dataset.size);
  await dialog.getByRole("button", { name: "Done" }).click();
  await page.reload();
  assert.equal(await size(), usual);
  assert.equal(await paper(), light);
  await close(page);
});

test("broken settings of others do no harm", async () => {
  const { to } = await site();
  const page = await visit(to("tea"));
  for (const value of ["{", "5", '"x"', "[1]", '{"size":{"a":1},"scheme":"\\"><b>"}']) {
    await page.evaluate((value) => localStorage.setItem("scholar.reader", value), value);
    await page.reload();
    await page.getByRole("button", { name: "Accessibility" }).click();
    await page.getByRole("dialog").waitFor();
  }
  await close(page);
});

test("the settings can come as a file, or not at all", async () => {
  const asFile = await site({ extra: "inline_script = false" });
  const page = await visit(asFile.to("tea"));
  assert.equal(await page.locator("script:not([src]):not([type])").count(), 0);
  await page.evaluate(() => localStorage.setItem("scholar.reader", '{"size":"largest"}'));
  await page.reload();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.size), "largest");
  await close(page);

  const without = await site({ extra: "preferences = false" });
  const other = await visit(without.to("tea"));
  assert.equal(await other.getByRole("button", { name: "Accessibility" }).count(), 0);
  assert.equal(await other.locator("script:not([src]):not([type])").count(), 0);
  await other.locator("#cite-1").hover();
  await card(other).waitFor();
  await close(other);
});

test("everything works under the policy that the manual tells", async () => {
  const manual = readFileSync(new URL("../../content/manual/scholar.md", import.meta.url), "utf8");
  const [, name, policy] = /^(Content-Security-Policy): (.+)$/m.exec(manual);
  const { to } = await site({ headers: { [name]: policy } });
  const context = await house.browser.newContext();
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => message.location().url.endsWith("favicon.ico") || wrong.push(message.text()));
  await page.goto(to("tea"), { waitUntil: "load" });
  await page.getByRole("button", { name: "Accessibility" }).click();
  await page.getByRole("radio", { name: "Largest" }).check();
  await page.keyboard.press("Escape");
  await page.reload();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.size), "largest");
  await page.locator("#cite-1").hover();
  await card(page).waitFor();
  assert.deepEqual(wrong, []);
  await context.close();
});

test("without scripts nothing is offered that needs them", async () => {
  const { to } = await site({ feedback: 'target = "mailto:a@example.org"' });
  const page = await visit(to("tea"), { javaScriptEnabled: false });
  assert.ok(!(await page.locator("[data-preferences]").isVisible()));
  assert.ok(await page.locator(".contents a").first().isVisible());
  assert.ok(await page.locator("#ref-knuth84").isVisible());
  assert.ok(await page.locator(".feedback input").first().isVisible());
  await close(page);
  const narrow = await visit(to("tea"), { javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  assert.ok(!(await narrow.locator(".contents a").first().isVisible()), "folded on a narrow page");
  await narrow.locator(".contents summary").click();
  assert.ok(await narrow.locator(".contents a").first().isVisible());
  await close(narrow);
});

test("the list of headings follows the reading position", async () => {
  const { to } = await site();
  const page = await visit(to("tea"));
  const current = () => page.locator(".contents [aria-current]").allInnerTexts();
  assert.deepEqual(await current(), []);
  await page.evaluate(() => document.getElementById("two").scrollIntoView());
  await page.waitForFunction(() => document.querySelector(".contents [aria-current]")?.textContent === "Two");
  const box = await page.locator(".contents").boundingBox();
  assert.ok(box.y >= 0 && box.y < 100, `the list is at ${box.y}`);
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction(() => !document.querySelector(".contents [aria-current]"));
  await close(page);
});

test("a page is handed on as a link where the device has nothing for it", async () => {
  const { to } = await site({ extra: "share = true" });
  const page = await visit(to("tea"), { permissions: ["clipboard-read", "clipboard-write"] });
  await page.evaluate(() => delete Navigator.prototype.share);
  await page.getByRole("button", { name: "Share this page" }).click();
  await page.getByRole("button", { name: "Link copied" }).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^https:\/\/example\.org\/tea/);
  await close(page);
});

test("code is copied as it is, by a button that says so", async () => {
  const { to } = await site();
  const page = await visit(to("tea"), { permissions: ["clipboard-read", "clipboard-write"] });
  const copy = page.getByRole("button", { name: "Copy" });
  await page.locator("pre.code").hover();
  await copy.click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'let a = "<b>";\nlet c;\n');
  await close(page);
});

for (const javaScriptEnabled of [true, false]) {
  test(`feedback reaches its target, scripts ${javaScriptEnabled ? "on" : "off"}`, async () => {
    const { to, received } = await site({ feedback: 'target = "/feedback"' });
    const page = await visit(to("tea"), { javaScriptEnabled });
    const text = page.getByLabel("What would you like to tell us?");
    assert.ok(!(await text.isVisible()), "the text field comes with an answer");
    await page.getByRole("radio", { name: "Report an error" }).check();
    await text.fill("A slip & more");
    // The timers of axe need scripts.
    if (javaScriptEnabled) assert.deepEqual(await accessibility(page), []);
    await page.getByRole("button", { name: "Send" }).click();
    if (javaScriptEnabled) await page.getByText("Thank you for your feedback.").waitFor();
    else await page.getByText("received").waitFor();
    assert.deepEqual(received, [{ answer: "error", text: "A slip & more", page: "https://example.org/tea/" }]);
    await close(page);
    const silent = await visit(to("coffee"));
    assert.equal(await silent.locator(".feedback").count(), 0, "a page can go without");
    await close(silent);
  });
}

test("feedback by mail and by an issue form holds answer, page and words in the address", async () => {
  for (const [target, subject] of [["mailto:a@example.org", "subject"], ["https://example.org/o/r/issues/new", "title"]]) {
    const { to } = await site({ feedback: `target = "${target}?cc=b%40example.org"` });
    const page = await visit(to("tea"), { javaScriptEnabled: true });
    await page.getByRole("radio", { name: "Other" }).check();
    await page.getByLabel("What would you like to tell us?").fill("Words");
    const sent = await page.locator(".feedback").evaluate((form) => ({
      action: form.action,
      method: form.method,
      fields: Object.fromEntries(new FormData(form)),
    }));
    const fields = { [subject]: "Other: Tea (https://example.org/tea/)", body: "Words", cc: "b@example.org" };
    assert.deepEqual(sent, { action: target, method: "get", fields });
    await close(page);
  }
  const { to } = await site();
  const page = await visit(to("tea"));
  assert.equal(await page.locator(".feedback").count(), 0, "nothing is asked where there is no target");
  await close(page);
});

test("sources stand beside the sentence where the theme is asked to", async () => {
  const { to } = await site({ extra: "sidenotes = true" });
  const page = await visit(to("tea"));
  const notes = page.locator(".sidenote");
  await notes.first().waitFor();
  assert.match((await notes.allInnerTexts()).join("\n"), /1 Knuth[^]*2 Dijkstra/);
  const boxes = await notes.evaluateAll((notes) => notes.map((note) => note.getBoundingClientRect().toJSON()));
  const prose = await page.locator(".prose").boundingBox();
  assert.ok(boxes[0].x > prose.x + prose.width, "in the margin");
  assert.ok(boxes[1].y >= boxes[0].y + boxes[0].height, "one below the other");
  assert.deepEqual(await accessibility(page), []);
  await page.setViewportSize({ width: 600, height: 800 });
  assert.ok(!(await notes.first().isVisible()), "there is no margin on a narrow page");
  await close(page);
});

test("a page of a language from the right stands on its head, sideways", async () => {
  const { to } = await site();
  const page = await visit(to("arab"));
  assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
  const [title, heading] = [await page.locator(".site-title").boundingBox(), await page.locator("h1").boundingBox()];
  assert.ok(title.x > 640 && heading.x + heading.width > 1000, JSON.stringify([title, heading]));
  assert.deepEqual(await accessibility(page), []);
  await close(page);
});

// Hues all around, pale, dark and grey: what a site may write as its colour.
const ACCENTS = ["#0f5176", "#ffd700", "#ff0000", "#00ff00", "#0000ff", "#00ffff", "#ff00ff", "#fff", "#000", "#888", "rebeccapurple", "hsl(30 100% 60%)"];

for (const accent of ACCENTS) {
  test(`links in ${accent} can be read on light and dark paper`, async () => {
    const { to } = await site({ extra: `accent = "${accent}"` });
    const page = await visit(to("tea"));
    for (const settings of [{ colorScheme: "light" }, { colorScheme: "dark" }, { colorScheme: "light", contrast: "more" }, { colorScheme: "dark", contrast: "more" }]) {
      await page.emulateMedia({ contrast: "no-preference", ...settings });
      assert.deepEqual(await colours(page), [], JSON.stringify(settings));
    }
    await close(page);
  });
}

// What a reader sees move since the page began to load, as browsers measure it. On a busy machine
// the head is painted before its last button has been read, which moves the one before: 0.002.
const moved = (page) =>
  page.evaluate(() => new Promise((resolve) => {
    const seen = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) {
        if (value > 0.004) seen.push(`${value}: ${sources.map(({ node }) => node?.className || node?.nodeName)}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(seen), 200);
  }));

for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
  test(`no page of the site moves while it is loaded: ${viewport.width} pixels`, async () => {
    const page = await visit(address(server.origin, "404.html"), { viewport });
    assert.deepEqual(await moved(page), [], "404.html");
    for (const path of ["index.html", "manual/index.html", "manual/markdown/index.html", "evidence/what-the-reviews-say/index.html"]) {
      await page.goto(address(server.origin, path), { waitUntil: "networkidle" });
      assert.deepEqual(await moved(page), [], path);
    }
    await close(page);
  });

  test(`nothing that is seen moves when results come: ${viewport.width} pixels`, async () => {
    // Nobody has typed here, so that every move counts: results come from the address, and late.
    const page = await visit(address(server.origin, "index.html"), { viewport });
    await page.route("**/search/**", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await route.continue();
    });
    for (const query of ["q=pain", "q=pain&topics=massage", "q=xyzzy", "q=massage+xyzzy", "q="]) {
      await page.goto(`${address(server.origin, "search/index.html")}?${query}`, { waitUntil: "networkidle" });
      if (query !== "q=") await page.waitForFunction(() => document.querySelector("[data-status]").textContent !== "");
      assert.deepEqual(await moved(page), [], query);
    }
    await page.goto(address(server.origin, "evidence/what-the-reviews-say/index.html"));
    for (const keys of ["/", "Control+k"]) {
      await page.keyboard.press(keys);
      await page.locator(".search-dialog input").waitFor();
      await page.locator(".search-dialog input").fill("pain");
      await page.waitForFunction(() => document.querySelector(".search-dialog [role=status]").textContent !== "");
      assert.deepEqual(await moved(page), [], keys);
      await page.locator(".search-dialog button").click();
    }
    assert.deepEqual(await moved(page), [], "closed again");
    await close(page);
  });
}
