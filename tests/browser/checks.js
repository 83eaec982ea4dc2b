// What is looked at on a page. Each check gives what is wrong with it in words.

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const markupRules = JSON.parse(readFileSync(new URL("./html-validate.json", import.meta.url), "utf8"));
const nu = require.resolve("vnu-jar/build/dist/vnu.jar");
const validator = new HtmlValidate(new StaticConfigLoader(markupRules));

// Runs axe, which a page keeps until it is left. Where an element goes while it looks, it throws, which
// says nothing of the page: a new one looks again, once.
async function axe(page, options) {
  const look = () =>
    page.evaluate((options) => window.axe.run(document, { resultTypes: ["violations"], ...options }), options);
  const begin = async () => {
    await page.evaluate(axeSource);
    return look();
  };
  const isThere = await page.evaluate(() => "axe" in window);
  const { violations } = await (isThere ? look() : begin()).catch(begin);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 3).map(({ html, any }) => `${id}: ${help}: ${html.slice(0, 200)} ${any[0]?.message ?? ""}`),
  );
}

/** Runs every rule of axe, best practices included. */
export const accessibility = (page) => axe(page, {});

/** Runs those rules of axe that ask for colours: all that differs between two schemes of one page. */
export const colours = (page) =>
  axe(page, { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } });

/** Looks for anything that reaches past the right edge. */
export function sideways(page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const taken = document.documentElement.scrollWidth;
    if (taken <= room) return [];
    const wide = [...document.body.querySelectorAll("*")].filter(
      (element) => element.getBoundingClientRect().right > room + 1,
    );
    const names = wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120));
    return [`is ${taken} pixels wide in a window of ${room}: ${names.join(" · ")}`];
  });
}

/** Prints the page and looks at what came out. */
export async function printing(page) {
  const pdf = await page.pdf({ format: "A4" });
  return pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 1000 ? [] : ["does not print"];
}

/** Presses Tab at the head of a page: the first stop is to lead past the menu, to the text. */
export async function firstStop(page) {
  // A script may have given the focus to a field.
  await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const target = document.activeElement?.getAttribute("href") ?? "";
    const found = target.startsWith("#") && document.getElementById(target.slice(1))?.closest("main");
    return found ? [] : [`the first stop of the keyboard leads to "${target}", not into <main>`];
  });
}

/** Reads the markup by the rules of HTML. */
export async function markup(html) {
  const report = await validator.validateString(html);
  return report.results.flatMap(({ messages }) =>
    messages.map(({ line, column, ruleId, message }) => `${line}:${column}: ${ruleId}: ${message}`),
  );
}

/** Reads every page below a folder, or one, by the rules of the Nu checker: errors and warnings. */
export async function nuChecker(path) {
  const java = process.env.JAVA || "java";
  const report = await new Promise((resolve, reject) => {
    const options = { maxBuffer: 1 << 28 };
    execFile(java, ["-Xss8m", "-jar", nu, "--format", "json", "--skip-non-html", path], options, (error, _, report) => {
      // It ends with 1 where it has found something.
      if (error && !report.startsWith("{")) reject(error);
      else resolve(report);
    });
  });
  return JSON.parse(report)
    .messages.filter(({ type, subType }) => type !== "info" || subType === "warning")
    .map(({ url, lastLine, message }) => `${url ?? path}:${lastLine}: ${message}`);
}
