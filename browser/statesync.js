// StateSync in the browser: a page's copy of a topic, kept the same as its source. No dependency, no build step.
//
// An event says that a topic may be newer, a snapshot is the only source of data, a revision orders them. What is exported is
// documented in statesync.d.ts and docs/browser.md, the rules (P1 to P8, E1 to E14) in docs/protocol.md and docs/lifecycle.md.
//
// This is the source. It is served with short names and without comments (statesync-spring/src/main/browser/minify.js).

// ---- words: topic, revision, snapshot, event (P1 to P3)

export const NOT_MODIFIED = Symbol("not modified");

export class ProtocolError extends Error {
  name = "ProtocolError";
}

export class HttpError extends Error {
  name = "HttpError";
}

// A number would lose what is beyond 2^53; of two canonical texts the longer one is the newer.
export const compareRevisions = (a, b) => a.length - b.length || (a < b ? -1 : +(a > b));

const newer = (a, b) => compareRevisions(a, b) > 0;

export const isRevision = (value) =>
  typeof value === "string" && /^(0|[1-9]\d{0,19})$/.test(value) && !newer(value, "18446744073709551615");

// In addresses and destinations: bytes of the UTF-8 form outside of A-Za-z0-9_- are ~hh.
export const encodeTopic = (topic) =>
  encodeURIComponent(topic)
    .replace(/[.!~*'()]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
    .replace(/%(..)/g, (_, hex) => `~${hex.toLowerCase()}`);

function checkTopic(topic) {
  const letters = [...`${topic}`];
  const control = letters.some((c) => c < " " || (c > "~" && c < "\xa0"));
  if (typeof topic !== "string" || topic !== topic.trim() || !topic || letters.length > 255 || control) {
    throw new TypeError(`"${topic}" is no topic: 1 to 255 characters, trimmed, no control characters`);
  }
}

function checkSnapshot(topic, value) {
  if (!isRevision(value?.revision) || !("data" in value)) {
    throw new ProtocolError(`topic "${topic}": a snapshot needs a canonical revision and data`);
  }
  return value;
}

// What is no event stays a text. JSON.parse keeps the last of two equal keys in silence, but the colons tell.
function parseEvent(text) {
  let members = 0;
  let flat = text.replace(/"([^"\\]|\\.)*"/g, "");
  const colons = flat.split(":").length;
  for (let depth = 0; depth < 99; depth++) flat = flat.replace(/[[{][^[\]{}]*[\]}]/g, "");
  try {
    const event = JSON.parse(/[[{]/.test(flat) ? "" : text, function (_, value) {
      if (!Array.isArray(this)) members++;
      return value;
    });
    return members === colons ? event : text;
  } catch {
    return text;
  }
}

// ---- time, and what may go wrong

const systemScheduler = {
  now: () => performance.now(),
  schedule(task, delay) {
    const timer = setTimeout(task, delay);
    return () => clearTimeout(timer);
  },
};

const nothing = () => {};

const CATCH_UP = { initial: 200, max: 30_000 };

const backoff = ({ initial, max }, failures, random) => random() * Math.min(max, initial * 2 ** (failures - 1));

// What the application's functions throw, they throw into a promise.
const attempt = async (work) => work();

// The result of the work, or the signal's reason if that comes first.
const unless = (signal, work) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) throw signal.reason;
    signal.addEventListener("abort", () => reject(signal.reason));
    attempt(work).then(resolve, reject);
  });

// An observer that fails harms nobody else (E7).
function tell(observer, ...args) {
  try {
    observer?.(...args);
  } catch (error) {
    console.error("StateSync: an observer failed", error);
  }
}

// ---- the engine, one per topic: pump() begins the next round that is due; a round is its only fetch or apply

// How long a source may answer without confirming an announced revision before that is dropped (E5).
const UNCONFIRMED_LIMIT = 120_000;

