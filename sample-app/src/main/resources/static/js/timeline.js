import { chart, SPAN, timeAxis, timeScale } from "./chart.js";
import { svg } from "./dom.js";
import { count, duration, short } from "./words.js";

const LANE = 62;
const LEFT = 30;
const ROW = { event: 14, fetch: 30, apply: 46 };
const COLUMN = 4;

/** What falls on the same few pixels is one mark that says how many it is: a thousand events stay a few marks. */
export function columns(entries, x) {
  const byColumn = new Map();
  for (const entry of entries) {
    const column = Math.round(x(entry.at) / COLUMN) * COLUMN;
    if (!byColumn.has(column)) byColumn.set(column, []);
    byColumn.get(column).push(entry);
  }
  return byColumn;
}

const titled = (element, text) => {
  element.append(svg("title", {}, text));
  return element;
};

function events(entries, kind, x, top) {
  const y = top + ROW.event;
  return [...columns(entries, x)].map(([column, same]) => {
    const half = Math.min(10, 6 + Math.log2(same.length));
    const text = `${count(same.length, kind === "dropped" ? "lost event" : "event")}, newest ${same.at(-1).revision}`;
    return titled(svg("line", { class: `mark ${kind}`, x1: column, x2: column, y1: y - half, y2: y + half }), text);
  });
}

function fetches(entries, x, top) {
  return entries.map(({ from, at, revision, error }) => {
    const start = Math.max(LEFT, x(from));
    const bar = { x: start, width: Math.max(4, x(at) - start), y: top + ROW.fetch - 4, height: 8, rx: 2 };
    const text = error ? `fetch failed: ${error.message}` : `fetch of ${revision}, ${duration(at - from)}`;
    return titled(svg("rect", { class: error ? "mark fetch failed" : "mark fetch", ...bar }), text);
  });
}

function applies(entries, x, top) {
  const y = top + ROW.apply;
  return entries.flatMap(({ at, revision }, index) => {
    const here = x(at);
    const next = entries[index + 1];
    const dot = titled(svg("circle", { class: "mark apply", cx: here, cy: y, r: 4 }), `applied ${revision}`);
    const free = (next ? x(next.at) : x(at) + 80) - here > 70 && here < x.right - 60;
    return free ? [dot, svg("text", { class: "tick", x: here + 8, y: y + 4 }, short(revision))] : [dot];
  });
}

/** A lane for each window: events above, fetches below them, applies at the foot, with the revision. */
export function timeline(root) {
  return (windows, now) => {
    const height = windows.length * LANE + 22;
    chart(root, height, (width) => {
      const x = Object.assign(timeScale(now, LEFT, width - 8), { right: width - 8 });
      const lanes = windows.flatMap(({ id, journal }, index) => {
        const top = index * LANE;
        const recent = journal.entries().filter(({ at }) => now - at < SPAN);
        const of = (kind) => recent.filter((entry) => entry.kind === kind);
        return [
          svg("rect", { class: "lane", x: LEFT, y: top + 2, width: width - 8 - LEFT, height: LANE - 6, rx: 4 }),
          svg("text", { class: `letter w-${id}`, x: 4, y: top + LANE / 2 + 4 }, id),
          ...events(of("event"), "event", x, top),
          ...events(of("dropped"), "dropped", x, top),
          ...fetches(of("fetch"), x, top),
          ...applies(of("apply"), x, top),
        ];
      });
      return [...lanes, ...timeAxis(LEFT, width - 8, height - 6)];
    })();
  };
}
