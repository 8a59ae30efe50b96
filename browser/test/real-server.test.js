import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { WebSocket } from "ws";
import { channels, Locks } from "./tab.js";

// The sample, from the jar that `mvn package` makes: the module as it is served, against STOMP and HTTP as they are.
const target = fileURLToPath(new URL("../../sample-app/target", import.meta.url));
const isJar = (file) => /^sample-app-.*\.jar$/.test(file) && !/sources|javadoc/.test(file);
const jar = existsSync(target) && readdirSync(target).find(isJar);
const skip = jar ? false : "there is no jar of the sample: mvn package -pl sample-app -am -DskipTests makes it";
if (skip && process.env.STATESYNC_SAMPLE_REQUIRED) throw new Error(skip);

/** As a browser's: what fails is told by the end of the connection alone. */
class BrowserSocket extends WebSocket {
  static opened = [];

  constructor(...args) {
    super(...args);
    this.on("error", () => {});
    BrowserSocket.opened.push(this);
  }
}

// A test that hangs has failed; no test asks how long something took.
const LIMIT = 120_000;

let sample;
let url;
let statesync;
const pages = [];

before(async () => {
  if (skip) return;
  const folder = mkdtempSync(join(tmpdir(), "statesync-"));
  const settings = [
    "--server.port=0",
    "--server.address=127.0.0.1",
    `--sample.data-dir=${folder}`,
    "--sample.companion.enabled=false",
  ];
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java";
  sample = spawn(java, ["-XX:TieredStopAtLevel=1", "-jar", join(target, jar), ...settings]);
  const port = await new Promise((resolve, reject) => {
    let log = "";
    sample.once("exit", (code) => reject(new Error(`the sample ended with ${code}:\n${log}`)));
    sample.stdout.on("data", (text) => {
      log += text;
      if (/Started SampleApplication/.test(log)) resolve(/started on port (\d+)/.exec(log)[1]);
    });
  });
  url = `http://127.0.0.1:${port}`;
  const served = join(folder, "statesync.mjs");
  writeFileSync(served, await (await fetch(`${url}/statesync/statesync.js`)).text());
  statesync = await import(pathToFileURL(served));
});

after(async () => {
  await Promise.all(pages.map((page) => page.close()));
  sample?.kill("SIGKILL");
});

function open(options) {
  const page = statesync.connect(`${url}/statesync`, { WebSocket: BrowserSocket, locks: null, ...options });
  pages.push(page);
  return page;
}

/** Waits for what the view says; how long that takes is not looked at. */
function until(sync, holds) {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds(sync.getSnapshot())) return;
      end();
      resolve(sync.getSnapshot());
    };
    const end = sync.subscribe(look);
    look();
  });
}

const live = (sync) => until(sync, ({ state }) => state === "LIVE");

async function edit(flag, enabled) {
  const response = await fetch(`${url}/api/feature-flags/${flag}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ enabled }),
  });
  return (await response.json()).revision;
}

test("an edit is seen by every page, and its revision can be waited for", { skip, timeout: LIMIT }, async () => {
  const [one, two] = [open(), open()].map((page) => page.topic("feature-flags"));
  await Promise.all([live(one), live(two)]);
  const revision = await edit("new-checkout", true);
  await Promise.all([one.await(revision), two.await(revision)]);
  assert.deepEqual(one.getSnapshot().data["new-checkout"], { enabled: true });
  assert.deepEqual(two.getSnapshot().data, one.getSnapshot().data);
  await edit("new-checkout", false);
  await until(two, ({ data }) => data["new-checkout"].enabled === false);
});

test("two topics share one connection; a burst costs fewer fetches than edits", { skip, timeout: LIMIT }, async () => {
  let fetches = 0;
  const before = BrowserSocket.opened.length;
  const page = open({
    fetch: (address, init) => {
      if (address.includes("/snapshots/feature-flags")) fetches++;
      return fetch(address, init);
    },
    throttle: 100,
  });
  const [flags, currencies] = ["feature-flags", "currencies"].map((topic) => page.topic(topic));
  await Promise.all([live(flags), live(currencies)]);
  assert.equal(BrowserSocket.opened.length, before + 1);
  assert.ok(Object.keys(currencies.getSnapshot().data).length > 0);
  fetches = 0;
  let last;
  for (let i = 0; i < 100; i++) last = await edit("burst", i % 2 === 0);
  await until(flags, ({ revision }) => revision === last);
  assert.ok(fetches < 100, `${fetches} fetches`);
});

test("after a connection that broke, what was missed is fetched", { skip, timeout: LIMIT }, async () => {
  const flags = open().topic("feature-flags");
  await live(flags);
  const socket = BrowserSocket.opened.at(-1);
  const revision = await edit("while-away", true);
  socket.terminate();
  await until(flags, ({ connected }) => !connected);
  const missed = await edit("while-away", false);
  assert.equal((await live(flags)).revision, missed);
  assert.notEqual(missed, revision);
  assert.notEqual(BrowserSocket.opened.at(-1), socket);
});

test(
  "a topic that is not exposed is refused with the server's words; the others live on",
  {
    skip,
    timeout: LIMIT,
  },
  async () => {
    const page = open();
    const flags = page.topic("feature-flags");
    await live(flags);
    const { error } = await until(page.topic("secrets"), ({ state }) => state === "FAILED");
    assert.match(error.message, /no (such )?topic .*is exposed here/);
    await live(flags);
  },
);

test("ten pages of one browser hold one connection", { skip, timeout: LIMIT }, async () => {
  const locks = new Locks();
  const Channel = channels();
  const before = BrowserSocket.opened.length;
  const ten = Array.from({ length: 10 }, () => open({ locks: locks.tab(), Channel }));
  const syncs = ten.map((page) => page.topic("feature-flags"));
  await Promise.all(syncs.map(live));
  assert.equal(BrowserSocket.opened.length, before + 1);
  const revision = await edit("ten", true);
  await Promise.all(syncs.map((sync) => until(sync, (view) => view.revision === revision)));
});