export function createRevisionSync(options) {
  const { topic, subscriber, provider, applier, persistence, probe, shouldRefresh, onError } = options;
  const { catchUp = CATCH_UP, fetchTimeout = 30_000, throttle = 0 } = options;
  const { scheduler = systemScheduler, random = Math.random } = options;
  checkTopic(topic);

  // NEW, STARTING, RUNNING, FAILED (as NEW, after a start that failed), STOPPED
  let phase = "NEW";
  let life = new AbortController();
  let starting;

  // what is applied, and what of it the gate knows: nothing before the first snapshot and after a reset
  let local = "0";
  let known;
  let data;
  let filled = false;

  // what was heard; confirmed: found current since the last (re)connect
  let announced = "0";
  let behindSince;
  let deniedSince;
  let connected = false;
  let confirmed = false;
  let confirmedAt;
  let answeredAt;
  let links = 0;

  // what is wanted
  let round;
  let next = [];
  let offered;
  let waiters = [];
  let demand = false;
  let urgent = false;
  let failures = 0;
  let notBefore = 0;
  let throttledUntil = 0;
  let cancelTimer = nothing;

  let error;
  let view = {};
  let cancelView = nothing;
  const listeners = new Set();

  const behind = () => newer(announced, local);

  function report(where, cause, details) {
    error = cause;
    tell(onError, { phase: where, topic, error: cause, localRevision: local, ...details });
  }

  function changed() {
    cancelView();
    const until = Math.min(
      behind() ? behindSince + fetchTimeout : Infinity,
      probe ? answeredAt + 2 * probe.interval : Infinity,
    );
    const left = until - scheduler.now();
    let state = filled ? "STALE" : "STARTING";
    if (phase === "STOPPED" || phase === "FAILED") state = phase;
    else if (filled && connected && confirmed && left > 0) state = "LIVE";
    if (state === "LIVE" && left < Infinity) cancelView = scheduler.schedule(changed, left);
    const now = { state, revision: filled ? local : undefined, data, behind: behind(), connected, error };
    if (Object.keys(now).every((key) => Object.is(now[key], view[key]))) return;
    view = Object.freeze(now);
    for (const listener of [...listeners]) tell(listener);
  }

  function pump() {
    cancelTimer();
    if (confirmed && !behind()) demand = urgent = false;
    if (!round && phase !== "STOPPED") {
      const wait = Math.max(notBefore, urgent ? 0 : throttledUntil) - scheduler.now();
      const wanted = demand && phase === "RUNNING";
      if (offered) begin(offered);
      else if (next.length) begin({ callers: next.splice(0) });
      else if (wanted && wait > 0) cancelTimer = scheduler.schedule(pump, wait);
      else if (wanted) begin({ callers: [], throttled: !urgent });
    }
    changed();
  }

  function begin(work) {
    round = { ...work, at: scheduler.now(), announced, links, abort: new AbortController() };
    if (work.throttled) throttledUntil = round.at + throttle;
    if (work.snapshot) offered = undefined;
    else demand = urgent = false;
    round.done = run(round);
  }

  async function run(current) {
    const { abort, callers } = current;
    const late = () => abort.abort(new Error(`topic "${topic}" was not read within ${fetchTimeout} ms`));
    const cancelLate = current.snapshot ? nothing : scheduler.schedule(late, fetchTimeout);
    const { signal } = abort;
    const asked = known;
    let where = "getSnapshot";
    let answer = local;
    let failure;
    try {
      const snapshot = current.snapshot ?? (await unless(signal, () => provider.getSnapshot({ topic, known, signal })));
      if (snapshot !== NOT_MODIFIED || asked === undefined) {
        where = "protocol";
        answer = checkSnapshot(topic, snapshot).revision;
        where = "apply";
        if (round === current && admits(answer)) await apply(current, snapshot);
      }
    } catch (e) {
      failure = e;
      if (where === "apply") confirmed = false;
      if (where === "getSnapshot" && e instanceof ProtocolError) where = "protocol";
    }
    cancelLate();
    if (round !== current) return;
    round = undefined;
    settle(current, answer, failure, where);
    pump();
    for (const { resolve, reject } of callers) failure ? reject(failure) : resolve(local);
    waiters = waiters.filter(({ revision, resolve }) => newer(revision, local) || resolve(local));
  }

  // Only what is newer passes (P4); of two snapshots at hand only the newer one is applied (E11).
  const admits = (revision) =>
    known === undefined || (newer(revision, known) && !(offered && !newer(revision, offered.snapshot.revision)));

  async function apply(current, snapshot) {
    current.applying = true;
    await applier?.apply(snapshot);
    if (newer(local, snapshot.revision)) announced = snapshot.revision;
    ({ revision: local, data } = snapshot);
    known = local;
    filled = true;
    // what is still missing was announced after this round had begun
    if (!newer(current.announced, local)) behindSince = current.at;
    if (persistence) attempt(() => persistence.save(topic, snapshot)).catch((e) => report("save", e));
  }

  function settle(current, answer, failure, where) {
    const now = scheduler.now();
    const fetched = !current.snapshot;
    const fresh = current.links === links;
    if (fetched) answered(failure ? undefined : answer);
    if (fetched && !failure) {
      if (newer(local, answer)) confirmed = false;
      else if (fresh) confirmed = true;
      if (answer === local) confirmedAt = current.at;
    }
    if (failure || (fetched && newer(current.announced, answer) && behind())) {
      failures++;
      const nextDelay = Math.max(catchUp && backoff(catchUp, failures, random), failure?.retryAfter ?? 0);
      demand = urgent = Boolean(catchUp);
      // what failed over the old link says nothing of the new one
      notBefore = fresh ? now + nextDelay : 0;
      if (failure) report(where, failure, { attempt: failures, willRetry: demand, nextDelay });
    } else if (fetched) {
      failures = notBefore = 0;
      error = undefined;
    }
  }

  // ---- what is heard

  function announce(revision) {
    if (!newer(revision, announced)) return;
    if (!behind()) behindSince = scheduler.now();
    announced = revision;
    deniedSince = undefined;
  }

  // A forged revision would keep the topic behind for ever. Only time in which the source answers counts.
  function answered(revision) {
    const now = scheduler.now();
    if (revision) answeredAt = now;
    deniedSince = revision && behind() && newer(announced, revision) ? (deniedSince ?? now) : undefined;
    if (!(now - deniedSince >= UNCONFIRMED_LIMIT)) return;
    const dropped = announced;
    const denial = new ProtocolError(`topic "${topic}": revision ${dropped} was never confirmed: dropped`);
    announced = local;
    failures = notBefore = 0;
    waiters = waiters.filter((waiter) => {
      const real = newer(dropped, waiter.revision);
      real ? announce(waiter.revision) : waiter.reject(denial);
      return real;
    });
    report("protocol", denial, { eventRevision: dropped });
  }

  // Cheapest check first; nothing is thrown into the transport (E6).
  function received(event) {
    const named = typeof event?.topic === "string" && event.topic.trim();
    if (named && event.topic !== topic) return;
    if (!named || !isRevision(event.revision)) {
      const malformed = new ProtocolError(`topic "${topic}": an event needs a canonical revision and a topic`);
      return report("protocol", malformed, { sourceEvent: event });
    }
    if (!newer(event.revision, local)) return;
    try {
      if (shouldRefresh && !shouldRefresh(event)) return;
    } catch (e) {
      report("invalidation", e, { sourceEvent: event });
    }
    announce(event.revision);
    demand = true;
  }

  // What comes from the link of a former life is not heard.
  const hear = (signal) => {
    const step = (react) => (what) => {
      if (signal.aborted) return;
      react(what);
      pump();
    };
    return {
      onInvalidation: step(received),
      onConnectionLost: step((cause) => {
        connected = false;
        error = cause;
      }),
      onConnectionRestored: step(() => {
        linkUp();
        demand = urgent = true;
      }),
    };
  };

  function linkUp() {
    links++;
    connected = true;
    confirmed = false;
    failures = notBefore = 0;
  }

  function probed(revision) {
    if (!isRevision(revision)) return answered();
    answered(revision);
    if (revision === known && (confirmed || !(demand || round))) {
      confirmed = true;
      confirmedAt = answeredAt;
    } else if (revision !== known) {
      announce(revision);
      if (newer(local, revision)) confirmed = false;
      demand = urgent = true;
      // no web socket yet, or never
      if (phase === "STARTING") refresh().catch(nothing);
    }
    pump();
  }

  // ---- life: what belongs to one start ends with its signal

  async function live({ signal }) {
    let where = "subscribe";
    try {
      if (persistence && !filled) await unless(signal, restore);
      // what fills the page need not wait for the web socket
      if (probe) refresh().catch(nothing);
      const subscribing = attempt(() => subscriber.subscribe(topic, hear(signal), { signal }));
      const ends = [probe?.add(topic, probed)];
      signal.addEventListener("abort", () => {
        for (const end of ends) tell(end);
      });
      // one that comes after the end is ended at once
      subscribing.then((end) => (signal.aborted ? tell(end) : ends.push(end)), nothing);
      await unless(signal, () => subscribing);
      linkUp();
      where = undefined;
      await refresh();
      phase = "RUNNING";
      pump();
    } catch (e) {
      if (signal.aborted) throw signal.reason;
      phase = "FAILED";
      connected = false;
      life.abort(e);
      if (where) report(where, e);
      changed();
      throw e;
    }
  }

  async function restore() {
    try {
      const saved = await persistence.load(topic);
      if (saved) offer(checkSnapshot(topic, saved)).catch(nothing);
    } catch (e) {
      report("load", e);
    }
  }

  function start() {
    if (phase !== "STARTING" && phase !== "RUNNING") {
      phase = "STARTING";
      life = new AbortController();
      starting = live(life);
      changed();
    }
    return starting;
  }

  async function stop() {
    const { applying, done } = round ?? {};
    if (phase !== "STOPPED") {
      phase = "STOPPED";
      const reason = new DOMException(`the sync of topic "${topic}" was stopped`, "AbortError");
      for (const { resolve } of offered?.callers ?? []) resolve(local);
      for (const { reject } of [...next, ...waiters, ...(round?.callers ?? [])]) reject(reason);
      if (!applying) {
        round?.abort.abort(reason);
        round = undefined;
      }
      next = [];
      waiters = [];
      offered = undefined;
      announced = local;
      connected = demand = false;
      cancelTimer();
      life.abort(reason);
      changed();
    }
    if (applying) await done;
  }

  // ---- what may be asked

  const promised = (list, more) => new Promise((resolve, reject) => list.push({ ...more, resolve, reject }));

  async function refresh() {
    if (phase === "STOPPED") return local;
    const fetched = promised(next);
    pump();
    return fetched;
  }

  async function offer(snapshot) {
    if (phase === "STOPPED" || !admits(checkSnapshot(topic, snapshot).revision)) return local;
    const callers = offered?.callers ?? [];
    const applied = promised(callers);
    offered = { snapshot, callers };
    pump();
    return applied;
  }

  async function reached(revision) {
    if (!isRevision(revision)) throw new ProtocolError(`"${revision}" is no revision`);
    if (!newer(revision, local)) return local;
    if (phase === "STOPPED") throw life.signal.reason;
    announce(revision);
    demand = urgent = true;
    const applied = promised(waiters, { revision });
    pump();
    return applied;
  }

  function reset() {
    known = undefined;
    announced = local;
    return refresh();
  }

  changed();
  return {
    topic,
    start,
    stop,
    refresh,
    offer,
    await: reached,
    reset,
    localRevision: () => local,
    status: () => ({ ...view, announced, failures, age: confirmedAt && scheduler.now() - confirmedAt }),
    getSnapshot: () => view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

// ---- the probe (P8): one question for all topics, whatever happens to events

export function revisionProbe(reader, options = {}) {
  const { interval = 30_000, scheduler = systemScheduler, random = Math.random } = options;
  const targets = new Set();
  let armed = false;
  let asking;
  let notBefore = 0;

  function arm() {
    armed = targets.size > 0;
    if (armed) scheduler.schedule(tick, interval * (0.8 + 0.4 * random()));
  }

  function tick() {
    arm();
    if (scheduler.now() >= notBefore) ask();
  }

  async function ask() {
    const asked = [...targets];
    let answer = {};
    // what was not answered for a whole interval never will be
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      if (asked.length) answer = await reader.current([...new Set(asked.map(({ topic }) => topic))], { signal });
    } catch (e) {
      notBefore = scheduler.now() + (e.retryAfter ?? 0);
    }
    if (!signal.aborted) for (const target of asked) if (targets.has(target)) target.probed(answer?.[target.topic]);
  }

  return {
    interval,
    ask,
    add(topic, probed) {
      const target = { topic, probed };
      targets.add(target);
      if (!armed) arm();
      return () => targets.delete(target);
    },
  };
}

// ---- snapshots and revisions over HTTP

const absolute = (url) => new URL(url, globalThis.location?.href);

export function restProvider(baseUrl, options = {}) {
  const { request, fetch = globalThis.fetch } = options;
  const base = absolute(baseUrl).href.replace(/\/?$/, "/");
  const tags = new Map();

  async function ask(path, signal, tag) {
    const init = await request?.(base + path);
    const headers = new Headers(init?.headers);
    headers.set("Accept", "application/json");
    // with a tag of ours the 304 is for us; without one the browser's own cache may have it
    if (tag) headers.set("If-None-Match", tag);
    const response = await fetch(base + path, { ...init, headers, signal, cache: tag ? "no-store" : "no-cache" });
    if (response.ok || (response.status === 304 && tag)) return response;
    const { detail } = await response.json().catch(() => ({}));
    const retryAfter = response.headers.get("Retry-After") * 1000 || undefined;
    throw Object.assign(new HttpError(`${path}: ${response.status} ${detail ?? response.statusText}`), {
      status: response.status,
      retryAfter,
    });
  }

  async function parsed(response) {
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      throw new ProtocolError(`${response.url} answered no JSON: ${text.slice(0, 40)}`);
    }
  }

  return {
    base,
    // The tag of exactly what is applied: that of a snapshot that could not be applied would hide it behind a 304.
    async getSnapshot({ topic, known, signal }) {
      const { revision, etag } = tags.get(topic) ?? {};
      const response = await ask(`snapshots/${encodeTopic(topic)}`, signal, revision === known && etag);
      if (response.status === 304) return NOT_MODIFIED;
      const snapshot = await parsed(response);
      tags.set(topic, { revision: snapshot?.revision, etag: response.headers.get("ETag") });
      return snapshot;
    },
    current: async (topics, options) =>
      parsed(await ask(`revisions?${new URLSearchParams(topics.map((topic) => ["topic", topic]))}`, options?.signal)),
  };
}

