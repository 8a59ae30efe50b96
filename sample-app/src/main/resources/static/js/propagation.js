import { chart, gridLine, SPAN, timeAxis, timeScale } from "./chart.js";
import { svg } from "./dom.js";
import { duration } from "./words.js";

const HEIGHT = 190;
const LEFT = 52;
const TOP = 14;
const FOOT = 30;
const DECADES = 4;

/** 1 ms at the foot, 10 s at the top. */
const level = (ms) => {
  const decade = Math.min(DECADES, Math.log10(Math.max(1, ms)));
  return HEIGHT - FOOT - (decade / DECADES) * (HEIGHT - FOOT - TOP);
};

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

const CELL = 7;

/** Letters of one window that would cover each other are one. */
function apart(points) {
  const taken = new Set();
  return points.filter(({ id, left, top }) => {
    const cell = `${id} ${Math.round(left / CELL)} ${Math.round(top / CELL)}`;
    return !taken.has(cell) && taken.add(cell);
  });
}

/** A letter for each apply: when it was, and how long after the announcement. */
export function propagation(root, caption) {
  return (windows, now) => {
    const measured = windows.flatMap(({ id, journal }) =>
      journal
        .entries()
        .filter(({ kind, at, waited }) => kind === "apply" && waited !== undefined && now - at < SPAN)
        .map((entry) => ({ id, ...entry })),
    );
    chart(root, HEIGHT, (width) => {
      const x = timeScale(now, LEFT, width - 14);
      return [
        ...[1, 10, 100, 1_000, 10_000].map((ms) =>
          gridLine(level(ms), duration(ms).replace(".0", ""), LEFT, width - 4),
        ),
        ...apart(measured.map((one) => ({ ...one, left: x(one.at), top: level(one.waited) + 5 }))).map(
          ({ id, left, top, waited }) =>
            svg(
              "text",
              { class: `letter w-${id}`, x: left, y: top, "text-anchor": "middle" },
              svg("title", {}, `Window ${id}: ${duration(waited)}`),
              id,
            ),
        ),
        ...timeAxis(LEFT, width - 4, HEIGHT - 8),
      ];
    })();
    const times = measured.map(({ waited }) => waited);
    caption.textContent = times.length
      ? `Half of them within ${duration(median(times))}, the slowest after ${duration(Math.max(...times))}.`
      : "Nothing in the last 30 seconds: edit a flag.";
  };
}
