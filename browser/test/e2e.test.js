import assert from "node:assert/strict";
import { test } from "node:test";
import { revisionProbe } from "statesync";
import { settle } from "./clock.js";
import { Cluster, ordered } from "./cluster.js";

/** Plays the script, then asks whether all converged, in order. */
function scenario(title, knobs, names, script) {
  test(title, async () => {
    const cluster = new Cluster(knobs);
    const replicas = await cluster.started(...names);
    await script(cluster, replicas);
    await cluster.clock.advance(10_000);
    assert.ok(cluster.converged(replicas), JSON.stringify(replicas.map(({ sync }) => sync.getSnapshot())));
    assert.ok(replicas.every(ordered));
  });
}

const times = async (n, pause, cluster) => {
  for (let i = 0; i < n; i++) {
    cluster.mutate();
    if (pause) await cluster.clock.advance(pause);
  }
};

scenario("E2E-01: B converges after a mutation by A", {}, ["A", "B"], (cluster) => cluster.mutate());
scenario("E2E-02: B and C both converge", {}, ["A", "B", "C"], (cluster) => cluster.mutate());
scenario("E2E-04: 10 mutations, 5 ms apart", {}, ["A", "B"], (cluster) => times(10, 5, cluster));
scenario("E2E-05: two mutations back to back", {}, ["A", "B"], (cluster) => times(2, 0, cluster));
scenario("E2E-11: 15 mutations by three", {}, ["A", "B", "C"], (cluster) => times(15, 3, cluster));
scenario("E2E-22: two waves with silence in between", { fetch: 5 }, ["A", "B"], async (cluster, replicas) => {
  await times(10, 0, cluster);
  await cluster.clock.advance(200);
  assert.ok(cluster.converged(replicas));
  await times(10, 0, cluster);
});
scenario("E2E-25: ten replicas hold one mutation", {}, [..."ABCDEFGHIJ"], (cluster) => cluster.mutate());
scenario("E2E-32: 100 mutations at once", { fetch: 5 }, ["A", "B"], async (cluster, replicas) => {
  await times(100, 0, cluster);
  await cluster.clock.advance(100);
  for (const { fetches } of replicas) assert.ok(fetches <= 4, `${fetches} fetches`);
});
scenario("E2E-33: the revision jumps to 999", {}, ["A", "B"], (cluster) => {
  cluster.revision = 998;
  cluster.mutate();
});
scenario("E2E-37: events with jitter, out of order", { jitter: 20 }, ["A", "B", "C"], (cluster) =>
  times(10, 2, cluster),
);
scenario(
  "E2E-38: 30 rapid mutations cost fewer than 30 fetches",
  { jitter: 3, fetch: 10 },
  ["A", "B"],
  async (cluster, replicas) => {
    await times(30, 1, cluster);
    await cluster.clock.advance(1000);
    for (const { fetches } of replicas) assert.ok(fetches < 30, `${fetches} fetches`);
  },
);
scenario(
  "E2E-49: every event twice costs at most three fetches",
  { duplicates: 1 },
  ["A", "B"],
  async (cluster, replicas) => {
    cluster.mutate();
    await cluster.clock.advance(100);
    for (const { fetches } of replicas) assert.ok(fetches <= 3, `${fetches} fetches`);
  },
);
scenario("E2E-54: one writer, two readers", { jitter: 5, fetch: 3 }, ["A", "B"], (cluster) => times(15, 4, cluster));

test("E2E-03, E2E-41: who joins late, or again, holds the newest with one apply", async () => {
  const cluster = new Cluster();
  const [a] = await cluster.started("A");
  await a.sync.stop();
  await times(4, 0, cluster);
  const [c] = await cluster.started("C");
  await a.sync.start();
  assert.ok(cluster.converged());
  assert.equal(c.applier.received.length, 1);
  assert.equal(a.applier.received.length, 2);
});

test("E2E-06: events in reverse order end on the newest", async () => {
  const cluster = new Cluster({ fetch: 5 });
  const [b] = await cluster.started("B");
  cluster.revision = 4;
  cluster.data = { count: 3 };
  for (const revision of [4, 3, 2]) cluster.announce(revision);
  await cluster.clock.advance(100);
  assert.ok(cluster.converged());
  assert.ok(ordered(b));
});