// ---- a subscription of one topic: its promise resolves with its end when it is active for the first time

function subscriptionOf(topic, handler, signal, remove) {
  const subscription = { topic, handler, active: false };
  const end = () => remove(subscription);
  signal?.addEventListener("abort", end);
  subscription.promise = new Promise((resolve, reject) => {
    let before = false;
    subscription.activate = () => {
      subscription.active = true;
      if (before) handler.onConnectionRestored();
      before = true;
      resolve(end);
    };
    subscription.lose = (cause) => {
      subscription.active = false;
      handler.onConnectionLost(cause);
    };
    subscription.refuse = (reason) => {
      const cause = Object.assign(new Error(reason), { refused: true });
      reject(cause);
      subscription.lose(cause);
      end();
    };
  });
  return subscription;
}

// ---- events over STOMP 1.2: one connection for all topics, opened for the first and closed after the last

// A connection that held that long was a good one: its loss begins a new incident.
const STABLE = 5_000;

const END = ["", "\0"];

const unescaped = (text) => text.replace(/\\(.)/g, (_, c) => ({ n: "\n", r: "\r", c: ":" })[c] ?? c);

function parseFrame(text) {
  const [head, ...body] = text.split(/\r?\n\r?\n/);
  const [command, ...lines] = head.split(/\r?\n/);
  // of equal headers the first one counts
  const headers = lines.reverse().map((line) => /^(.*?):(.*)$/.exec(line)?.slice(1).map(unescaped) ?? []);
  return { command, headers: Object.fromEntries(headers), body: body.join("\n\n") };
}

