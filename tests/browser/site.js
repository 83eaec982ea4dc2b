// Finds the pages of a built site, serves them under a sub-path, and opens Chromium.

import { createServer } from "node:http";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
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

/** Serves the folder at `/<sub-path>/` and gives the origin and a way to stop. */
export async function serve() {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    let path = decodeURIComponent(pathname);
    const below = path.startsWith(`${subPath}/`) && !path.split("/").includes("..");
    path = join(folder(), path.slice(subPath.length));
    if (path.endsWith("/")) path = join(path, "index.html");
    try {
      if (!below) throw new Error("outside of the sub-path");
      const content = readFileSync(path);
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
      response.end(content);
    } catch {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("nothing is here");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, stop: () => new Promise((resolve) => server.close(resolve)) };
}

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