test("E2E-08: after a start that failed another one converges", async () => {
  const cluster = new Cluster();
  const b = await cluster.replica("B", { fail: (call) => call === 1 });
  await assert.rejects(b.sync.start(), /fetch 1 fails/);
  await b.sync.start();
  cluster.mutate();
  await settle();
  assert.ok(cluster.converged());
});

test("E2E-12: a replica that writes when it applies ends on its own reaction", async () => {
  const cluster = new Cluster();
  const [a, b] = await cluster.started("A", "B");
  b.applier.hook = ({ data }) => data.count === 7 && cluster.mutate(() => ({ count: 8 }));
  cluster.mutate(() => ({ count: 7 }));
  await cluster.clock.advance(1000);
  assert.ok(cluster.converged([a, b]));
  assert.equal(cluster.data.count, 8);
});

test("E2E-14: 50 mutations to 5 replicas cost fewer than 250 fetches", async () => {
  const cluster = new Cluster({ fetch: 8 });
  await cluster.started(..."ABCDE");
  await times(50, 2, cluster);
  await cluster.clock.advance(1000);
  assert.ok(cluster.converged());
  assert.ok(cluster.fetches < 250, `${cluster.fetches} fetches`);
});

test("E2E-16, E2E-23: what comes after the stop is not applied, the others converge", async () => {
  const cluster = new Cluster();
  const [a, b, c] = await cluster.started("A", "B", "C");
  b.fetch = 500;
  cluster.mutate();
  await cluster.clock.advance(100);
  await b.sync.stop();
  await cluster.clock.advance(1000);
  assert.deepEqual(b.applier.revisions, ["1"]);
  assert.ok(cluster.converged([a, c]));
});

test("E2E-17: a mutation during the start is not missed", async () => {
  const cluster = new Cluster();
  const b = await cluster.replica("B", { fetch: 50 });
  const starting = b.sync.start();
  await cluster.clock.advance(10);
  cluster.mutate();
  await cluster.clock.advance(200);
  await starting;
  assert.ok(cluster.converged());
});

test("E2E-20: each life of a replica sees the current data", async () => {
  const cluster = new Cluster();
  const b = await cluster.replica("B");
  for (let i = 0; i < 5; i++) {
    cluster.mutate();
    await b.sync.start();
    assert.ok(cluster.converged());
    await b.sync.stop();
  }
  assert.equal(cluster.handlers.size, 0);
});

test("E2E-29: fetches that fail in between are made good, and reported", async () => {
  const cluster = new Cluster();
  const b = await cluster.replica("B", { fail: (call) => call === 2 || call === 4 });
  await b.sync.start();
  await times(8, 10, cluster);
  await cluster.clock.advance(5000);
  assert.ok(cluster.converged());
  assert.deepEqual(
    b.errors.map(({ phase }) => phase),
    ["getSnapshot", "getSnapshot"],
  );
});

test("E2E-36: with a JSON round trip the data is equal and unshared", async () => {
  const cluster = new Cluster({ json: true });
  const [a, b] = await cluster.started("A", "B");
  cluster.mutate();
  await settle();
  const [one, two] = [a, b].map(({ sync }) => sync.getSnapshot().data);
  assert.deepEqual(one, two);
  assert.notEqual(one, two);
});

for (const [id, knobs, changes] of [
  ["E2E-50", { loss: 0.3 }, 50],
  ["E2E-55", { loss: 0.2, duplicates: 0.3, jitter: 15 }, 40],
  ["E2E-59", { loss: 0.4, duplicates: 0.3 }, 20],
]) {
  test(`${id}, EX-21: with ${JSON.stringify(knobs)}, and the last event lost, all converge by the next probe`, async () => {
    const cluster = new Cluster(knobs);
    const probe = revisionProbe(
      { current: async (topics) => Object.fromEntries(topics.map((topic) => [topic, String(cluster.revision)])) },
      { scheduler: cluster.clock, random: cluster.random },
    );
    for (const name of ["A", "B", "C"]) await cluster.replica(name, { probe });
    await Promise.all(cluster.replicas.map(({ sync }) => sync.start()));
    await times(changes - 1, 20, cluster);
    cluster.knobs.loss = 1;
    cluster.mutate();
    await settle();
    assert.equal(cluster.converged(), false);
    await cluster.clock.advance(36_000);
    assert.ok(cluster.converged());
    assert.ok(cluster.replicas.every(ordered));
  });
}
