const KEPT = 4_000;

/** When which revision was announced, by the clock of the source, whichever window heard of it. */
export function createAnnouncements() {
  const times = new Map();
  return {
    heard({ revision, timestampMs } = {}) {
      if (typeof timestampMs !== "number" || times.has(revision)) return;
      times.set(revision, timestampMs);
      if (times.size > KEPT) times.delete(times.keys().next().value);
    },
    /** How long the oldest change waited that came with this apply; undefined if nobody heard of any. Milliseconds. */
    waited(previous, revision, appliedAt) {
      let oldest = Infinity;
      for (const [announced, at] of times) {
        if (BigInt(announced) > BigInt(previous) && BigInt(announced) <= BigInt(revision))
          oldest = Math.min(oldest, at);
      }
      return oldest === Infinity ? undefined : Math.max(0, appliedAt - oldest);
    },
  };
}
