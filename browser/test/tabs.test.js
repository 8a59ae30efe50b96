import assert from "node:assert/strict";
import { test } from "node:test";
import { createRevisionSync, shareAmongTabs } from "statesync";
import { HandProvider, HandSubscriber, TOPIC } from "./bench.js";
import { Clock, settle } from "./clock.js";
import { channels, Locks } from "./tab.js";

/** A browser with tabs that share a connection; each tab has its own transport, of which only the leader's is used. */
class Browser {
  locks = new Locks();
  provider = new HandProvider();
  tabs = [];

  open(topic = TOPIC) {
    const Channel = channels.for(this);
    const opened = [];
    const locks = this.locks.tab();
    const transport = new HandSubscriber();
    const shared = shareAmongTabs(transport, "shop", {
      locks,
      Channel: class extends Channel {
        constructor(name) {
          super(name);
          opened.push(this);
        }
      },
    });
    const sync = createRevisionSync({ topic, subscriber: shared, provider: this.provider, scheduler: new Clock() });
    const crash = () => {
      for (const channel of opened) channel.close();
      for (const subscription of transport.subscriptions) subscription.open = false;
      locks.crash();
    };
    const tab = { transport, shared, sync, crash, state: () => sync.getSnapshot().state };
    this.tabs.push(tab);
    return tab;
  }

  async started(count, topic) {
    const tabs = Array.from({ length: count }, () => this.open(topic));
    await Promise.all(tabs.map(({ sync }) => sync.start()));
    return tabs;
  }

  get connections() {
    return this.tabs.reduce((sum, { transport }) => sum + transport.open, 0);
  }

  get leader() {
    return this.tabs.find(({ transport }) => transport.open > 0);
  }

  /** The source changes and says so over the one connection. */
  async change(revision) {
    this.provider.answer(revision);
    this.leader.transport.deliver(revision);
    await settle();
  }

  revisions(tabs = this.tabs) {
    return tabs.map(({ sync }) => sync.localRevision());
  }
}

const kinds = new WeakMap();
channels.for = (browser) => {
  if (!kinds.has(browser)) kinds.set(browser, channels());
  return kinds.get(browser);
};

test("ten tabs hold one connection, and all hear what it brings", async () => {
  const browser = new Browser();
  await browser.started(10);
  assert.equal(browser.connections, 1);
  await browser.change(2);
  assert.deepEqual(browser.revisions(), Array(10).fill("2"));
  assert.ok(browser.tabs.every(({ state }) => state() === "LIVE"));
});

test("a tab that joins late is active at once, and misses nothing from then on", async () => {
  const browser = new Browser();
  await browser.started(1);
  await browser.change(2);
  const [late] = await browser.started(1);
  assert.equal(late.sync.localRevision(), "2");
  await browser.change(3);
  assert.deepEqual(browser.revisions(), ["3", "3"]);
  assert.equal(browser.connections, 1);
});

for (const [how, end] of [
  ["is closed", (tab) => tab.shared.close()],
  ["crashes", (tab) => tab.crash()],
]) {
  test(`when the leader ${how}, another tab takes over, and what was missed is fetched`, async () => {
    const browser = new Browser();
    await browser.started(3);
    const first = browser.leader;
    end(first);
    browser.provider.answer(7);
    await settle(12);
    const left = browser.tabs.filter((tab) => tab !== first);
    assert.equal(browser.connections, 1);
    assert.notEqual(browser.leader, first);
    assert.deepEqual(browser.revisions(left), ["7", "7"]);
    assert.ok(left.every(({ state }) => state() === "LIVE"));
    await browser.change(8);
    assert.deepEqual(browser.revisions(left), ["8", "8"]);
  });
}

test("one leader after the other crashes, until one tab is left", async () => {
  const browser = new Browser();
  await browser.started(5);
  for (let left = 4; left > 0; left--) {
    const { leader } = browser;
    leader.crash();
    browser.tabs = browser.tabs.filter((tab) => tab !== leader);
    await settle(12);
    await browser.change(10 - left);
    assert.deepEqual(browser.revisions(), Array(left).fill(String(10 - left)));
  }
});

test("what the connection loses, all tabs lose, and get back", async () => {
  const browser = new Browser();
  await browser.started(3);
  const { handler } = browser.leader.transport.last;
  handler.onConnectionLost(new Error("gone"));
  await settle();
  assert.ok(browser.tabs.every(({ state }) => state() === "STALE"));
  browser.provider.answer(4);
  handler.onConnectionRestored();
  await settle();
  assert.deepEqual(browser.revisions(), ["4", "4", "4"]);
  assert.ok(browser.tabs.every(({ state }) => state() === "LIVE"));
});

test("the leader unsubscribes a topic when no tab wants it any more, also if the last one crashed", async () => {
  const browser = new Browser();
  await browser.started(1, "prices");
  const [stock] = await browser.started(1, "stock");
  const [again] = await browser.started(1, "stock");
  const { transport } = browser.tabs[0];
  assert.equal(transport.open, 2);
  await stock.sync.stop();
  await settle();
  assert.equal(transport.open, 2);
  again.crash();
  await settle();
  assert.equal(transport.open, 1);
});

test("a refusal reaches all tabs that want the topic", async () => {
  const browser = new Browser();
  const tabs = [browser.open(), browser.open()];
  for (const { transport } of tabs) transport.refusal = new Error("this user may not read it");
  for (const { sync } of tabs)
    await assert.rejects(sync.start(), { refused: true, message: "this user may not read it" });
});

test("a tab that ends its subscription before it is active leaves nothing behind", async () => {
  const browser = new Browser();
  const { sync, transport } = browser.open();
  const starting = sync.start();
  await sync.stop();
  await assert.rejects(starting, { name: "AbortError" });
  await settle();
  assert.equal(transport.open, 0);
});

test("without Web Locks or BroadcastChannel each tab has its own connection", () => {
  const transport = new HandSubscriber();
  assert.equal(shareAmongTabs(transport, "shop", { locks: null, Channel: channels() }), transport);
  assert.equal(shareAmongTabs(transport, "shop", { locks: new Locks().tab(), Channel: null }), transport);
});
