// Finds the pages of the built site, builds small ones, serves them under a sub-path, and opens Chromium.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join } from "node:path";
import { chromium } from "playwright-core";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/** The sub-path that the site was built for. */
const subPath = process.env.IBID_SUB_PATH ?? "";

/** The folder of the built site; `tests/run` names it. */
export function folder() {
  const named = process.env.IBID_SITE;
  if (!named || !existsSync(join(named, "index.html"))) {
    throw new Error("IBID_SITE names no folder with a built site: run tests/run, which builds one");
  }
  return named;
}

/** Every HTML file that is a page to read, in order; a redirect leads away before one can look. */
export function pages() {
  return readdirSync(folder(), { recursive: true })
    .filter((path) => path.endsWith(".html"))
    .filter((path) => !/http-equiv="?refresh/i.test(readFileSync(join(folder(), path), "utf8")))
    .sort();
}

/**
 * Serves a folder below a path, as a static host does: an address with nothing behind it shows
 * `404.html`. Tells which paths were asked for, and what forms sent.
 */
async function host(root, below, headers = {}) {
  const asked = [];
  const received = [];
  const read = (pathname) => {
    const path = decodeURIComponent(pathname);
    if (!path.startsWith(`${below}/`) || path.split("/").includes("..")) return null;
    const file = join(root, path.slice(below.length), path.endsWith("/") ? "index.html" : "");
    try {
      return { file, content: readFileSync(file) };
    } catch {
      return null;
    }
  };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    asked.push(pathname);
    if (request.method === "POST") {
      let body = "";
      for await (const chunk of request) body += chunk;
      received.push(Object.fromEntries(new URLSearchParams(body)));
      response.writeHead(200, { "content-type": "text/plain" });
      return response.end("received");
    }
    const found = read(pathname);
    const shown = found ?? read(`${below}/404.html`);
    if (!shown) {
      response.writeHead(404, { "content-type": "text/plain" });
      return response.end("nothing is here");
    }
    const type = TYPES[extname(shown.file)] ?? "application/octet-stream";
    response.writeHead(found ? 200 : 404, { "content-type": type, ...headers });
    response.end(shown.content);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, asked, received, stop: () => new Promise((resolve) => server.close(resolve)) };
}

/** Serves the built site at `/<sub-path>/` and gives the origin and a way to stop. */
export const serve = () => host(folder(), subPath);

/** The address of an output file as a reader types it. */
export function address(origin, path) {
  const served = path === "index.html" ? "" : path.replace(/\/index\.html$/, "/");
  return `${origin}${subPath}/${encodeURI(served)}`;
}

/** Opens the Chromium of the machine. */
export async function open() {
  const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const executablePath = [process.env.CHROMIUM, ...known].find((path) => path && existsSync(path));
  if (!executablePath) {
    throw new Error("there is no Chromium: install it, or name it in the environment as CHROMIUM");
  }
  // Root has no sandbox to give; an ordinary user keeps it.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args });
}

/** The keys of `site.toml` that small sites differ in; `config` is what follows them. */
const USUAL = { urls: "directory", subPath: "", language: "en", config: "", headers: {} };

/** Small sites of some files, and the browser that visits them; `end` closes and removes all. */
export async function begin(files) {
  const program = process.env.IBID_PROGRAM;
  assert.ok(program, "IBID_PROGRAM names no program: run tests/run, which builds one");
  const browser = await open();
  const sites = [];

  /** Builds a site and serves it where its base URL says. */
  const site = async (set = {}) => {
    const { urls, subPath, language, config, headers } = { ...USUAL, ...set };
    const root = mkdtempSync(join(tmpdir(), "ibid-site-"));
    const own = `title = "A site"\nbase_url = "https://example.org${subPath}"\nlanguage = "${language}"\nurls = "${urls}"\n${config}`;
    for (const [name, text] of Object.entries({ ...files, "site.toml": own })) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    execFileSync(program, ["build", "--quiet", "--root", root]);
    const { origin, asked, received, stop } = await host(join(root, "public"), subPath, headers);
    const page = (name) => (name === "" ? "" : urls === "flat" ? `${name}.html` : `${name}/`);
    sites.push(() => stop().then(() => rmSync(root, { recursive: true })));
    return { asked, received, to: (name) => `${origin}${subPath}/${page(name)}` };
  };

  /** Opens a page in a context of its own; an error of a script on it fails the test. */
  const visit = async (address, settings = {}) => {
    const context = await browser.newContext({ reducedMotion: "reduce", viewport: { width: 1280, height: 800 }, ...settings });
    const page = await context.newPage();
    page.on("pageerror", (error) => assert.fail(error.message));
    await page.goto(address, { waitUntil: "load" });
    return page;
  };

  const end = async () => {
    await browser.close();
    for (const stop of sites) await stop();
  };
  return { browser, site, visit, end };
}

/** Closes a page that was visited. */
export const close = (page) => page.context().close();
