import assert from "node:assert/strict";
import { test } from "node:test";
import { ProtocolError } from "statesync";
import { bench, started, TOPIC } from "./bench.js";
import { settle } from "./clock.js";

test("EN-01: a start applies the snapshot once", async () => {
  const { sync, applier, errors, state } = await started();
  assert.deepEqual(applier.received, [{ revision: "1", data: "one" }]);
  assert.equal(sync.localRevision(), "1");
  assert.equal(state(), "LIVE");
  assert.deepEqual(errors, []);
});

test("EN-02: a snapshot at revision 0 is applied", async () => {
  const { sync, provider, applier, errors } = bench();
  provider.answer("0", "none");
  await sync.start();
  assert.deepEqual(applier.revisions, ["0"]);
  assert.equal(sync.getSnapshot().revision, "0");
  assert.deepEqual(errors, []);
});

test("EN-03: events in between that were never sent are not missed", async () => {
  const { applier, change } = await started();
  await change(5);
  assert.deepEqual(applier.revisions, ["1", "5"]);
});

test("EN-04: events that are not newer fetch nothing", async () => {
  const { subscriber, provider } = await started();
  subscriber.deliver(0);
  subscriber.deliver(1);
  await settle();
  assert.equal(provider.calls.length, 1);
});

for (const [id, count] of [
  ["EN-05", 3],
  ["EN-28", 10],
]) {
  test(`${id}: ${count} events during a fetch cost at most one more`, async () => {
    const { subscriber, provider, applier } = await started();
    provider.held = true;
    for (let i = 0; i < count; i++) {
      provider.answer(2 + i);
      subscriber.deliver(2 + i);
    }
    await settle();
    assert.equal(provider.calls.length, 2);
    provider.release();
    await settle();
    provider.release();
    await settle();
    assert.equal(provider.calls.length, 3);
    assert.equal(applier.revisions.at(-1), String(1 + count));
  });
}

test("EN-06: an event for another topic changes nothing", async () => {
  const { subscriber, provider } = await started();
  subscriber.send({ topic: "other", revision: "99" });
  await settle();
  assert.equal(provider.calls.length, 1);
});

test("EN-07, EN-08, EN-09, EN-18: what is no event is reported once each, and never thrown into the transport", async () => {
  const { subscriber, errors, phases, provider } = await started();
  const malformed = [
    { topic: "", revision: "5" },
    { topic: " ", revision: "5" },
    { topic: TOPIC, revision: "01" },
    { topic: TOPIC, revision: "abc" },
    { topic: TOPIC, revision: 5 },
    { topic: TOPIC, revision: null },
    { topic: 7, revision: "5" },
    null,
    [],
    "no JSON",
  ];
  for (const payload of malformed) subscriber.send(payload);
  await settle();
  assert.deepEqual(phases(), Array(malformed.length).fill("protocol"));
  assert.deepEqual(
    errors.map(({ topic, sourceEvent }) => [topic, sourceEvent]),
    malformed.map((payload) => [TOPIC, payload]),
  );
  assert.equal(provider.calls.length, 1);
});

test("EN-10: a snapshot with a broken revision ends the start, reported once, and nothing stays subscribed", async () => {
  const { sync, provider, subscriber, phases, state } = bench();
  provider.raw = { revision: "01", data: 1 };
  await assert.rejects(sync.start(), ProtocolError);
  assert.deepEqual(phases(), ["protocol"]);
  assert.equal(subscriber.open, 0);
  assert.equal(state(), "FAILED");
});

test("EN-11: after a bad snapshot a good one is applied", async () => {
  const { provider, subscriber, applier, phases, change } = await started({ catchUp: false });
  provider.raw = { revision: "01", data: 1 };
  subscriber.deliver(5);
  await settle();
  assert.deepEqual(phases(), ["protocol"]);
  provider.raw = undefined;
  await change(10);
  assert.deepEqual(applier.revisions, ["1", "10"]);
});

test("EN-12, EX-13: a stop before the start; then a start works, and applies nothing of the former life", async () => {
  const { sync, provider, subscriber, applier } = bench();
  await sync.stop();
  provider.answer(5);
  await sync.start();
  const former = subscriber.last;
  provider.held = true;
  provider.answer(99);
  subscriber.deliver(99);
  await settle();
  await sync.stop();
  const late = provider;
  provider.held = false;
  provider.answer(6);
  await sync.start();
  former.handler.onInvalidation({ topic: TOPIC, revision: "98" });
  late.release();
  await settle();
  assert.deepEqual(applier.revisions, ["5", "6"]);
  assert.equal(sync.getSnapshot().behind, false);
});

