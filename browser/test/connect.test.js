import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as statesync from "statesync";
import { showPrices } from "../examples/page.js";
import { Clock, settle } from "./clock.js";
import { FakeSocket } from "./socket.js";
import { channels, Locks } from "./tab.js";

const { connect } = statesync;

/** A source whose HTTP side is a function, and pages that are connected with it. */
function source() {
  const clock = new Clock();
  const WebSocket = FakeSocket.kind();
  const locks = new Locks();
  const Channel = channels();
  const requests = [];
  const self = { clock, WebSocket, requests, revision: "1", data: { tea: "3.20" }, down: false };
  const answer = (url, { headers }) => {
    requests.push(url);
    if (self.down) throw new TypeError("Failed to fetch");
    const json = (body, etag) =>
      new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json", ETag: etag } });
    if (url.includes("/revisions?")) return json({ prices: self.revision }, "");
    if (headers.get("If-None-Match") === self.revision) return new Response(null, { status: 304 });
    return json({ revision: self.revision, data: self.data }, self.revision);
  };
  self.page = (options) =>
    connect("http://shop/statesync", {
      scheduler: clock,
      random: () => 0.5,
      WebSocket,
      locks: locks.tab(),
      Channel,
      fetch: async (url, init) => answer(url, init),
      ...options,
    });
  return self;
}

test("one line for a topic: filled before the web socket is there, live with it", async () => {
  const shop = source();
  const page = shop.page();
  const prices = page.topic("prices");
  await settle();
  assert.deepEqual(prices.getSnapshot().data, { tea: "3.20" });
  assert.equal(prices.getSnapshot().state, "STALE");
  assert.equal(shop.WebSocket.last.url, "ws://shop/statesync/ws");
  await shop.WebSocket.last.serve();
  assert.equal(prices.getSnapshot().state, "LIVE");
  assert.equal(page.topic("prices"), prices);
  await page.close();
  assert.equal(prices.getSnapshot().state, "STOPPED");
  assert.equal(shop.WebSocket.last.closed, true);
  await shop.clock.advance(100_000);
  assert.equal(shop.clock.pending, 0);
});

test("ten pages, one connection; one event, one fetch each", async () => {
  const shop = source();
  const pages = Array.from({ length: 10 }, () => shop.page());
  const syncs = pages.map((page) => page.topic("prices"));
  await settle();
  await shop.WebSocket.last.serve();
  assert.equal(shop.WebSocket.opened.length, 1);
  assert.ok(syncs.every((sync) => sync.getSnapshot().state === "LIVE"));
  shop.revision = "2";
  const before = shop.requests.length;
  shop.WebSocket.last.message("1", '{"topic":"prices","revision":"2"}');
  await settle();
  assert.deepEqual(
    syncs.map((sync) => sync.localRevision()),
    Array(10).fill("2"),
  );
  assert.equal(shop.requests.length - before, 10);
  await pages[0].close();
  await settle();
  await shop.WebSocket.last.serve();
  assert.equal(shop.WebSocket.opened.length, 2);
  assert.ok(syncs.slice(1).every((sync) => sync.getSnapshot().state === "LIVE"));
});

test("a source that is down at first is tried again, until it is there", async () => {
  const shop = source();
  shop.down = true;
  const errors = [];
  const page = shop.page({ onError: ({ phase }) => errors.push(phase) });
  const prices = page.topic("prices");
  await settle();
  await shop.WebSocket.last.serve();
  assert.equal(prices.getSnapshot().state, "FAILED");
  assert.match(prices.getSnapshot().error.message, /Failed to fetch/);
  assert.deepEqual(new Set(errors), new Set(["getSnapshot"]));
  shop.down = false;
  await shop.clock.advance(100);
  await shop.WebSocket.last.serve();
  assert.equal(prices.getSnapshot().state, "LIVE");
});

test("what the source refuses is not tried again by itself", async () => {
  const shop = source();
  const prices = shop.page().topic("prices");
  await settle();
  shop.WebSocket.last.connect();
  shop.WebSocket.last.frame("ERROR", { message: "this user may not read it", "receipt-id": "1" });
  await settle();
  assert.equal(prices.getSnapshot().state, "FAILED");
  await shop.clock.advance(100_000);
  assert.equal(shop.WebSocket.opened.length, 1);
});

test("a page that is seen again asks for what it missed", async () => {
  const asked = [];
  globalThis.addEventListener = (type, react) => asked.push([type, react]);
  try {
    const shop = source();
    const prices = shop.page().topic("prices");
    await settle();
    await shop.WebSocket.last.serve();
    shop.revision = "2";
    assert.deepEqual(
      asked.map(([type]) => type),
      ["online", "visibilitychange"],
    );
    asked[1][1]();
    await settle();
    assert.equal(prices.localRevision(), "2");
  } finally {
    delete globalThis.addEventListener;
  }
});

test("a page: an element shows each snapshot, and how fresh it is", async () => {
  const shop = source();
  const element = { dataset: {}, textContent: "" };
  const end = showPrices(element, shop.page());
  assert.deepEqual(element, { dataset: { state: "STARTING" }, textContent: "one moment" });
  await settle();
  await shop.WebSocket.last.serve();
  assert.deepEqual(element, { dataset: { state: "LIVE" }, textContent: '{"tea":"3.20"}' });
  end();
});

test("what is declared is what is exported", () => {
  const declared = readFileSync(new URL("../statesync.d.ts", import.meta.url), "utf8").matchAll(
    /^export (?:declare )?(?:const|function|class) (\w+)/gm,
  );
  assert.deepEqual([...declared].map(([, name]) => name).sort(), Object.keys(statesync).sort());
});
