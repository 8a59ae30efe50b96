import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compareRevisions, isRevision, stompSubscriber } from "statesync";
import { bench, started } from "./bench.js";
import { Clock, settle } from "./clock.js";
import { FakeSocket } from "./socket.js";

/** The project's own: there is no second copy. */
const vectors = (name) =>
  JSON.parse(
    readFileSync(
      new URL(`../../statesync-test/src/main/resources/io/statesync/test/vectors/${name}.json`, import.meta.url),
      "utf8",
    ),
  );

const revisions = vectors("revisions");

for (const revision of revisions.canonical) {
  test(`revisions.json: ${revision} is canonical`, () => assert.equal(isRevision(revision), true));
}

for (const { value, why } of revisions.notCanonical) {
  test(`revisions.json: ${JSON.stringify(value).slice(0, 40)} is not canonical: ${why}`, () =>
    assert.equal(isRevision(value), false));
}

test("revisions.json: canonical revisions are in their order, and a number is none", () => {
  for (const [at, revision] of revisions.canonical.entries()) {
    const signs = revisions.canonical.map((other) => Math.sign(compareRevisions(revision, other)));
    const expected = revisions.canonical.map((other) =>
      BigInt(revision) > BigInt(other) ? 1 : revision === other ? 0 : -1,
    );
    assert.deepEqual(signs, expected, `at ${at}`);
  }
  assert.equal(isRevision(42), false);
  assert.equal(isRevision(null), false);
});

const events = vectors("invalidations");

for (const { name, payload, accepted } of events.payloads) {
  test(`invalidations.json: ${name}`, async () => {
    const { subscriber, phases } = await started();
    subscriber.send(payload);
    await settle();
    assert.deepEqual(phases(), accepted ? [] : ["protocol"]);
  });
}

for (const { name, text, accepted } of events.raw) {
  test(`invalidations.json: ${name}, as it is received`, async () => {
    const clock = new Clock();
    const socket = FakeSocket.kind();
    const subscriber = stompSubscriber("http://shop/statesync/ws", { scheduler: clock, WebSocket: socket });
    const { sync, phases } = bench({ subscriber, scheduler: clock });
    const starting = sync.start();
    await socket.last.serve();
    await starting;
    socket.last.message("1", text);
    await settle();
    assert.deepEqual(phases(), accepted ? [] : ["protocol"]);
  });
}

for (const { name, envelope, accepted } of vectors("snapshots").envelopes) {
  test(`snapshots.json: ${name}`, async () => {
    const { sync, provider, applier, phases } = bench();
    provider.raw = envelope;
    if (accepted) await sync.start();
    else await assert.rejects(sync.start(), { name: "ProtocolError" });
    assert.deepEqual(applier.received, accepted ? [envelope] : []);
    assert.deepEqual(phases(), accepted ? [] : ["protocol"]);
  });
}
