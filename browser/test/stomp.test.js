import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeTopic, stompSubscriber } from "statesync";
import { outcome } from "./bench.js";
import { Clock, settle } from "./clock.js";
import { FakeSocket } from "./socket.js";

function bench(options) {
  const clock = new Clock();
  const sockets = FakeSocket.kind();
  const subscriber = stompSubscriber("https://shop/statesync/ws", {
    scheduler: clock,
    random: () => 1,
    WebSocket: sockets,
    ...options,
  });
  const heard = [];
  const handler = (name) => ({
    onInvalidation: (event) => heard.push([name, event]),
    onConnectionLost: ({ message }) => heard.push([name, "lost", message]),
    onConnectionRestored: () => heard.push([name, "restored"]),
  });
  const subscribe = (topic, signal) => subscriber.subscribe(topic, handler(topic), { signal });
  return { clock, sockets, subscriber, heard, subscribe };
}

const event = (topic, revision) => JSON.stringify({ topic, revision });

test("CONNECT and SUBSCRIBE are as the specification and the server want them", async () => {
  const { sockets, subscribe } = bench();
  subscribe("feature.flags");
  assert.equal(sockets.last.url, "wss://shop/statesync/ws");
  assert.equal(sockets.last.protocol, "v12.stomp");
  sockets.last.connect();
  assert.deepEqual(sockets.last.sent, [
    "CONNECT\naccept-version:1.2\nhost:shop\nheart-beat:5000,5000\n\n\0",
    "SUBSCRIBE\nid:1\nreceipt:1\ndestination:/topic/statesync.feature~2eflags\n\n\0",
  ]);
});

test("topics are encoded as the server does it", () => {
  assert.equal(encodeTopic("feature.flags"), "feature~2eflags");
  assert.equal(encodeTopic("cache:user:123"), "cache~3auser~3a123");
  assert.equal(encodeTopic("a b_C-9!~*'()"), "a~20b_C-9~21~7e~2a~27~28~29");
  assert.equal(encodeTopic("prix \u20ac\u{1F600}"), "prix~20~e2~82~ac~f0~9f~98~80");
});

test("P5, TC-01, TC-03: a subscription is active with its receipt, hears its topic, and nothing once it is ended", async () => {
  const { sockets, subscribe, heard } = bench();
  const subscribed = subscribe("prices");
  sockets.last.connect();
  assert.equal(await outcome(subscribed), "pending");
  sockets.last.confirm("1");
  const end = await subscribed;
  sockets.last.message("1", event("prices", "7"));
  sockets.last.message("99", event("prices", "8"));
  assert.deepEqual(heard, [["prices", { topic: "prices", revision: "7" }]]);
  subscribe("stock");
  end();
  end();
  assert.deepEqual(sockets.last.frames("UNSUBSCRIBE"), [{ id: "1" }]);
  sockets.last.message("1", event("prices", "9"));
  assert.equal(heard.length, 1);
});

test("TC-04: 1,000 topics share one connection, which is closed after the last", async () => {
  const { sockets, subscribe } = bench();
  const subscribed = Array.from({ length: 1000 }, (_, at) => subscribe(`t${at}`));
  await sockets.last.serve();
  const ends = await Promise.all(subscribed);
  assert.equal(sockets.opened.length, 1);
  assert.equal(sockets.last.frames("SUBSCRIBE").length, 1000);
  for (const end of ends) {
    assert.equal(sockets.last.closed, false);
    end();
  }
  assert.equal(sockets.last.closed, true);
  subscribe("again");
  assert.equal(sockets.opened.length, 2);
});

test("TC-05: after a loss it connects again with full jitter, subscribes all, and says so", async () => {
  const { clock, sockets, subscribe, heard } = bench();
  const subscribed = [subscribe("prices"), subscribe("stock")];
  await sockets.last.serve();
  await Promise.all(subscribed);
  sockets.last.lose(1011);
  assert.deepEqual(
    heard.map(([topic, what]) => [topic, what]),
    [
      ["prices", "lost"],
      ["stock", "lost"],
    ],
  );
  assert.match(heard[0][2], /wss:\/\/shop\/statesync\/ws closed \(1011\)/);
  for (const delay of [100, 200, 400]) {
    const before = sockets.opened.length;
    await clock.advance(delay - 1);
    assert.equal(sockets.opened.length, before);
    await clock.advance(1);
    assert.equal(sockets.opened.length, before + 1);
    if (delay < 400) sockets.last.lose();
  }
  heard.length = 0;
  await sockets.last.serve();
  assert.deepEqual(heard, [
    ["prices", "restored"],
    ["stock", "restored"],
  ]);
  assert.equal(sockets.last.frames("SUBSCRIBE").length, 2);
});

test("a connection that ends at once each time is not tried again at once", async () => {
  const { clock, sockets, subscribe } = bench();
  subscribe("prices");
  for (const delay of [100, 200, 400, 800]) {
    sockets.last.connect();
    sockets.last.lose();
    const before = sockets.opened.length;
    await clock.advance(delay - 1);
    assert.equal(sockets.opened.length, before);
    await clock.advance(1);
  }
  sockets.last.connect();
  await clock.advance(5001);
  sockets.last.lose();
  const before = sockets.opened.length;
  await clock.advance(100);
  assert.equal(sockets.opened.length, before + 1);
});

