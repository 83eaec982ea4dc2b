// Holds feeds and sitemaps of the built site against the schemas of their formats.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { validateXML } from "xmllint-wasm";
import { folder } from "./site.js";

const schema = (name) => readFileSync(new URL(`formats/${name}`, import.meta.url), "utf8");

/** The files of the site whose names match, each with its text. */
function files(pattern) {
  const names = readdirSync(folder(), { recursive: true }).filter((name) => pattern.test(name));
  return names.sort().map((fileName) => ({ fileName, contents: readFileSync(join(folder(), fileName), "utf8") }));
}

/** What a schema finds wrong with some XML. */
async function faults(xml, relaxng) {
  const wrong = [];
  for (const file of xml) {
    const result = await validateXML({
      xml: [{ ...file, fileName: "file.xml" }],
      schema: [schema(relaxng)],
      extension: "relaxng",
    });
    if (!result.valid) wrong.push(`${file.fileName}: ${result.rawOutput}`);
  }
  return wrong;
}

const ajv = new Ajv({ allErrors: true });
addFormats(ajv);
const isJsonFeed = ajv.compile(JSON.parse(schema("json-feed.json")));

test("Atom feeds keep to RFC 4287", async () => {
  const atom = files(/(^|\/)atom\.xml$/);
  assert.ok(atom.length > 1, `only ${atom.length} Atom feeds are in ${folder()}`);
  assert.deepEqual(await faults(atom, "atom.rng"), []);
  for (const [from, to] of [
    ["<updated>", "<updated>on "],
    ["<id>https://", "<id>"],
    ["<name>", "<alias/><name>"],
  ]) {
    const broken = { ...atom[0], contents: atom[0].contents.replace(from, to) };
    assert.equal((await faults([broken], "atom.rng")).length, 1, `${to} is seen`);
  }
});

test("JSON feeds keep to version 1.1", () => {
  const feeds = files(/(^|\/)feed\.json$/);
  assert.ok(feeds.length > 1, `only ${feeds.length} JSON feeds are in ${folder()}`);
  for (const { fileName, contents } of feeds) {
    assert.ok(isJsonFeed(JSON.parse(contents)), `${fileName}: ${ajv.errorsText(isJsonFeed.errors)}`);
  }
  for (const take of [(feed) => delete feed.title, (feed) => delete feed.items[0].id, (feed) => (feed.date = "")]) {
    const broken = JSON.parse(feeds[0].contents);
    take(broken);
    assert.ok(!isJsonFeed(broken), `${take} is seen`);
  }
});

test("both forms of a feed tell of the same pages", () => {
  for (const { fileName, contents } of files(/(^|\/)feed\.json$/)) {
    const atom = readFileSync(join(folder(), fileName.replace(/feed\.json$/, "atom.xml")), "utf8");
    const ids = [...atom.matchAll(/<entry[^>]*>\s*<id>([^<]*)</g)].map((match) => match[1]);
    assert.deepEqual(JSON.parse(contents).items.map((item) => item.id), ids, fileName);
  }
});

test("sitemaps keep to the protocol", async () => {
  const sitemaps = files(/^sitemap.*\.xml$/);
  assert.ok(sitemaps.length > 0, `no sitemap is in ${folder()}`);
  assert.deepEqual(await faults(sitemaps, "sitemap.rng"), []);
  const broken = { ...sitemaps[0], contents: sitemaps[0].contents.replace("<loc>https://", "<loc>") };
  assert.equal((await faults([broken], "sitemap.rng")).length, 1, "a relative address is seen");
});
