// Opens every page of the built site in Chromium, as readers with different needs would.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessibility, colours, firstStop, markup, nuChecker, printing, sideways } from "./checks.js";
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

/** Looks at a page in another colour scheme, and then in this one again. */
async function inDark(page) {
  await page.emulateMedia({ colorScheme: "dark" });
  const findings = await colours(page);
  await page.emulateMedia({ colorScheme: "light" });
  return findings;
}

const atWidth = (width) => async (page) => {
  await page.setViewportSize({ width, height: DESK.height });
  const findings = await sideways(page);
  await page.setViewportSize(DESK);
  return findings;
};

// The words of each page, with scripts and without.
const read = { with: new Map(), without: new Map() };

const keep = (words) => async (page, path) => {
  words.set(path, (await page.locator("main").innerText()).replace(/\s+/g, " ").trim());
  return [];
};

// What is looked at while a page is there, in this order. To load every page once for each of these
// takes four times as long.
const VISITS = {
  "at a desk": {
    settings: { viewport: DESK, colorScheme: "light" },
    checks: {
      "the first stop of the keyboard leads to the text": firstStop,
      "the words can be read": keep(read.with),
      "axe finds nothing in light colours": accessibility,
      "axe finds nothing in dark colours": inDark,
      "nothing reaches past the edge at 768 pixels": atWidth(768),
      "nothing reaches past the edge at 1440 pixels": atWidth(1440),
      "nothing reaches past the edge at 2560 pixels": atWidth(2560),
      "every page prints": printing,
    },
  },
  "on a small screen": {
    settings: { viewport: { width: 320, height: 640 }, colorScheme: "light" },
    checks: {
      "nothing reaches past the edge at 320 pixels": sideways,
      "axe finds nothing": accessibility,
    },
  },
  "without scripts": {
    settings: { viewport: DESK, javaScriptEnabled: false },
    checks: { "the words can be read": keep(read.without) },
  },
};

const ASKS = "no request leaves the site, none goes astray, and the console stays silent";

/** Hears what a page asks for and what it says, as long as it is there; gives a way to wait for its answers. */
async function listen(context, page, found) {
  const waiting = new Set();
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url.startsWith(`${server.origin}/`) || url.startsWith("data:")) return route.continue();
    found(`asks ${url}`);
    return route.abort();
  });
  page.on("request", (request) => waiting.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => waiting.delete(request));
  page.on("response", (response) => {
    // Browsers ask for this one unbidden where a page names no icon.
    const asked = !response.url().endsWith("/favicon.ico");
    if (asked && response.status() >= 400) found(`${response.status()} for ${response.url()}`);
  });
  page.on("console", (message) => {
    const bad = ["error", "warning"].includes(message.type());
    if (bad && !message.location().url.endsWith("/favicon.ico")) found(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => found(`script: ${error.message}`));
  return async () => {
    for (let n = 0; waiting.size > 0; n++) {
      if (n === 200) return found(`still waits for ${[...waiting].map((request) => request.url())}`);
      await page.waitForTimeout(50);
    }
  };
}

/** Visits all pages, on every core at once, and gives what is wrong with them by check. */
async function visitAll({ settings, checks }) {
  const wrong = Object.fromEntries([...Object.keys(checks), ASKS].map((name) => [name, []]));
  const left = pages();
  const work = async () => {
    const context = await browser.newContext({ reducedMotion: "reduce", ...settings });
    const page = await context.newPage();
    let path;
    const answered = await listen(context, page, (finding) => wrong[ASKS].push(`${path}: ${finding}`));
    for (path = left.shift(); path !== undefined; path = left.shift()) {
      await page.goto(address(server.origin, path), { waitUntil: "load" });
      // A script that changes the page under a check would be taken for a fault of the page.
      await answered();
      for (const [name, check] of Object.entries(checks)) {
        for (const finding of await check(page, path)) wrong[name].push(`${path}: ${finding}`);
      }
      await answered();
    }
    await context.close();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return wrong;
}

test("the site has pages", () => {
  assert.ok(pages().length > 3, `only ${pages().length} pages are in ${folder()}`);
});

for (const [name, visit] of Object.entries(VISITS)) {
  test(`every page ${name}`, async (context) => {
    const wrong = await visitAll(visit);
    for (const [check, findings] of Object.entries(wrong)) {
      await context.test(check, () => assert.deepEqual(findings, []));
    }
  });
}

test("a page reads the same without scripts", () => {
  assert.equal(read.with.size, pages().length);
  for (const [path, text] of read.with) {
    assert.ok(read.without.get(path).length > 0, `${path}: its <main> is empty without scripts`);
    const lost = text.length - read.without.get(path).length;
    assert.ok(lost < 200, `${path}: ${lost} characters of its <main> need scripts`);
  }
});

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

test("a page says what it is where its type has a title", () => {
  const html = (path) => readFileSync(join(folder(), path, "index.html"), "utf8");
  assert.match(html("evidence/what-the-reviews-say"), /<p class="type">Patient education<\/p>\s*<h1>/);
  assert.match(html("evidence/kurz-gefasst"), /<p class="type" lang="en" dir="auto">Patient education<\/p>\s*<h1>/);
  assert.doesNotMatch(html("evidence/questions"), /class="type"/);
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
