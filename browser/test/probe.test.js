import assert from "node:assert/strict";
import { test } from "node:test";
import { revisionProbe } from "statesync";
import { bench, HandSubscriber, started, TOPIC } from "./bench.js";
import { Clock, settle } from "./clock.js";

function probing(random = () => 0.5) {
  const clock = new Clock();
  const reader = {
    calls: [],
    revisions: { [TOPIC]: "1" },
    async current(topics, { signal }) {
      reader.calls.push({ topics, signal });
      if (reader.hangs) await new Promise(() => {});
      if (reader.failure) throw reader.failure;
      return reader.revisions;
    },
  };
  return { clock, reader, probe: revisionProbe(reader, { scheduler: clock, random }) };
}

test("P8, EX-21: an event that was lost is made good within the interval and 20 %", async () => {
  const { clock, reader, probe } = probing(() => 1);
  const { provider, sync, applier, state } = await started({ probe, scheduler: clock });
  provider.answer(2);
  reader.revisions[TOPIC] = "2";
  await clock.advance(35_999);
  assert.equal(sync.localRevision(), "1");
  await clock.advance(2);
  assert.deepEqual(applier.revisions, ["1", "2"]);
  assert.equal(state(), "LIVE");
});

test("all topics are asked for in one request, and nobody is when nobody wants to know", async () => {
  const { clock, reader, probe } = probing();
  const ends = ["a", "b", "a"].map((topic) => probe.add(topic, () => {}));
  await clock.advance(30_000);
  assert.deepEqual(
    reader.calls.map(({ topics }) => topics),
    [["a", "b"]],
  );
  for (const end of ends) end();
  await clock.advance(300_000);
  assert.equal(reader.calls.length, 1);
  assert.equal(clock.pending, 0);
});

test("a source that does not answer makes the topic stale after two intervals, and live again", async () => {
  const { clock, reader, probe } = probing();
  const { state, sync } = await started({ probe, scheduler: clock });
  reader.failure = new Error("away");
  await clock.advance(59_999);
  assert.equal(state(), "LIVE");
  await clock.advance(1);
  assert.equal(state(), "STALE");
  reader.failure = undefined;
  await clock.advance(30_000);
  assert.equal(state(), "LIVE");
  assert.ok(sync.status().age <= 30_000);
});

test("a question that is not answered is given up with the next, a busy source left alone", async () => {
  const { clock, reader, probe } = probing();
  probe.add("a", () => {});
  reader.hangs = true;
  await clock.advance(60_000);
  assert.deepEqual(
    reader.calls.map(({ signal }) => signal.aborted),
    [true, false],
  );
  reader.hangs = false;
  reader.failure = Object.assign(new Error("busy"), { retryAfter: 45_000 });
  await clock.advance(30_000);
  reader.failure = undefined;
  await clock.advance(30_000);
  assert.equal(reader.calls.length, 3);
  await clock.advance(30_000);
  assert.equal(reader.calls.length, 4);
});

test("a lower revision leads to a fetch, an unreadable one to nothing (EX-34)", async () => {
  const { clock, reader, probe } = probing();
  const { provider, state, phases } = await started({ probe, scheduler: clock });
  const before = provider.calls.length;
  reader.revisions[TOPIC] = "01";
  await probe.ask();
  await settle();
  assert.equal(provider.calls.length, before);
  reader.revisions[TOPIC] = "0";
  provider.answer("0");
  await probe.ask();
  await settle();
  assert.equal(provider.calls.length, before + 1);
  assert.equal(state(), "STALE");
  assert.deepEqual(phases(), []);
});

test("a source that stays below the local revision is no forged announcement", async () => {
  const { clock, reader, probe } = probing();
  const { provider, change, state, phases } = await started({ probe, scheduler: clock });
  await change(100);
  reader.revisions[TOPIC] = "3";
  provider.answer(3);
  await clock.advance(600_000);
  assert.equal(state(), "STALE");
  assert.deepEqual(phases(), []);
  reader.revisions = null;
  await clock.advance(60_000);
  assert.equal(state(), "STALE");
});

test("while a fetch for a new link is running, that fetch decides and not the probe", async () => {
  const { clock, probe } = probing();
  const { provider, subscriber, state } = await started({ probe, scheduler: clock });
  provider.held = true;
  subscriber.last.handler.onConnectionRestored();
  await probe.ask();
  assert.equal(state(), "STALE");
  provider.release();
  await settle();
  assert.equal(state(), "LIVE");
});

test("without a web socket the page is filled at once, and followed by the probe", async () => {
  const { clock, reader, probe } = probing();
  const subscriber = new HandSubscriber();
  subscriber.waiting = true;
  const { sync, provider, state } = bench({ probe, scheduler: clock, subscriber });
  sync.start().catch(() => {});
  await settle();
  assert.equal(sync.getSnapshot().data, "one");
  assert.equal(state(), "STALE");
  provider.answer(2);
  reader.revisions[TOPIC] = "2";
  await clock.advance(30_000);
  assert.equal(sync.localRevision(), "2");
  subscriber.last.activate();
  await settle();
  assert.equal(state(), "LIVE");
});
