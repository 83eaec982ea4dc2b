// Turns a CSL style or locale, as `serde` writes it, back into XML.

const NAMES = { 'sub verbo': 'sub-verbo', 'et al': 'et-al' };
const TERMS = { ...NAMES, 'editor-translator': 'editortranslator' };

const UNSAID = new Set(['@quotes', '@strip-periods']);

const escaped = (text) =>
  String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

// A term may have another name than the variable it speaks of.
const attribute = (name, value) => {
  const names = name === '@name' || name === '@term' ? TERMS : NAMES;
  return escaped([value].flat().map((word) => names[word] ?? word).join(' '));
};

function element(name, value) {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((each) => element(name, each)).join('');
  if (typeof value !== 'object') return `<${name}>${escaped(value)}</${name}>`;
  let attributes = '';
  let content = '';
  for (const [key, inner] of Object.entries(value)) {
    if (inner === null || inner === undefined) continue;
    // What `serde` writes of every element and no style does: to citeproc-js, quotes that are
    // `false` around a text turn the quotation marks within it.
    if (inner === false && UNSAID.has(key)) continue;
    if (key.startsWith('@')) {
      attributes += ` ${key.slice(1)}="${attribute(key, inner)}"`;
    } else if (key === '$value' && Array.isArray(inner)) {
      for (const child of inner) {
        for (const [tag, each] of Object.entries(child)) content += element(tag, each);
      }
    } else if (key.startsWith('$')) {
      content += escaped(inner);
    } else {
      content += element(key, inner);
    }
  }
  return `<${name}${attributes}>${content}</${name}>`;
}

/** XML of a style or a locale. */
export const toXml = (name, value) =>
  element(name, { '@xmlns': 'http://purl.org/net/xbiblio/csl', ...value });
