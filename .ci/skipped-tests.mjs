#!/usr/bin/env node
// Lists the tests of the last build that were skipped, with their reasons, from the reports of surefire and failsafe. Fails if a
// browser test (*BrowserIT) was among them, or if none ran at all. Usage: skipped-tests.mjs [folder of the build]
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const KINDS = ["surefire-reports", "failsafe-reports"];

const reports = (root) =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => KINDS.map((kind) => join(root, name, "target", kind)))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .filter((file) => /TEST-.*\.xml$/.test(file))
    .sort();

const ENTITIES = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

const text = (xml) =>
  xml
    .replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, code) => String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)))
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name) => ENTITIES[name]);

const attribute = (tag, name) => text(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");

/** `{ type, name, skipped }` of each test; what tests printed is no part of it, whatever it looks like. */
function testsOf(file) {
  const xml = readFileSync(file, "utf8").replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, "");
  return [...xml.matchAll(/<testcase(\s(?:[^>"]|"[^"]*")*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)].map(
    ([, tag, body = ""]) => {
      const skipped = /<skipped((?:[^>"]|"[^"]*")*?)\/?>/.exec(body)?.[1];
      return {
        type: attribute(tag, "classname"),
        name: attribute(tag, "name"),
        skipped: skipped === undefined ? undefined : attribute(skipped, "message") || "no reason is given",
      };
    },
  );
}

const root = resolve(process.argv[2] ?? ".");
const files = reports(root);
const tests = files.flatMap(testsOf);
const skipped = tests.filter(({ skipped }) => skipped);
const inBrowser = tests.filter(({ type }) => type.endsWith("BrowserIT"));

console.log(`${tests.length} tests in ${files.length} reports, ${skipped.length} of them skipped.`);
for (const { type, name, skipped: reason } of skipped) {
  console.log(`SKIPPED ${type}${name && name !== type ? `.${name}` : ""}: ${reason}`);
}

const problems = [];
if (!inBrowser.some(({ skipped }) => !skipped)) problems.push("no browser test (*BrowserIT) ran");
for (const { type, skipped: reason } of inBrowser.filter(({ skipped }) => skipped)) {
  problems.push(`a browser test was skipped: ${type}: ${reason}`);
}
for (const problem of new Set(problems)) console.error(`ERROR ${problem}`);
process.exitCode = problems.length ? 1 : 0;
