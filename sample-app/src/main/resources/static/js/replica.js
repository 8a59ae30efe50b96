import { createRevisionSync, restProvider, revisionProbe, stompSubscriber } from "/statesync/statesync.js";
import { faultyProvider, faultySubscriber } from "./faults.js";
import { watchedProvider, watchedSubscriber } from "./journal.js";

const AGAIN = 1_000;

/**
 * A replica of its own: own web socket, own probe, own gate. `connect()` would share the socket with other tabs; here the
 * parts are put together by hand, with the faults of this window in between.
 */
export function openReplica({ topic, faults, journal, announcements, interval, throttle }) {
  const events = faultySubscriber(stompSubscriber("/statesync/ws"), faults, {
    dropped(event) {
      journal.add("dropped", { revision: event?.revision });
      announcements.heard(event);
    },
  });
  const provider = watchedProvider(faultyProvider(restProvider("/statesync/"), faults), journal);
  let previous;
  const sync = createRevisionSync({
    topic,
    subscriber: watchedSubscriber(events, journal, announcements.heard),
    provider,
    throttle,
    probe: revisionProbe(provider, { interval }),
    applier: {
      apply({ revision }) {
        // what was there before this window came did not wait for it
        const waited = previous && announcements.waited(previous, revision, Date.now());
        journal.add("apply", { revision, waited });
        previous = revision;
      },
    },
  });

  let timer;
  const begin = () =>
    sync.start().catch(() => {
      if (sync.getSnapshot().state === "FAILED") timer = setTimeout(begin, AGAIN);
    });
  begin();
  return {
    sync,
    close() {
      clearTimeout(timer);
      return sync.stop();
    },
  };
}
