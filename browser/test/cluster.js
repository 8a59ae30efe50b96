import { createRevisionSync } from "statesync";
import { RecordingApplier } from "./bench.js";
import { Clock } from "./clock.js";

/** Reproducible chance. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** One source, a bus with knobs, many replicas; time is moved by the test. */
export class Cluster {
  clock = new Clock();
  random = dice(42);
  revision = 1;
  data = { count: 0 };
  fetches = 0;
  replicas = [];
  handlers = new Set();
  knobs = { delay: 0, jitter: 0, loss: 0, duplicates: 0, fetch: 0, json: false };

  constructor(knobs) {
    Object.assign(this.knobs, knobs);
  }

  wait = (ms) => (ms > 0 ? new Promise((resolve) => this.clock.schedule(resolve, ms)) : Promise.resolve());

  copy = (data) => (this.knobs.json ? JSON.parse(JSON.stringify(data)) : data);

  subscriber(topic) {
    return {
      subscribe: async (_, handler) => {
        const entry = { topic, handler };
        this.handlers.add(entry);
        return () => this.handlers.delete(entry);
      },
    };
  }

  async replica(name, { fetch = this.knobs.fetch, fail = () => false, transform = (x) => x, ...more } = {}) {
    const self = { name, applier: new RecordingApplier(), errors: [], fetches: 0, fetch };
    const provider = {
      getSnapshot: async () => {
        this.fetches++;
        const call = ++self.fetches;
        const read = { revision: String(this.revision), data: this.copy(this.data) };
        await this.wait(typeof self.fetch === "function" ? self.fetch() : self.fetch);
        if (fail(call)) throw new Error(`fetch ${call} fails`);
        return { ...read, data: transform(read.data) };
      },
    };
    self.sync = createRevisionSync({
      topic: "state",
      subscriber: this.subscriber("state"),
      provider,
      applier: self.applier,
      scheduler: this.clock,
      random: this.random,
      onError: (context) => self.errors.push(context),
      ...more,
    });
    this.replicas.push(self);
    return self;
  }

  async started(...names) {
    const replicas = [];
    for (const name of names) replicas.push(await this.replica(name));
    const starting = Promise.all(replicas.map(({ sync }) => sync.start()));
    await this.clock.advance(1000);
    await starting;
    return replicas;
  }

  mutate(change = ({ count }) => ({ count: count + 1 })) {
    this.data = change(this.data);
    this.announce(++this.revision);
  }

  announce(revision) {
    const { delay, jitter, loss, duplicates } = this.knobs;
    for (const { handler } of this.handlers) {
      const times = this.random() < loss ? 0 : this.random() < duplicates ? 2 : 1;
      for (let i = 0; i < times; i++) {
        const event = { topic: "state", revision: String(revision) };
        const late = delay + jitter * this.random();
        if (late) this.clock.schedule(() => handler.onInvalidation(event), late);
        else handler.onInvalidation(event);
      }
    }
  }

  /** Whether all that run hold what the source holds. */
  converged(replicas = this.replicas) {
    return replicas.every(({ sync }) => {
      const { revision, data } = sync.getSnapshot();
      return revision === String(this.revision) && JSON.stringify(data) === JSON.stringify(this.data);
    });
  }
}

/** Applied revisions never go back, and nothing is applied twice. */
export const ordered = ({ applier }) =>
  applier.revisions.every((revision, at) => at === 0 || BigInt(revision) > BigInt(applier.revisions[at - 1]));
