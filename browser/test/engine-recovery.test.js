import assert from "node:assert/strict";
import { test } from "node:test";
import { NOT_MODIFIED, ProtocolError } from "statesync";
import { bench, outcome, started } from "./bench.js";
import { settle } from "./clock.js";

const LARGEST = "18446744073709551615";

test("EX-01: a refresh never completes with a fetch that began before it", async () => {
  const { sync, provider, subscriber } = await started();
  provider.held = true;
  provider.answer(2);
  subscriber.deliver(2);
  await settle();
  const refreshed = sync.refresh();
  provider.answer(3);
  provider.release();
  assert.equal(await outcome(refreshed), "pending");
  provider.release();
  assert.deepEqual(await outcome(refreshed), { value: "3" });
});

test("EX-02: after a failure the newest revision comes without a further event, at the pace of the back-off", async () => {
  const { clock, provider, subscriber, applier, errors, state } = await started();
  provider.failure = new Error("away");
  provider.answer(6);
  subscriber.deliver(5);
  await settle();
  subscriber.deliver(6);
  await clock.advance(199);
  assert.equal(provider.calls.length, 2);
  await clock.advance(1);
  assert.equal(provider.calls.length, 3);
  assert.deepEqual(
    errors.map(({ attempt, willRetry, nextDelay }) => [attempt, willRetry, nextDelay]),
    [
      [1, true, 200],
      [2, true, 400],
    ],
  );
  provider.failure = undefined;
  await clock.advance(400);
  assert.deepEqual(applier.revisions, ["1", "6"]);
  assert.equal(state(), "LIVE");
});

test("EX-02: a source that says when to come again is left alone until then", async () => {
  const { clock, provider, subscriber } = await started();
  provider.failures = [Object.assign(new Error("busy"), { retryAfter: 4000 })];
  provider.answer(2);
  subscriber.deliver(2);
  await clock.advance(3999);
  assert.equal(provider.calls.length, 2);
  await clock.advance(1);
  assert.equal(provider.calls.length, 3);
});

test("EX-03: events that the running fetch answers cost no second one", async () => {
  const { provider, subscriber, applier } = await started();
  provider.held = "late";
  subscriber.deliver(5);
  await settle();
  subscriber.deliver(6);
  subscriber.deliver(7);
  provider.answer(7);
  provider.release();
  await settle();
  assert.deepEqual(applier.revisions, ["1", "7"]);
  assert.equal(provider.calls.length, 2);
});

test("EX-04: an answer of a source that lags is applied, and asked for again with back-off", async () => {
  const { clock, sync, provider, subscriber, applier, errors } = await started();
  provider.answer(4);
  subscriber.deliver(5);
  await settle();
  assert.deepEqual(applier.revisions, ["1", "4"]);
  assert.equal(sync.getSnapshot().behind, true);
  assert.equal(provider.calls.length, 2);
  provider.answer(5);
  await clock.advance(200);
  assert.deepEqual(applier.revisions, ["1", "4", "5"]);
  assert.equal(sync.getSnapshot().behind, false);
  assert.deepEqual(errors, []);
});

test("EX-05: what could not be applied is asked for again, with what was applied", async () => {
  const { clock, provider, applier, change } = await started();
  provider.conditional = true;
  applier.failures = [new Error("full")];
  await change(5);
  await clock.advance(200);
  assert.deepEqual(
    provider.calls.map(({ known }) => known),
    [undefined, "1", "1"],
  );
  assert.deepEqual(applier.revisions, ["1", "5", "5"]);
});

test("EX-05: the same for a refresh that no event asked for", async () => {
  const { clock, sync, provider, applier, state } = await started();
  provider.answer(5);
  applier.failures = [new Error("full")];
  await assert.rejects(sync.refresh(), /full/);
  assert.equal(state(), "STALE");
  await clock.advance(200);
  assert.equal(sync.localRevision(), "5");
  assert.equal(state(), "LIVE");
});

test("EX-09: a shouldRefresh that throws is reported, and the refresh happens", async () => {
  const { phases, change, applier } = await started({
    shouldRefresh() {
      throw new Error("broken");
    },
  });
  await change(2);
  assert.deepEqual(phases(), ["invalidation"]);
  assert.deepEqual(applier.revisions, ["1", "2"]);
});

test("EX-10: a provider that answers nothing is against the protocol", async () => {
  for (const nothing of [null, NOT_MODIFIED]) {
    const { sync, provider, phases } = bench();
    provider.raw = nothing;
    await assert.rejects(sync.start(), ProtocolError);
    assert.deepEqual(phases(), ["protocol"]);
  }
});

test("EX-12: a fetch that never ends is given up, and its late result dropped", async () => {
  const { clock, provider, subscriber, applier, errors, phases } = await started();
  provider.held = true;
  provider.answer(2);
  subscriber.deliver(2);
  await clock.advance(30_000);
  assert.deepEqual(phases(), ["getSnapshot"]);
  assert.match(errors[0].error.message, /app-config.*30000 ms/);
  assert.equal(provider.calls[1].signal.aborted, true);
  provider.held = false;
  provider.answer(3);
  await clock.advance(200);
  provider.release();
  await settle();
  assert.deepEqual(applier.revisions, ["1", "3"]);
});

test("EX-18: a broken revision of another topic on a shared transport is not reported", async () => {
  const { subscriber, errors } = await started();
  subscriber.send({ topic: "other", revision: "x" });
  await settle();
  assert.deepEqual(errors, []);
});

