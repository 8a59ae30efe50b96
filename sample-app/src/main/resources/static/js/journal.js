/** More is not kept, however long the page is open; the totals go on. */
const KEPT = 4_000;

/**
 * What happened to one window, oldest first: `{ at, kind, revision, ... }`, with `kind` one of event, dropped, fetch, apply,
 * probe, and `at` a time of this computer's clock.
 */
export function createJournal(now = Date.now) {
  let entries = [];
  let totals = {};
  return {
    entries: () => entries,
    total: (kind) => totals[kind] ?? 0,
    zero() {
      totals = {};
    },
    add(kind, details) {
      const entry = { at: now(), kind, ...details };
      totals[kind] = (totals[kind] ?? 0) + 1;
      entries.push(entry);
      if (entries.length > KEPT) entries = entries.slice(KEPT / 4);
      return entry;
    },
  };
}

/** Tells the journal what a subscriber hears. */
export const watchedSubscriber = (subscriber, journal, heard = () => {}) => ({
  subscribe: (topic, handler, options) =>
    subscriber.subscribe(
      topic,
      {
        onInvalidation(event) {
          journal.add("event", { revision: event?.revision });
          heard(event);
          handler.onInvalidation(event);
        },
        onConnectionLost: (cause) => handler.onConnectionLost(cause),
        onConnectionRestored: () => handler.onConnectionRestored(),
      },
      options,
    ),
});

/** Tells the journal what is asked, and what came of it. */
export function watchedProvider(provider, journal, now = Date.now) {
  const watched = (kind, read, revisionOf) => async (question, options) => {
    const from = now();
    try {
      const answer = await read(question, options);
      journal.add(kind, { from, revision: revisionOf(answer, question) });
      return answer;
    } catch (error) {
      journal.add(kind, { from, error });
      throw error;
    }
  };
  return {
    getSnapshot: watched("fetch", provider.getSnapshot, (answer, { known }) => answer?.revision ?? known),
    current: watched("probe", provider.current, (answer, topics) => answer?.[topics[0]]),
  };
}
