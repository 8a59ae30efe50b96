import assert from "node:assert/strict";
import { test } from "node:test";
import { createRevisionSync } from "../statesync.js";
import { Clock, settle } from "./clock.js";
import { page } from "./page.js";

// What the page of the sample puts between a window and its source.

const { createAnnouncements } = await page("announcements.js");
const { createFaults, faultyProvider, faultySubscriber, LATER } = await page("faults.js");
const { createJournal, watchedProvider, watchedSubscriber } = await page("journal.js");
const { newestSteps } = await page("steps.js");
const { millis } = await page("words.js");

/** A source in memory, whose links can be counted. */
function truth() {
  const handlers = new Set();
  let revision = 1;
  return {
    handlers,
    subscriber: {
      async subscribe(_, handler) {
        handlers.add(handler);
        return () => handlers.delete(handler);
      },
    },
    provider: {
      getSnapshot: async () => ({ revision: String(revision), data: revision }),
      current: async () => ({ flags: String(revision) }),
    },
    change() {
      revision++;
      for (const handler of [...handlers]) handler.onInvalidation({ topic: "flags", revision: String(revision) });
    },
  };
}

async function openWindow() {
  const source = truth();
  const time = new Clock();
  const later = (task, delay) => time.schedule(task, delay);
  const faults = createFaults();
  const journal = createJournal(time.now);
  const lost = [];
  const subscriber = faultySubscriber(source.subscriber, faults, { later, dropped: (event) => lost.push(event) });
  const provider = watchedProvider(faultyProvider(source.provider, faults, { later }), journal, time.now);
  const sync = createRevisionSync({
    topic: "flags",
    subscriber: watchedSubscriber(subscriber, journal),
    provider,
    scheduler: time,
    random: () => 0,
  });
  await sync.start();
  return { source, time, faults, journal, lost, sync };
}

test("a window on a good link follows its source, and the journal says what that took", async () => {
  const { source, sync, journal } = await openWindow();
  source.change();
  await settle();
  assert.equal(sync.localRevision(), "2");
  assert.deepEqual(
    journal.entries().map(({ kind, revision }) => `${kind} ${revision}`),
    ["fetch 1", "event 2", "fetch 2"],
  );
});

test("a dropped event is lost, told, and not in the count of what was heard", async () => {
  const { source, faults, lost, sync, journal } = await openWindow();
  faults.set("drop", true);
  source.change();
  await settle();
  assert.equal(sync.localRevision(), "1");
  assert.deepEqual(lost, [{ topic: "flags", revision: "2" }]);
  assert.equal(journal.total("event"), 0);
  faults.set("drop", false);
  source.change();
  await settle();
  assert.equal(sync.localRevision(), "3");
});

test("a window that is cut off has no link and fetches nothing; plugged in again it catches up", async () => {
  const { source, faults, sync } = await openWindow();
  faults.set("disconnect", true);
  await settle();
  assert.equal(source.handlers.size, 0);
  assert.equal(sync.getSnapshot().state, "STALE");
  source.change();
  await assert.rejects(sync.refresh(), /disconnected by the switch/);
  assert.equal(sync.localRevision(), "1");

  faults.set("disconnect", false);
  await settle();
  assert.equal(source.handlers.size, 1);
  assert.equal(sync.localRevision(), "2");
  assert.equal(sync.getSnapshot().state, "LIVE");
});

test("a plug that is pulled and put in quickly leaves one link", async () => {
  const { source, faults } = await openWindow();
  for (const value of [true, false, true, false]) faults.set("disconnect", value);
  await settle();
  assert.equal(source.handlers.size, 1);
});

test("a window that is closed while it is cut off stays without a link", async () => {
  const { source, faults, sync } = await openWindow();
  faults.set("disconnect", true);
  await settle();
  await sync.stop();
  faults.set("disconnect", false);
  await settle();
  assert.equal(source.handlers.size, 0);
});

test("a delayed event comes later, and so does the answer", async () => {
  const { source, time, faults, sync, journal } = await openWindow();
  faults.set("delay", true);
  source.change();
  await settle();
  assert.equal(journal.total("event"), 0);
  await time.advance(LATER);
  assert.equal(journal.total("event"), 1);
  assert.equal(sync.localRevision(), "1");
  await time.advance(LATER);
  assert.equal(sync.localRevision(), "2");
});

test("the second one of a duplicated event costs nothing", async () => {
  const { source, time, faults, journal } = await openWindow();
  faults.set("duplicate", true);
  source.change();
  await settle();
  await time.advance(LATER);
  assert.equal(journal.total("event"), 2);
  assert.equal(journal.total("fetch"), 2);
});

test("a journal forgets its oldest entries and keeps its totals", () => {
  const journal = createJournal();
  for (let i = 0; i < 10_000; i++) journal.add("event", { revision: String(i) });
  assert.ok(journal.entries().length <= 4_000);
  assert.equal(journal.entries().at(-1).revision, "9999");
  assert.equal(journal.total("event"), 10_000);
  journal.zero();
  assert.equal(journal.total("event"), 0);
});

test("the oldest change that an apply brought tells how long the apply took", () => {
  const announcements = createAnnouncements();
  announcements.heard({ revision: "9", timestampMs: 1_000 });
  announcements.heard({ revision: "10", timestampMs: 1_200 });
  announcements.heard({ revision: "11", timestampMs: 1_400 });
  announcements.heard({ revision: "11", timestampMs: 9_999 });
  assert.equal(announcements.waited("9", "11", 1_500), 300);
  assert.equal(announcements.waited("8", "9", 1_500), 500);
  assert.equal(announcements.waited("11", "12", 1_500), undefined);
  assert.equal(announcements.waited("10", "11", 1_399), 0);
});

test("the newest steps come first, and a thousand events are one line", () => {
  let now = 0;
  const journal = createJournal(() => now);
  journal.add("apply", { revision: "1" });
  for (now = 1; now <= 40; now++) journal.add("event", { revision: String(now) });
  journal.add("fetch", { revision: "40", from: 40 });
  const steps = newestSteps([{ id: "A", journal }]);
  assert.deepEqual(
    steps.map(({ kind, times, revision }) => [kind, times, revision]),
    [
      ["fetch", 1, "40"],
      ["event", 40, "40"],
      ["apply", 1, "1"],
    ],
  );
});

test("durations of Java are read", () => {
  assert.equal(millis("PT0.019S"), 19);
  assert.equal(millis("PT1M2.5S"), 62_500);
  assert.equal(millis("PT2H"), 7_200_000);
  assert.equal(millis(undefined), undefined);
});

test("half of the applies were as fast as the median says", async () => {
  const { median } = await page("propagation.js");
  assert.equal(median([1_200, 17]), 17);
  assert.equal(median([3, 1, 2]), 2);
});
