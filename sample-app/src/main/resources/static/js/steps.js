import { h } from "./dom.js";
import { count, duration, short } from "./words.js";

const SHOWN = 12;

const WORDS = {
  event: ({ revision }) => `event: ${short(revision)} is there`,
  dropped: ({ revision }) => `event lost: ${short(revision)}`,
  fetch: ({ revision, error, from, at }) =>
    error ? `fetch failed: ${error.message}` : `fetch: ${short(revision)} in ${duration(at - from)}`,
  apply: ({ revision, waited }) =>
    `applied ${short(revision)}${waited === undefined ? "" : `, ${duration(waited)} after it was announced`}`,
  probe: ({ revision, error }) =>
    error ? `probe failed: ${error.message}` : `probe: the source is at ${short(revision)}`,
};

/** The newest steps of all windows, newest first; equal ones in a row of one window are one. */
export function newestSteps(windows) {
  const all = windows.flatMap(({ id, journal }) =>
    journal
      .entries()
      .slice(-60)
      // of equal times the later step comes first, too
      .reverse()
      .map((entry) => ({ id, ...entry })),
  );
  const steps = [];
  for (const entry of all.sort((a, b) => b.at - a.at)) {
    const last = steps.filter(({ id }) => id === entry.id).at(-1);
    if (last?.kind === entry.kind && last.kind === "event") last.times++;
    else if (steps.length === SHOWN) break;
    else if (entry.revision !== undefined || entry.error) steps.push({ ...entry, times: 1 });
  }
  return steps;
}

/** The time line in words. */
export function steps(root) {
  return (windows) => {
    const rows = newestSteps(windows).map((step) =>
      h(
        "li",
        {},
        h("time", {}, new Date(step.at).toISOString().slice(11, 23)),
        h("span", { class: `letter w-${step.id}` }, step.id),
        h(
          "span",
          {},
          step.times > 1 ? `${count(step.times, "event")}, newest ${short(step.revision)}` : WORDS[step.kind](step),
        ),
      ),
    );
    root.replaceChildren(...rows);
  };
}
