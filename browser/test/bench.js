import { createRevisionSync, NOT_MODIFIED } from "statesync";
import { Clock, settle } from "./clock.js";

export const TOPIC = "app-config";

/** A transport in the test's hand. */
export class HandSubscriber {
  subscriptions = [];
  waiting = false;
  refusal;
  onSubscribe = () => {};
  endFails = false;

  subscribe(topic, handler, { signal }) {
    if (this.refusal) return Promise.reject(this.refusal);
    return new Promise((resolve, reject) => {
      const subscription = {
        topic,
        handler,
        signal,
        open: true,
        reject,
        activate: () =>
          resolve(() => {
            subscription.open = false;
            if (this.endFails) throw new Error("cannot unsubscribe");
          }),
      };
      this.subscriptions.push(subscription);
      this.onSubscribe(subscription);
      if (!this.waiting) subscription.activate();
    });
  }

  get last() {
    return this.subscriptions.at(-1);
  }

  get open() {
    return this.subscriptions.filter(({ open, topic }) => open && topic).length;
  }

  deliver(revision, more) {
    this.send({ topic: TOPIC, revision: String(revision), ...more });
  }

  send(payload) {
    for (const { handler, open } of this.subscriptions) if (open) handler.onInvalidation(payload);
  }
}

/** A source in the test's hand: answers at once, or when it is released. */
export class HandProvider {
  calls = [];
  failures = [];
  revision = "1";
  data = "one";
  conditional = false;
  held = false;
  #released = [];

  answer(revision, data = `data of ${revision}`) {
    this.revision = String(revision);
    this.data = data;
  }

  async getSnapshot(question) {
    this.calls.push(question);
    const read = { revision: this.revision, data: this.data };
    if (this.held) await new Promise((resolve) => this.#released.push(resolve));
    const failure = this.failure ?? this.failures.shift();
    if (failure) throw failure;
    if (this.raw !== undefined) return this.raw;
    const current = this.held === "late" ? { revision: this.revision, data: this.data } : read;
    return this.conditional && question.known === current.revision ? NOT_MODIFIED : current;
  }

  release() {
    for (const resolve of this.#released.splice(0)) resolve();
  }
}

export class RecordingApplier {
  received = [];
  failures = [];
  hook;

  async apply(snapshot) {
    this.received.push(snapshot);
    const failure = this.failures.shift();
    if (failure) throw failure;
    await this.hook?.(snapshot);
  }

  get revisions() {
    return this.received.map(({ revision }) => revision);
  }
}

/** All of it, with a clock that stands still; jitter always at its top. */
export function bench(options = {}) {
  const clock = new Clock();
  const subscriber = new HandSubscriber();
  const provider = new HandProvider();
  const applier = new RecordingApplier();
  const errors = [];
  const sync = createRevisionSync({
    topic: TOPIC,
    subscriber,
    provider,
    applier,
    scheduler: clock,
    random: () => 1,
    onError: (context) => errors.push(context),
    ...options,
  });
  const self = {
    clock,
    subscriber,
    provider,
    applier,
    errors,
    sync,
    state: () => sync.getSnapshot().state,
    phases: () => errors.map(({ phase }) => phase),
    /** The source changes, and says so. */
    async change(revision, data) {
      provider.answer(revision, data);
      subscriber.deliver(revision);
      await settle();
    },
    async started() {
      await sync.start();
      return self;
    },
  };
  return self;
}

export const started = (options) => bench(options).started();

/** What became of a promise by now. */
export async function outcome(promise) {
  await settle();
  const waiting = Symbol("waiting");
  try {
    const value = await Promise.race([promise, Promise.resolve(waiting)]);
    return value === waiting ? "pending" : { value };
  } catch (error) {
    return { error };
  }
}