export function stompSubscriber(url, options = {}) {
  const { heartbeat = 5_000, reconnect = { initial: 100, max: 10_000 } } = options;
  const { scheduler = systemScheduler, random = Math.random, WebSocket = globalThis.WebSocket } = options;
  const address = absolute(url);
  address.protocol = address.protocol.replace("http", "ws");
  const subscriptions = new Map();
  let ids = 0;
  let failures = 0;
  let socket;
  let buffer;
  let readyAt;
  let heardAt;
  let sentAt;
  let every;
  let limit;
  let cancelTimer = nothing;

  function later(task, delay) {
    cancelTimer();
    cancelTimer = delay < Infinity ? scheduler.schedule(task, delay) : nothing;
  }

  function send(...lines) {
    sentAt = scheduler.now();
    socket.send(lines.join("\n"));
  }

  function open() {
    if (!subscriptions.size) return;
    try {
      const current = new WebSocket(address.href, "v12.stomp");
      const on = (type, react) => current.addEventListener(type, (event) => socket === current && react(event));
      on("open", () =>
        send(
          "CONNECT",
          "accept-version:1.2",
          `host:${address.hostname}`,
          `heart-beat:${heartbeat},${heartbeat}`,
          ...END,
        ),
      );
      on("message", ({ data }) => receive(data));
      on("close", ({ code }) => ended(`${address} closed (${code})`));
      socket = current;
      buffer = "";
      later(() => ended(`${address} does not answer`), 10_000);
    } catch (e) {
      ended(e.message);
    }
  }

  function close() {
    const last = socket;
    socket = readyAt = undefined;
    later(nothing, Infinity);
    last?.close();
  }

  function ended(reason) {
    failures = scheduler.now() - readyAt > STABLE ? 1 : failures + 1;
    close();
    later(open, backoff(reconnect, failures, random));
    for (const subscription of [...subscriptions.values()]) subscription.lose(new Error(reason));
  }

  function receive(data) {
    heardAt = scheduler.now();
    const frames = (buffer + data).split("\0");
    buffer = frames.pop().trimStart();
    for (const frame of frames) {
      const { command, headers, body } = parseFrame(frame.trimStart());
      if (socket) reactions[command]?.(headers, body);
    }
    if (readyAt !== undefined) beat();
  }

  // The timers of hidden tabs are slowed down, messages are not: what is heard is answered if a beat is due.
  function beat() {
    const now = scheduler.now();
    if (now - heardAt >= limit) return ended(`${address} is silent`);
    if (now - sentAt >= every / 2) send("", "");
    later(beat, Math.min(every, limit / 3));
  }

  function subscribe(id, topic) {
    send("SUBSCRIBE", `id:${id}`, `receipt:${id}`, `destination:/topic/statesync.${encodeTopic(topic)}`, ...END);
  }

  const unsubscribe = (id) => send("UNSUBSCRIBE", `id:${id}`, ...END);

  const reactions = {
    CONNECTED({ "heart-beat": beats = "0,0" }) {
      const agreed = beats.split(",").map((ms) => (heartbeat && +ms ? Math.max(+ms, heartbeat) : Infinity));
      limit = agreed[0] * 3;
      every = agreed[1];
      readyAt = scheduler.now();
      for (const [id, { topic }] of subscriptions) subscribe(id, topic);
    },
    RECEIPT({ "receipt-id": id }) {
      // what was ended meanwhile can only now be taken back
      if (subscriptions.has(id)) subscriptions.get(id).activate();
      else unsubscribe(id);
    },
    MESSAGE({ subscription: id }, body) {
      subscriptions.get(id)?.handler.onInvalidation(parseEvent(body));
    },
    // The session ends with it, for all topics. The one that is refused is not subscribed again.
    ERROR({ message, "receipt-id": id }, body) {
      const reason = message ?? body;
      ended(reason);
      subscriptions.get(id)?.refuse(reason);
    },
  };

  return {
    subscribe(topic, handler, options) {
      const id = `${++ids}`;
      const subscription = subscriptionOf(topic, handler, options?.signal, ({ active }) => {
        if (subscriptions.delete(id) && active) unsubscribe(id);
        if (!subscriptions.size) close();
      });
      subscriptions.set(id, subscription);
      if (readyAt !== undefined) subscribe(id, topic);
      else if (subscriptions.size === 1) open();
      return subscription.promise;
    },
  };
}

