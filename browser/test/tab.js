/** Web Locks as the specification has them, exclusive only: in turn, given back with the promise or with the tab. */
export class Locks {
  #queues = new Map();

  /** What one tab sees of them. */
  tab() {
    const held = new Set();
    return {
      request: (name, options, got = options) =>
        new Promise((resolve, reject) => {
          const queue = this.#queues.get(name) ?? [];
          this.#queues.set(name, queue);
          const request = { got, resolve, release: () => this.#release(name, request) };
          queue.push(request);
          held.add(request);
          options.signal?.addEventListener("abort", () => {
            if (queue.includes(request) && queue[0] !== request) {
              queue.splice(queue.indexOf(request), 1);
              reject(options.signal.reason);
            }
          });
          if (queue.length === 1) this.#grant(request);
        }),
      /** The tab is gone, without a word. */
      crash: () => {
        for (const request of held) request.release();
      },
    };
  }

  #grant(request) {
    queueMicrotask(async () => {
      request.resolve(await request.got({}));
      request.release();
    });
  }

  #release(name, request) {
    const queue = this.#queues.get(name);
    const at = queue.indexOf(request);
    if (at < 0) return;
    queue.splice(at, 1);
    if (at === 0 && queue.length > 0) this.#grant(queue[0]);
  }
}

/** Broadcast channels of one browser, which the test can cut off tab by tab. */
export function channels() {
  const open = new Set();
  return class Channel {
    constructor(name) {
      this.name = name;
      open.add(this);
    }
    postMessage(data) {
      if (!open.has(this)) throw new Error("the channel is closed");
      for (const other of open) {
        if (other === this || other.name !== this.name) continue;
        const copy = structuredClone(data);
        queueMicrotask(() => open.has(other) && other.onmessage?.({ data: copy }));
      }
    }
    close() {
      open.delete(this);
    }
  };
}
