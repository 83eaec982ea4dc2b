// Reads the JSON-LD of every page of the built site and holds each property against the
// vocabulary of schema.org, as `schema-dts` has it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { folder, pages } from "./site.js";

/** The vocabulary: of each type its properties, and the types above it. */
function vocabulary() {
  const main = createRequire(import.meta.url).resolve("schema-dts");
  const text = readFileSync(main.replace(/\.m?js$/, ".d.ts"), "utf8");
  const types = new Map();
  const type = (name) => {
    if (!types.has(name)) types.set(name, { above: new Set(), properties: new Set(), exists: false });
    return types.get(name);
  };
  let open = null;
  for (const line of text.split("\n")) {
    const head = /^(?:export )?interface (\w+?)(Base|Leaf) extends ([^{]+)\{/.exec(line);
    if (head) {
      open = type(head[1]);
      for (const above of head[3].split(",").map((name) => name.trim())) {
        const name = /^(?:Partial<IdReference> & )?(\w+)Base$/.exec(above)?.[1];
        if (name && name !== head[1]) open.above.add(name);
      }
      if (head[2] === "Leaf") open.exists = true;
    } else if (/^(?:export )?interface (\w+)Base\b/.test(line)) {
      open = type(/interface (\w+)Base/.exec(line)[1]);
    } else if (line.startsWith("}")) {
      open = null;
    } else if (open) {
      const property = /^ {4}"(\w+)"\?:/.exec(line);
      if (property) open.properties.add(property[1]);
    }
  }
  return types;
}

const types = vocabulary();

function lineage(name, seen = new Set()) {
  if (!seen.has(name)) {
    seen.add(name);
    for (const above of types.get(name)?.above ?? []) lineage(above, seen);
  }
  return seen;
}

/** Says what is wrong with a node and all that is in it. */
function judge(node, where, ids, named) {
  if (Array.isArray(node)) return node.flatMap((item, n) => judge(item, `${where}[${n}]`, ids, named));
  if (node === null) return [`${where} is null`];
  if (typeof node === "string") return node.trim() ? [] : [`${where} is empty`];
  if (typeof node !== "object") return [];
  const { "@id": id, "@type": kind, ...properties } = node;
  if (id && !kind) {
    named.push([where, id]);
    return Object.keys(properties).map((name) => `${where}.${name} stands in a name of a node`);
  }
  if (id) ids.add(id);
  if (!types.get(kind)?.exists) return [`${where} has the type ${kind}`];
  const known = [...lineage(kind)].map((name) => types.get(name));
  return Object.entries(properties).flatMap(([name, value]) => {
    const inside = judge(value, `${where}.${name}`, ids, named);
    return known.some((one) => one.properties.has(name)) ? inside : [`${kind} has no ${name} (${where})`, ...inside];
  });
}

function faults(text) {
  const { "@context": context, "@graph": graph, ...rest } = JSON.parse(text);
  const ids = new Set();
  const named = [];
  const wrong = judge(graph, "", ids, named);
  if (context !== "https://schema.org") wrong.push(`the context is ${context}`);
  if (Object.keys(rest).length) wrong.push(`beside the graph stands ${Object.keys(rest)}`);
  for (const [where, id] of named) if (!ids.has(id)) wrong.push(`${where} names ${id}, which is not there`);
  return wrong;
}

test("the vocabulary is read", () => {
  assert.ok(types.size > 900, `${types.size} types`);
  assert.ok(lineage("MedicalWebPage").has("Thing"));
  assert.ok(types.get("WebPage").properties.has("reviewedBy"));
  assert.ok(types.get("Thing").properties.has("name"));
});

for (const [fault, node] of [
  [/Article has no reviewedBy/, { "@type": "Article", name: "A", reviewedBy: { "@type": "Person", name: "B" } }],
  [/has the type Artikel/, { "@type": "Artikel" }],
  [/which is not there/, { "@type": "Article", author: { "@id": "#nobody" } }],
  [/is empty/, { "@type": "Article", name: " " }],
  [/Person has no headline/, { "@type": "Article", author: [{ "@type": "Person", headline: "B" }] }],
]) {
  test(`a graph is faulted: ${fault.source}`, () => {
    const text = JSON.stringify({ "@context": "https://schema.org", "@graph": [node] });
    assert.match(faults(text).join("\n"), fault);
  });
}

test("every page says only what schema.org lets its type say", () => {
  const wrong = [];
  const kinds = new Set();
  for (const path of pages()) {
    const html = readFileSync(join(folder(), path), "utf8");
    const scripts = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
    if (scripts.length > 1) wrong.push(`${path}: ${scripts.length} graphs`);
    for (const [, text] of scripts) {
      for (const fault of faults(text)) wrong.push(`${path}: ${fault}`);
      for (const node of JSON.parse(text)["@graph"]) kinds.add(node["@type"]);
    }
  }
  assert.deepEqual(wrong.slice(0, 40), [], `${wrong.length} faults`);
  for (const kind of ["Article", "MedicalWebPage", "CollectionPage", "ProfilePage", "WebSite", "Person"]) {
    assert.ok(kinds.has(kind), `no page of the site is or names a ${kind}`);
  }
});

test("ibid knows the pages and works of schema.org", () => {
  const source = readFileSync(new URL("../../src/config/schema_org.rs", import.meta.url), "utf8");
  const list = (name) => {
    const [, body] = new RegExp(`const ${name}: &\\[&str\\] = &\\[([^\\]]*)\\]`).exec(source);
    return [...body.matchAll(/"(\w+)"/g)].map((match) => match[1]).sort();
  };
  // What begins with a digit is spelled otherwise here; no page is a `3DModel`.
  const all = [...types.keys()].filter(
    (name) => types.get(name).exists && lineage(name).has("CreativeWork") && !name.startsWith("_"),
  );
  const isPage = (name) => lineage(name).has("WebPage");
  assert.deepEqual(list("WEB_PAGES"), all.filter(isPage).sort());
  assert.deepEqual(list("WORKS"), all.filter((name) => !isPage(name)).sort());
});
