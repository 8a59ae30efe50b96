import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("skipped-tests.mjs", import.meta.url));

const RAN = '<testcase name="works" classname="a.WindowsBrowserIT" time="1.5"/>';
const SKIPPED =
  '<testcase name="works" classname="a.TabsBrowserIT" time="0"><skipped message="no browser: &lt;none&gt;"/></testcase>';
const OTHER =
  '<testcase name="other" classname="a.KafkaIT" time="0">\n    <skipped message="no &quot;broker&quot;"/>\n  </testcase>';

/** Runs it over a build with these reports. */
function check(...suites) {
  const root = mkdtempSync(join(tmpdir(), "skipped-"));
  suites.forEach((suite, i) => {
    const folder = join(root, `module-${i}`, "target", i % 2 ? "surefire-reports" : "failsafe-reports");
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "TEST-a.xml"),
      `<?xml version="1.0"?>\n<testsuite name="a" skipped="0">\n${suite}\n</testsuite>`,
    );
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, root], { encoding: "utf8" });
  return { status, said: stdout + stderr };
}

test("where all ran it is content", () => {
  const { status, said } = check(RAN);
  assert.equal(status, 0, said);
  assert.match(said, /1 tests in 1 reports, 0 of them skipped/);
});

test("a browser test that was skipped fails it, and the reason is said", () => {
  const { status, said } = check(RAN, SKIPPED);
  assert.equal(status, 1);
  assert.match(said, /ERROR a browser test was skipped: a\.TabsBrowserIT: no browser: <none>/);
});

test("any other skip is listed and harms nothing", () => {
  const { status, said } = check(RAN, OTHER);
  assert.equal(status, 0, said);
  assert.match(said, /SKIPPED a\.KafkaIT\.other: no "broker"/);
});

test("a skip without a reason is listed, too", () => {
  assert.match(check(RAN, OTHER.replace(/ message="[^"]*"/, "")).said, /SKIPPED a\.KafkaIT\.other: no reason is given/);
});

test("a build in which no browser test ran fails it", () => {
  assert.equal(check('<testcase name="x" classname="a.OtherIT"/>').status, 1);
  assert.equal(check().status, 1);
});

test("what a test printed is not read as a report", () => {
  const printed = `<testcase name="x" classname="a.OtherIT"><system-out><![CDATA[${SKIPPED}]]></system-out></testcase>`;
  const { status, said } = check(RAN, printed);
  assert.equal(status, 0, said);
});
