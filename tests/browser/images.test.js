// Images in smaller sizes: which one a browser takes, and that nothing moves when it comes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, open, serve } from "./site.js";

const PAGES = ["evidence/which-kind/index.html", "evidence/before-a-session/index.html"];

let browser, site;

before(async () => {
  [browser, site] = await Promise.all([open(), serve()]);
});
after(async () => {
  await browser.close();
  site.stop();
});

/** What a browser of that screen loads for the first image in the text of a page. */
async function seen(path, width, scale) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, deviceScaleFactor: scale });
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shifted += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(address(site.origin, path), { waitUntil: "load" });
  const image = page.locator(".prose picture img").first();
  await image.scrollIntoViewIfNeeded();
  await page.waitForFunction((image) => image.complete && image.naturalWidth > 0, await image.elementHandle());
  const result = await image.evaluate((image) => ({
    file: new URL(image.currentSrc).pathname,
    shown: image.getBoundingClientRect().width,
    ratio: image.getBoundingClientRect().width / image.getBoundingClientRect().height,
    wanted: image.width && Number(image.getAttribute("width")) / Number(image.getAttribute("height")),
    shifted: globalThis.shifted,
  }));
  await context.close();
  return { ...result, asked: asked.filter((path) => /\.(png|webp)$/.test(path)) };
}

for (const path of PAGES) {
  test(`${path} sends each screen the image that it needs`, async () => {
    for (const [width, scale, wanted] of [
      [390, 1, 400],
      [390, 2, 800],
      [390, 3, 1200],
      [1400, 1, 800],
      [1400, 2, 1200],
    ]) {
      const { file, shown, ratio, wanted: own, shifted, asked } = await seen(path, width, scale);
      const screen = `${width} pixels at ${scale}`;
      assert.match(file, new RegExp(`/sized/[a-z-]+\\.${wanted}\\.[0-9a-f]{8}\\.webp$`), screen);
      assert.deepEqual(asked, [file], `${screen}: one file is asked for`);
      assert.ok(shown * scale <= wanted * 1.05, `${screen}: ${shown} pixels wide, of a file of ${wanted}`);
      assert.ok(shown > 200 && Math.abs(ratio - own) < 0.02, `${screen}: it keeps its shape`);
      assert.ok(shifted < 0.01, `${screen}: the page moves by ${shifted}`);
    }
  });
}
