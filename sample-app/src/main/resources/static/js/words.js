/** The end of a revision, which is what differs; not to be broken in two. */
export const short = (revision) => (revision.length > 7 ? `…\u2060${revision.slice(-6)}` : revision);

/** 340 ms, 1.2 s, 3 min. */
export function duration(ms) {
  if (ms === undefined) return "never";
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.round(ms / 60_000)} min`;
}

/** Milliseconds of an ISO duration as Java writes it: `PT1M2.5S`. */
export function millis(iso) {
  const [, hours = 0, minutes = 0, seconds = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(iso ?? "") ?? [];
  return iso === undefined ? undefined : (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}

/** 1 fetch, 12 fetches. */
export const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