test("a server that does not answer is left after ten seconds", async () => {
  const { clock, sockets, subscribe, heard } = bench();
  subscribe("prices");
  sockets.last.open();
  await clock.advance(10_000);
  assert.match(heard[0][2], /does not answer/);
  assert.equal(sockets.opened[0].closed, true);
});

test("TC-06: a connection that hangs is noticed after three beats", async () => {
  const { clock, sockets, subscribe, heard } = bench();
  subscribe("prices");
  await sockets.last.serve("5000,5000");
  for (let i = 0; i < 6; i++) {
    await clock.advance(5000);
    sockets.opened[0].receive("\n");
  }
  assert.deepEqual(heard, []);
  await clock.advance(14_999);
  assert.deepEqual(heard, []);
  await clock.advance(5001);
  assert.match(heard[0][2], /is silent/);
});

test("beats are sent as often as agreed, also by a hidden tab, whose timers hardly run", async () => {
  const { clock, sockets, subscribe } = bench();
  subscribe("prices");
  await sockets.last.serve("0,8000");
  await clock.advance(80_000);
  assert.ok(sockets.last.beats >= 10 && sockets.last.beats <= 20, `${sockets.last.beats}`);

  const hidden = bench({ scheduler: { now: clock.now, schedule: () => () => {} } });
  hidden.subscribe("prices");
  await hidden.sockets.last.serve("5000,5000");
  for (let i = 0; i < 12; i++) {
    await clock.advance(5000);
    hidden.sockets.last.receive("\n");
  }
  assert.equal(hidden.sockets.last.beats, 12);
});

test("without heart-beats there are none", async () => {
  const { clock, sockets, subscribe } = bench({ heartbeat: 0 });
  subscribe("prices");
  await sockets.last.serve("5000,5000");
  await clock.advance(600_000);
  assert.equal(sockets.last.beats, 0);
  assert.equal(sockets.opened.length, 1);
});

test("a topic that is refused is told so and not asked for again; the others live on", async () => {
  const { clock, sockets, subscribe, heard } = bench();
  const prices = subscribe("prices");
  const secrets = subscribe("secrets");
  sockets.last.connect();
  sockets.last.confirm("1");
  await prices;
  sockets.last.frame("ERROR", { message: 'this user may not read topic "secrets"', "receipt-id": "2" });
  await assert.rejects(secrets, { refused: true, message: 'this user may not read topic "secrets"' });
  await clock.advance(100);
  await sockets.last.serve();
  assert.deepEqual(
    sockets.last.frames("SUBSCRIBE").map(({ id }) => id),
    ["1"],
  );
  assert.deepEqual(heard.at(-1), ["prices", "restored"]);
});

test("a subscription that is given up before its receipt is taken back after it", async () => {
  const { sockets, subscribe } = bench();
  subscribe("prices");
  const life = new AbortController();
  subscribe("stock", life.signal);
  sockets.last.connect();
  life.abort();
  assert.deepEqual(sockets.last.frames("UNSUBSCRIBE"), []);
  sockets.last.confirm("1", "2");
  assert.deepEqual(sockets.last.frames("UNSUBSCRIBE"), [{ id: "2" }]);
});

test("a page without web sockets goes on without events", async () => {
  const { clock, subscribe, heard } = bench({
    WebSocket: class {
      constructor() {
        throw new Error("no web sockets here");
      }
    },
  });
  const subscribed = subscribe("prices");
  await clock.advance(1000);
  assert.equal(await outcome(subscribed), "pending");
  assert.ok(heard.every(([, what, why]) => what === "lost" && why === "no web sockets here"));
});

test("frames in pieces, several in one message, with CRLF, escapes and repeated headers", async () => {
  const { sockets, subscribe, heard } = bench();
  const subscribed = subscribe("prices");
  await settle();
  sockets.last.open();
  sockets.last.receive("\r\n\nCONNEC");
  sockets.last.receive("TED\r\nversion:1.2\r\nheart-beat:0,0\r\n\r\n\0\n");
  sockets.last.receive("RECEIPT\nreceipt-id:1\nreceipt-id:7\n\n\0\nMESSAGE\nsubscription:1\n\n");
  sockets.last.receive(`${event("prices", "7")}\0`);
  await subscribed;
  assert.deepEqual(heard, [["prices", { topic: "prices", revision: "7" }]]);
  sockets.last.frame("ERROR", { message: "a\\cb\\nc\\\\d" });
  assert.deepEqual(heard[1], ["prices", "lost", "a:b\nc\\d"]);
});

test("TC-02: garbage reaches the handler as it is, and harms nothing", async () => {
  const { sockets, subscribe, heard } = bench();
  subscribe("prices");
  await sockets.last.serve();
  for (const garbage of ["", "no json", '{"topic":"prices"', "[1]", '{"a":1,"a":2}']) {
    sockets.last.message("1", garbage);
  }
  sockets.last.receive("NONSENSE\n\n\0:\0\0");
  sockets.last.message("1", event("prices", "3"));
  assert.deepEqual(
    heard.map(([, payload]) => payload),
    ["", "no json", '{"topic":"prices"', [1], '{"a":1,"a":2}', { topic: "prices", revision: "3" }],
  );
});
