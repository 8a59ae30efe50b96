import assert from "node:assert/strict";
import { test } from "node:test";
import { createRevisionSync, ProtocolError } from "statesync";
import { bench, HandProvider, outcome, RecordingApplier, started, TOPIC } from "./bench.js";
import { settle } from "./clock.js";

test("EX-06: an event during the subscribe does not outlive a start that fails", async () => {
  const { clock, sync, subscriber, provider } = bench();
  subscriber.onSubscribe = ({ handler }) => handler.onInvalidation({ topic: TOPIC, revision: "5" });
  provider.failure = new Error("away");
  await assert.rejects(sync.start());
  const calls = provider.calls.length;
  await clock.advance(300_000);
  assert.equal(provider.calls.length, calls);
  assert.equal(subscriber.open, 0);
});

test("EX-07: a second start shares the pending one, and its failure", async () => {
  for (const end of ["activate", "reject"]) {
    const { sync, subscriber, errors } = bench();
    subscriber.waiting = true;
    const starts = [sync.start(), sync.start()];
    await settle();
    subscriber.last[end](new Error("forbidden"));
    const ends = await Promise.allSettled(starts);
    assert.equal(ends[0].status, ends[1].status);
    assert.equal(errors.length, end === "activate" ? 0 : 1);
    assert.equal(subscriber.subscriptions.length, 1);
  }
});

test("EX-08: a subscription that becomes active after the stop is ended, and the start as cancelled", async () => {
  const { sync, subscriber, provider } = bench();
  subscriber.waiting = true;
  const starting = sync.start();
  await settle();
  await sync.stop();
  await assert.rejects(starting, { name: "AbortError" });
  assert.equal(subscriber.last.signal.aborted, true);
  subscriber.last.activate();
  await settle();
  assert.equal(subscriber.open, 0);
  assert.equal(provider.calls.length, 0);
});

test("EX-11: what the clean-up of a failed start throws does not hide its cause", async (t) => {
  t.mock.method(console, "error", () => {});
  const { sync, subscriber, provider } = bench();
  const away = new Error("away");
  provider.failures = [away];
  subscriber.endFails = true;
  await assert.rejects(sync.start(), away);
  await sync.start();
  assert.equal(sync.localRevision(), "1");
});

test("EX-14: a stop waits for a running apply, whose revision is recorded", async () => {
  const { sync, applier, change, errors } = await started();
  let release;
  applier.hook = () =>
    new Promise((resolve) => {
      release = resolve;
    });
  await change(2);
  const stopping = sync.stop();
  assert.equal(await outcome(stopping), "pending");
  release();
  assert.deepEqual(await outcome(stopping), { value: undefined });
  assert.equal(sync.localRevision(), "2");
  assert.deepEqual(errors, []);
});

test("EX-15: a stop from inside the applier does not deadlock, and nothing is applied after it", async () => {
  const { sync, applier, change, state, subscriber } = await started();
  applier.hook = () => {
    sync.stop();
    subscriber.deliver(9);
  };
  await change(2);
  assert.equal(state(), "STOPPED");
  assert.equal(sync.localRevision(), "2");
  await change(3);
  assert.deepEqual(applier.revisions, ["1", "2"]);
});

test("EX-16: a start ends with its own refresh, however many events come", async () => {
  const { sync, provider, subscriber, applier } = bench();
  let revision = 1;
  provider.getSnapshot = async () => {
    subscriber.deliver(++revision);
    return { revision: String(revision), data: revision };
  };
  await sync.start();
  await settle();
  const applied = applier.received.length;
  subscriber.deliver(++revision);
  await settle();
  assert.ok(applier.received.length > applied);
  await sync.stop();
});

test("EX-22: an offer is applied if it is newer, and saves the fetch of its event", async () => {
  const { sync, applier, subscriber, provider } = await started();
  assert.equal(await sync.offer({ revision: "9", data: "nine" }), "9");
  subscriber.deliver(9);
  await settle();
  assert.equal(provider.calls.length, 1);
  assert.equal(await sync.offer({ revision: "4", data: "four" }), "9");
  assert.deepEqual(applier.revisions, ["1", "9"]);
  await assert.rejects(sync.offer({ revision: "010", data: 1 }), ProtocolError);
});

test("EX-22: an offer during a fetch that brings less overtakes it", async () => {
  const { sync, applier, subscriber, provider, errors } = await started();
  provider.held = true;
  provider.answer(7);
  subscriber.deliver(7);
  await settle();
  const offered = sync.offer({ revision: "9", data: "nine" });
  provider.release();
  assert.deepEqual(await outcome(offered), { value: "9" });
  assert.deepEqual(applier.revisions, ["1", "9"]);
  assert.deepEqual(errors, []);
});

test("EX-37: await fetches by itself, completes when the revision is applied, and fails with the stop", async () => {
  const { sync, provider, applier } = await started();
  provider.answer(7);
  assert.equal(await sync.await("7"), "7");
  assert.deepEqual(applier.revisions, ["1", "7"]);
  assert.equal(await sync.await("3"), "7");
  const never = sync.await("8");
  await settle();
  await sync.stop();
  await assert.rejects(never, { name: "AbortError" });
  await assert.rejects(sync.await("9"), { name: "AbortError" });
  await assert.rejects(sync.await("09"), ProtocolError);
});

test("EX-38: listeners hear of a round before its promises, and the revision is recorded before both", async () => {
  const { sync, provider } = await started();
  const order = [];
  sync.subscribe(() => order.push(`told ${sync.localRevision()}`));
  provider.answer(2);
  const refreshed = sync.refresh().then((revision) => order.push(`refreshed ${revision}`));
  await refreshed;
  assert.deepEqual(order, ["told 2", "refreshed 2"]);
});

test("the view is frozen, and the same object until something in it changes", async () => {
  const { sync, subscriber, change } = await started();
  const before = sync.getSnapshot();
  subscriber.deliver(1);
  await sync.refresh();
  assert.equal(sync.getSnapshot(), before);
  assert.ok(Object.isFrozen(before));
  await change(2, "two");
  assert.notEqual(sync.getSnapshot(), before);
  assert.equal(sync.getSnapshot().data, "two");
});

test("a topic that stays behind is stale after the fetch time-out, without anybody asking", async () => {
  const { clock, sync, subscriber, state } = await started({ catchUp: false });
  let told;
  sync.subscribe(() => {
    told = state();
  });
  subscriber.deliver(5);
  await clock.advance(29_999);
  assert.equal(state(), "LIVE");
  await clock.advance(1);
  assert.equal(told, "STALE");
  assert.equal(sync.status().age, 30_000);
});

test("stopped syncs leave no timer behind", async () => {
  const { clock, sync, provider, subscriber } = await started({ throttle: 1000 });
  provider.failure = new Error("away");
  subscriber.deliver(5);
  await settle();
  await sync.stop();
  assert.equal(clock.pending, 0);
});

test("what is no topic is refused when the sync is built", () => {
  const parts = { subscriber: {}, provider: new HandProvider(), applier: new RecordingApplier() };
  for (const topic of ["", " x", "x\n", "a\u0007b", "x".repeat(256), 7, undefined]) {
    assert.throws(() => createRevisionSync({ ...parts, topic }), TypeError);
  }
  createRevisionSync({ ...parts, topic: "\u{1F600}".repeat(255) });
});
