import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const page = read("../docs/browser.md");

test("each snippet of docs/browser.md is a tested example, and each example is shown", () => {
  const shown = [...page.matchAll(/<!-- browser\/(\S+) -->\n```js\n([\s\S]*?)```/g)];
  assert.equal([...page.matchAll(/```js/g)].length, shown.length);
  for (const [, path, snippet] of shown) assert.equal(snippet, read(path), path);
  const examples = readdirSync(new URL("../examples", import.meta.url)).map((file) => `examples/${file}`);
  assert.deepEqual(shown.map(([, path]) => path).sort(), examples.sort());
  const tests = read("test/examples.test.js") + read("test/connect.test.js");
  for (const example of examples) assert.ok(tests.includes(`../${example}"`), `${example} is not tested`);
});

test("each option and each phase stands in docs/browser.md", () => {
  const types = read("statesync.d.ts");
  const phases = /SyncPhase = ([^;]+);/.exec(types)[1].match(/\w+/g);
  for (const phase of phases) assert.ok(page.includes(`\`${phase}\``), phase);
  const tuning = /interface SyncTuning[^{]*\{([\s\S]*?)\n\}/.exec(types)[1];
  for (const [, option] of tuning.matchAll(/^ {2}(\w+)\?/gm)) assert.ok(page.includes(`| \`${option}\` |`), option);
});

test("docs/testing.md names for each case the file in which it stands", () => {
  const rows = [...read("../docs/testing.md").matchAll(/^\| \[(\S+)\]\(\.\.\/browser\/(\S+)\) \| ([^|]*) \|/gm)];
  assert.ok(rows.length > 5);
  for (const [, name, path, ids] of rows) {
    assert.ok(path.endsWith(name), path);
    const titles = read(path);
    const named = [...titles.matchAll(/\b(?:EN|EX|E2E|TC|SP|PA|PX|P)-?\d+\b/g)].map(([id]) => id);
    const listed = [...ids.matchAll(/\b(EN|EX|E2E|TC|SP|PA|PX)-(\d+)(?:\.\.(\d+))?/g)].flatMap(
      ([, kind, from, to = from]) =>
        Array.from({ length: to - from + 1 }, (_, at) => `${kind}-${String(+from + at).padStart(2, "0")}`),
    );
    for (const id of listed) assert.ok(named.includes(id), `${id} in ${path}`);
  }
});