// ---- one connection for all tabs of a browser: who holds the lock leads, and subscribes for the others

export function shareAmongTabs(subscriber, name, options = {}) {
  const { locks = globalThis.navigator?.locks, Channel = globalThis.BroadcastChannel } = options;
  if (!locks || !Channel) return subscriber;
  const tab = `${name} ${Math.random()}`;
  const life = new AbortController();
  const mine = new Set();
  const held = new Map();
  let leads = false;
  let channel;
  let present;

  // Until this tab is closed or crashes: then the browser gives the lock to the next one.
  const hold = (lock, got) =>
    locks
      .request(lock, { signal: life.signal }, () => {
        got();
        return new Promise((resolve) => life.signal.addEventListener("abort", resolve));
      })
      .catch(nothing);

  function join() {
    channel = new Channel(name);
    channel.onmessage = ({ data }) => hear(data);
    present = new Promise((resolve) => hold(tab, resolve));
    hold(name, () => {
      leads = true;
      say({ type: "lead" });
    });
  }

  function say(message) {
    if (life.signal.aborted) return;
    channel.postMessage(message);
    hear(message);
  }

  const want = (subscription) =>
    present.then(() => mine.has(subscription) && say({ type: "want", topic: subscription.topic, from: tab }));

  function hear({ type, topic, from, detail }) {
    if (leads && type === "want") lead(topic, from);
    if (type === "drop") drop(topic, from);
    for (const subscription of [...mine]) {
      if (type === "lead") {
        subscription.lose(new Error("another tab takes over"));
        want(subscription);
      } else if (subscription.topic === topic) {
        if (type === "event") subscription.handler.onInvalidation(detail);
        if (type === "active" && !subscription.active) subscription.activate();
        if (type === "lost") subscription.lose(new Error(detail));
        if (type === "refused") subscription.refuse(detail);
      }
    }
  }

  function lead(topic, from) {
    let link = held.get(topic);
    if (!link) {
      link = { tabs: new Set(), active: false, life: new AbortController() };
      held.set(topic, link);
      subscribe(topic, link);
    }
    link.tabs.add(from);
    // nobody says good-bye in a crash
    locks.request(from, () => drop(topic, from));
    if (link.active) say({ type: "active", topic });
  }

  async function subscribe(topic, link) {
    const tell = (active, detail) => {
      link.active = active;
      say({ type: active ? "active" : "lost", topic, detail });
    };
    const handler = {
      onInvalidation: (detail) => say({ type: "event", topic, detail }),
      onConnectionLost: ({ message }) => tell(false, message),
      onConnectionRestored: () => tell(true),
    };
    const { signal } = link.life;
    try {
      const end = await subscriber.subscribe(topic, handler, { signal });
      if (signal.aborted) return end();
      signal.addEventListener("abort", end);
      tell(true);
    } catch ({ message }) {
      held.delete(topic);
      say({ type: "refused", topic, detail: message });
    }
  }

  function drop(topic, from) {
    const link = held.get(topic);
    if (!link?.tabs.delete(from) || link.tabs.size) return;
    held.delete(topic);
    link.life.abort();
  }

  return {
    subscribe(topic, handler, options) {
      if (!channel) join();
      const subscription = subscriptionOf(topic, handler, options?.signal, (ended) => {
        mine.delete(ended);
        if (![...mine].some((other) => other.topic === topic)) say({ type: "drop", topic, from: tab });
      });
      mine.add(subscription);
      want(subscription);
      return subscription.promise;
    },
    close() {
      life.abort();
      channel?.close();
      for (const link of held.values()) link.life.abort();
    },
  };
}