test("EN-13: a snapshot that comes after the stop is not applied", async () => {
  const { sync, provider, subscriber, applier, errors, state } = await started();
  provider.held = true;
  provider.answer(2);
  subscriber.deliver(2);
  await settle();
  const fetching = provider.calls.at(-1).signal;
  await sync.stop();
  assert.equal(fetching.aborted, true);
  provider.release();
  await settle();
  assert.deepEqual(applier.revisions, ["1"]);
  assert.deepEqual(errors, []);
  assert.equal(state(), "STOPPED");
});

test("EN-14, EN-25: a provider that fails ends the start, reported once, and nothing stays subscribed", async () => {
  const { sync, provider, subscriber, errors } = bench();
  const away = new Error("away");
  provider.failures = [away];
  await assert.rejects(sync.start(), away);
  assert.deepEqual(
    errors.map(({ phase, error }) => [phase, error]),
    [["getSnapshot", away]],
  );
  assert.equal(subscriber.open, 0);
  await sync.start();
  assert.equal(sync.localRevision(), "1");
});

test("EN-15: a subscriber that refuses ends the start with its error", async () => {
  const { sync, subscriber, errors, provider, state } = bench();
  subscriber.refusal = new Error("forbidden");
  await assert.rejects(sync.start(), subscriber.refusal);
  assert.deepEqual(
    errors.map(({ phase, error }) => [phase, error]),
    [["subscribe", subscriber.refusal]],
  );
  assert.equal(provider.calls.length, 0);
  assert.equal(state(), "FAILED");
});

test("EN-16, EN-17, EX-33: shouldRefresh says which event is worth a fetch", async () => {
  const heard = [];
  const shouldRefresh = (event) => heard.push(event) && event.sourceId !== "me";
  const { subscriber, provider } = await started({ shouldRefresh });
  subscriber.deliver(2, { sourceId: "me", timestampMs: 7 });
  await settle();
  assert.equal(provider.calls.length, 1);
  assert.deepEqual(heard, [{ topic: TOPIC, revision: "2", sourceId: "me", timestampMs: 7 }]);
  subscriber.deliver(3, { sourceId: "you" });
  await settle();
  assert.equal(provider.calls.length, 2);
});

test("EN-19: a refresh before the start fetches", async () => {
  const { sync, applier, subscriber } = bench();
  assert.equal(await sync.refresh(), "1");
  assert.deepEqual(applier.revisions, ["1"]);
  assert.equal(subscriber.subscriptions.length, 0);
  assert.equal(sync.getSnapshot().state, "STALE");
});

test("EN-20: a refresh after the stop completes, and fetches nothing", async () => {
  const { sync, provider, errors } = await started();
  await sync.stop();
  provider.answer(2);
  assert.equal(await sync.refresh(), "1");
  assert.equal(provider.calls.length, 1);
  assert.deepEqual(errors, []);
});

test("EN-21, EX-17: observers that throw change nothing", async (t) => {
  const logged = t.mock.method(console, "error", () => {});
  let told = 0;
  const { sync, subscriber, applier, change } = bench({
    onError() {
      told++;
      throw new Error("of onError");
    },
  });
  sync.subscribe(() => {
    throw new Error("of a listener");
  });
  await sync.start();
  subscriber.send({ topic: TOPIC, revision: "x" });
  await change(2);
  assert.equal(told, 1);
  assert.deepEqual(applier.revisions, ["1", "2"]);
  await sync.stop();
  assert.ok(logged.mock.callCount() > 1);
});

test("EN-22, EN-23: starts and stops that are said twice count once", async () => {
  const { sync, applier, subscriber } = await started();
  await Promise.all([sync.start(), sync.start()]);
  assert.deepEqual(applier.revisions, ["1"]);
  await Promise.all([sync.stop(), sync.stop(), sync.stop()]);
  assert.equal(subscriber.open, 0);
  assert.equal(subscriber.subscriptions.length, 1);
});

test("EN-26: an applier that fails ends the start with its error, phase apply", async () => {
  const { sync, applier, errors } = bench();
  const full = new Error("full");
  applier.failures = [full];
  await assert.rejects(sync.start(), full);
  assert.deepEqual(
    errors.map(({ phase, error }) => [phase, error]),
    [["apply", full]],
  );
  assert.equal(sync.localRevision(), "0");
});

test("EN-27: a refresh and an event at once cost at most two fetches", async () => {
  const { sync, provider, subscriber } = await started();
  provider.answer(2);
  const refreshed = sync.refresh();
  subscriber.deliver(2);
  assert.equal(await refreshed, "2");
  await settle();
  assert.ok(provider.calls.length <= 3);
});

test("EN-30: with a throttle the first event fetches at once, the last one after the window", async () => {
  const { clock, provider, change, applier } = await started({ throttle: 100 });
  await change(2);
  await change(3);
  await change(4);
  assert.deepEqual(applier.revisions, ["1", "2"]);
  await clock.advance(99);
  assert.equal(provider.calls.length, 2);
  await clock.advance(1);
  assert.deepEqual(applier.revisions, ["1", "2", "4"]);
});