test("EX-19, EX-34: an older snapshot is not applied; after a reset it is", async () => {
  const { sync, provider, applier, state, change } = await started();
  await change(100);
  provider.answer(3, "restored backup");
  assert.equal(await sync.refresh(), "100");
  assert.equal(state(), "STALE");
  assert.equal(await sync.reset(), "3");
  assert.equal(provider.calls.at(-1).known, undefined);
  assert.equal(state(), "LIVE");
  await change(4);
  assert.deepEqual(applier.revisions, ["1", "100", "3", "4"]);
});

test("EX-20: a restored connection leads to one refresh, without any event", async () => {
  const { subscriber, provider, applier, state, sync } = await started();
  subscriber.last.handler.onConnectionLost(new Error("gone"));
  assert.equal(state(), "STALE");
  assert.match(sync.getSnapshot().error.message, /gone/);
  provider.answer(4);
  subscriber.last.handler.onConnectionRestored();
  assert.equal(state(), "STALE");
  await settle();
  assert.deepEqual(applier.revisions, ["1", "4"]);
  assert.equal(provider.calls.length, 2);
  assert.equal(state(), "LIVE");
  assert.equal(sync.getSnapshot().error, undefined);
});

test("EX-20: what a fetch over the old link brings, or fails with, says nothing of the new one", async () => {
  const { clock, provider, subscriber, state } = await started();
  const { handler } = subscriber.last;
  provider.held = true;
  provider.answer(2);
  subscriber.deliver(2);
  await settle();
  handler.onConnectionLost(new Error("gone"));
  handler.onConnectionRestored();
  provider.release();
  await settle();
  assert.equal(state(), "STALE");
  assert.equal(provider.calls.length, 3);
  handler.onConnectionRestored();
  provider.failures = [new Error("over the old link")];
  provider.held = false;
  provider.release();
  await settle();
  assert.equal(provider.calls.length, 4);
  assert.equal(state(), "LIVE");
  assert.equal(clock.pending, 0);
});

test("EX-19: a reset during a fetch does not mistake its answer, and is answered by a later one", async () => {
  const { sync, provider, subscriber, errors } = await started();
  subscriber.deliver(9);
  provider.conditional = true;
  provider.held = true;
  const refreshed = sync.refresh();
  await settle();
  const reset = sync.reset();
  provider.answer("0", "restored backup");
  provider.release();
  await settle();
  provider.release();
  assert.equal(await refreshed, "1");
  assert.equal(await reset, "0");
  assert.deepEqual(errors, []);
  assert.equal(sync.getSnapshot().behind, false);
});

test("a reset forgets what was announced, too", async () => {
  const { sync, provider, subscriber } = await started();
  subscriber.deliver(LARGEST);
  provider.answer(2);
  assert.equal(await sync.reset(), "2");
  assert.equal(sync.getSnapshot().behind, false);
});

test("a topic that follows steadily is not stale, however many events come", async () => {
  const { clock, provider, subscriber, state } = await started();
  for (let revision = 2; revision < 50; revision++) {
    provider.held = true;
    provider.answer(revision);
    subscriber.deliver(revision);
    await clock.advance(500);
    subscriber.deliver(revision + 1);
    provider.release();
    await clock.advance(500);
    assert.equal(state(), "LIVE");
  }
});

test("a restored connection does not wait for the throttle", async () => {
  const { provider, subscriber, change, applier } = await started({ throttle: 60_000 });
  await change(2);
  await change(3);
  assert.deepEqual(applier.revisions, ["1", "2"]);
  subscriber.last.handler.onConnectionRestored();
  await settle();
  assert.deepEqual(applier.revisions, ["1", "2", "3"]);
  assert.equal(provider.calls.length, 3);
});

test("EX-24: 10,000 events that are not newer fetch nothing, and tell nobody", async () => {
  const { sync, subscriber, provider, applier } = await started();
  let told = 0;
  sync.subscribe(() => told++);
  for (let i = 0; i < 10_000; i++) subscriber.deliver(1);
  await settle();
  assert.deepEqual([provider.calls.length, applier.received.length, told], [1, 1, 0]);
});

test("EX-36: an announced revision that the source does not confirm for two minutes is dropped", async () => {
  const { clock, sync, subscriber, errors, state, provider } = await started();
  const forged = assert.rejects(sync.await(LARGEST), /app-config.*18446744073709551615.*dropped/);
  const real = sync.await("2");
  subscriber.deliver(LARGEST);
  await clock.advance(110_000);
  assert.equal(sync.getSnapshot().behind, true);
  assert.equal(state(), "STALE");
  await clock.advance(70_000);
  await forged;
  assert.deepEqual(
    errors.map(({ phase, eventRevision }) => [phase, eventRevision]),
    [["protocol", LARGEST]],
  );
  assert.equal(sync.status().announced, "2");
  provider.answer(2);
  await clock.advance(60_000);
  assert.equal(await real, "2");
  assert.equal(state(), "LIVE");
});

test("EX-36: while the source is silent, the demand stays", async () => {
  const { clock, sync, subscriber, provider, phases } = await started();
  provider.failure = new Error("silent");
  subscriber.deliver(LARGEST);
  await clock.advance(600_000);
  assert.equal(sync.getSnapshot().behind, true);
  assert.ok(!phases().includes("protocol"));
});
