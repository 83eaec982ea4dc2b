// Prints every page of a set of records with citeproc-js, which is a tool of the tests alone.
//
// node expect.mjs CITEPROC STYLES RECORDS OUT
//   CITEPROC  the folder of the npm package `citeproc`
//   STYLES    the folder that `CSL_ORACLE_STYLES=… cargo test --test csl_oracle` wrote
import { createRequire } from 'node:module';
import { readFileSync, readdirSync, writeFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { toXml } from './xml.mjs';

const [citeproc, styles, records, out] = process.argv.slice(2);
const CSL = createRequire(import.meta.url)(citeproc);
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const items = read(records);
const byId = Object.fromEntries(items.map((item) => [item.id, item]));

const locales = new Map();
const locale = (tag) => {
  if (!locales.has(tag)) {
    const known = readdirSync(join(styles, 'locales')).includes(`${tag}.json`);
    const file = join(styles, 'locales', `${known ? tag : 'en-US'}.json`);
    locales.set(tag, toXml('locale', { '@version': '1.0', ...read(file) }));
  }
  return locales.get(tag);
};

const ENTITIES = { '#38': '&', '#60': '<', '#62': '>', lt: '<', gt: '>', quot: '"', amp: '&' };
const text = (html) =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&(#\d+|\w+);/g, (all, name) => ENTITIES[name] ?? all)
    .replace(/\s+/g, ' ')
    .trim();

/** The citations of a page: each work by itself, then together and with all that can be said. */
export function clusters(page, rows) {
  const at = (n) => ({ id: page[n % page.length].id });
  return [
    ...page.map((_, n) => [at(n)]),
    [at(0), at(1), at(2)],
    [{ ...at(3), label: 'page', locator: '33-35' }, at(1)],
    [{ ...at(4), prefix: 'see', label: 'chapter', locator: '3' }],
    [{ ...at(5), 'suppress-author': true, label: 'page', locator: '33-35' }],
    [{ ...at(6), suffix: ', and others' }, at(7), at(8), at(9), at(2)],
    [{ ...at(6), label: 'figure', locator: '2' }],
    ...(rows ? inRows(at) : []),
  ];
}

/** One work several times in a row, for styles that shorten what they have just said. */
function inRows(at) {
  const pages = { label: 'page', locator: '33-35' };
  return [
    [at(0)],
    [at(0)],
    [{ ...at(0), ...pages }],
    [{ ...at(0), ...pages }],
    [{ ...at(0), label: 'page', locator: '40' }],
    [at(0)],
    [{ ...at(2), prefix: 'see', label: 'chapter', locator: '3' }],
    [{ ...at(2), suffix: ', and others', label: 'chapter', locator: '3' }],
  ];
}

function print(xml, language, rows, page) {
  const engine = new CSL.Engine(
    { retrieveLocale: locale, retrieveItem: (id) => structuredClone(byId[id]) },
    xml,
    language === 'en' ? 'en-US' : language,
    language !== 'en',
  );
  engine.setOutputFormat('html');
  const note = engine.opt.xclass === 'note';
  const before = [];
  const printed = [];
  clusters(page, rows).forEach((citationItems, n) => {
    const properties = { noteIndex: note ? n + 1 : 0 };
    const place = before.map((id, k) => [id, note ? k + 1 : 0]);
    const [, changed] = engine.processCitationCluster({ citationItems, properties }, place, []);
    for (const [index, html] of changed) printed[index] = text(html);
    before.push(Object.keys(engine.registry.citationreg.citationById).find((id) => !before.includes(id)));
  });
  // `false` where the style has no list.
  const [{ entry_ids: ids }, entries] = engine.makeBibliography() || [{}, []];
  return {
    cites: printed,
    entries: entries.map((html, n) => [
      ids[n][0],
      text(html.replace(/<div class="csl-left-margin">[^]*?<\/div>/, '')),
    ]),
  };
}

mkdirSync(out, { recursive: true });
const set = basename(records, '.json');
for (const { style, language, rows, file } of read(join(styles, 'prints.json')).filter((each) => each.set === set)) {
  const xml = toXml('style', read(join(styles, `${style}.json`)));
  const pages = [];
  for (let n = 0; n < items.length; n += 10) pages.push(print(xml, language, rows, items.slice(n, n + 10)));
  writeFileSync(join(out, file), `${JSON.stringify(pages, null, 1)}\n`);
}
