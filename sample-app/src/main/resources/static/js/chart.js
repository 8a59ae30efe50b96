import { svg } from "./dom.js";

/** As far back as the charts look; milliseconds. */
export const SPAN = 30_000;

/** Draws into an SVG of the width that there is, in pixels; `draw` returns the elements. */
export function chart(root, height, draw) {
  root.setAttribute("height", height);
  return (...args) => {
    const width = root.clientWidth;
    if (!width) return;
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    root.replaceChildren(...draw(width, ...args));
  };
}

/** Where a time is: now at the right edge. */
export const timeScale = (now, left, right) => (at) => right - ((now - at) / SPAN) * (right - left);

/** A line with its number at the left. */
export const gridLine = (y, text, left, right) =>
  svg(
    "g",
    { class: "grid" },
    svg("line", { x1: left, x2: right, y1: y, y2: y }),
    svg("text", { x: left - 6, y: y + 4, "text-anchor": "end" }, text),
  );

/** What is below: 30 s ago, 20, 10, now; on a phone the ends alone. */
export function timeAxis(left, right, y) {
  const steps = right - left > 280 ? [0, 10_000, 20_000, SPAN] : [0, SPAN];
  return steps.map((ago) => {
    const x = right - (ago / SPAN) * (right - left);
    const anchor = ago === 0 ? "end" : ago === SPAN ? "start" : "middle";
    return svg("text", { x, y, "text-anchor": anchor, class: "tick" }, ago ? `${ago / 1000} s ago` : "now");
  });
}
