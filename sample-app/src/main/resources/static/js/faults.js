/** How much later things come with the switch "delay", and the second one with "duplicate"; milliseconds. */
export const LATER = 1_000;

/** The switches of one window: `drop`, `disconnect`, `delay`, `duplicate`. */
export function createFaults() {
  const on = new Set();
  const listeners = new Set();
  return {
    has: (name) => on.has(name),
    set(name, value) {
      if (value) on.add(name);
      else on.delete(name);
      for (const listener of [...listeners]) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const cutOff = () => new Error("disconnected by the switch of this window");

/** The same subscriber over a link that has these faults. `dropped` hears of each event that was lost. */
export function faultySubscriber(subscriber, faults, { dropped = () => {}, later = setTimeout } = {}) {
  const spoilt = (handler) => ({
    onInvalidation(event) {
      if (faults.has("drop")) return dropped(event);
      const wait = faults.has("delay") ? LATER : 0;
      if (wait) later(() => handler.onInvalidation(event), wait);
      else handler.onInvalidation(event);
      if (faults.has("duplicate")) later(() => handler.onInvalidation(event), wait + LATER);
    },
    onConnectionLost: (cause) => handler.onConnectionLost(cause),
    onConnectionRestored: () => handler.onConnectionRestored(),
  });
  return {
    subscribe: (topic, handler, { signal }) =>
      plugged(() => subscriber.subscribe(topic, spoilt(handler), { signal }), handler, faults, signal),
  };
}

/** Holds the subscription while the plug is in; the first one may have to wait for that. */
function plugged(subscribe, handler, faults, signal) {
  return new Promise((resolve, reject) => {
    let end;
    let before = false;
    let work = Promise.resolve();

    async function step() {
      const wanted = !faults.has("disconnect") && !signal.aborted;
      if (wanted && !end) {
        end = await subscribe();
        if (before) handler.onConnectionRestored();
        before = true;
        resolve(stop);
      } else if (!wanted && end) {
        end();
        end = undefined;
        if (!signal.aborted) handler.onConnectionLost(cutOff());
      }
    }
    // one after the other: the last position of the switch counts
    const settle = () => {
      work = work.then(step).catch((error) => {
        reject(error);
        handler.onConnectionLost(error);
      });
    };
    const unwatch = faults.onChange(settle);
    const stop = () => {
      unwatch();
      end?.();
      end = undefined;
    };
    signal.addEventListener("abort", stop);
    settle();
  });
}

/** The same provider over that link. */
export function faultyProvider(provider, faults, { later = setTimeout } = {}) {
  async function pass() {
    if (faults.has("delay")) await new Promise((resolve) => later(resolve, LATER));
    if (faults.has("disconnect")) throw cutOff();
  }
  const over = (read) => async (question, options) => {
    await pass();
    return read(question, options);
  };
  return { getSnapshot: over(provider.getSnapshot), current: over(provider.current) };
}
