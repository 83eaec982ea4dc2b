// Plants one fault at a time, so that a check that sees nothing is found out.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessibility, firstStop, markup, nuChecker, printing, sideways } from "./checks.js";
import { open } from "./site.js";

const GOOD = `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>A page</title></head>
<body><a href="#text">To the text</a><main id="text"><h1>A page</h1><p>Some words.</p></main></body>
</html>
`;

let browser;
let page;

before(async () => {
  browser = await open();
  page = await browser.newPage({ viewport: { width: 320, height: 600 } });
});

after(() => browser?.close());

async function seen(check, from, to) {
  const html = GOOD.replace(from, to);
  assert.ok(from === "" || html !== GOOD, `the good page has no ${from}`);
  await page.setContent(html);
  return check(check === markup ? html : page);
}

test("a good page passes every check", async () => {
  for (const check of [accessibility, sideways, printing, firstStop, markup]) {
    assert.deepEqual(await seen(check, "", ""), [], check.name);
  }
});

const FAULTS = [
  [accessibility, "<p>", '<p style="color: #ccc; background: #fff">', /color-contrast/],
  [accessibility, ' lang="en"', "", /html-has-lang/],
  [accessibility, "<p>", '<img src="data:,"><p>', /image-alt/],
  [sideways, "<p>", '<p style="width: 500px">', /pixels wide/],
  [firstStop, "#text", "#nowhere", /#nowhere/],
  [markup, "</p>", "</p></div>", /close-order/],
  [markup, "<p>", '<p id="text">', /no-dup-id/],
];

for (const [check, from, to, words] of FAULTS) {
  test(`${check.name} sees ${to}`, async () => {
    assert.match((await seen(check, from, to)).join("\n"), words);
  });
}

test("the Nu checker sees what stands in the wrong place, and warns", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ibid-nu-"));
  const check = (html) => {
    writeFileSync(join(folder, "a.html"), html);
    return nuChecker(folder);
  };
  assert.deepEqual(await check(GOOD), []);
  const faults = [...(await check(GOOD.replace("<p>", "<p><ul><li>"))), ...(await check(GOOD.replace("<p>", '<section><p role="paragraph">')))];
  assert.match(faults.join("\n"), /a\.html:\d+: .*p.* element/);
  assert.match(faults.join("\n"), /Section lacks heading/);
  rmSync(folder, { recursive: true });
});