// ---- all of it together

export function connect(baseUrl = new URL(".", import.meta.url), options = {}) {
  const { scheduler = systemScheduler, random = Math.random, catchUp = CATCH_UP } = options;
  const provider = restProvider(baseUrl, options);
  const socket = new URL("ws", provider.base);
  const subscriber = shareAmongTabs(stompSubscriber(socket, options), `statesync ${socket}`, options);
  const probe = revisionProbe(provider, options);
  const syncs = new Map();

  function begin(sync, failures) {
    sync.start().catch(({ refused }) => {
      const again = () => sync.getSnapshot().state === "FAILED" && begin(sync, failures + 1);
      if (!refused) scheduler.schedule(again, backoff(catchUp || CATCH_UP, failures, random));
    });
  }

  // a page that slept may have missed much
  for (const type of ["online", "visibilitychange"]) globalThis.addEventListener?.(type, probe.ask);

  return {
    topic(topic, more) {
      if (!syncs.has(topic)) {
        const sync = createRevisionSync({ ...options, ...more, topic, subscriber, provider, probe });
        syncs.set(topic, sync);
        begin(sync, 1);
      }
      return syncs.get(topic);
    },
    async close() {
      await Promise.all([...syncs.values()].map((sync) => sync.stop()));
      subscriber.close?.();
    },
  };
}
