import { chart, gridLine, SPAN, timeAxis, timeScale } from "./chart.js";
import { svg } from "./dom.js";
import { duration } from "./words.js";

const HEIGHT = 190;
const LEFT = 52;
const TOP = 14;
const FOOT = 30;
const TOPS = [5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000, 3_600_000];

/** A line for each window: how long ago it was last found to be the same as the source. */
export function ages(root, caption) {
  const samples = [];
  return (windows, now) => {
    samples.push({ at: now, ages: new Map(windows.map((window) => [window.id, window.age()])) });
    while (now - samples[0].at > SPAN) samples.shift();
    const known = samples.flatMap(({ ages }) => [...ages.values()]).filter((age) => age !== undefined);
    const top = TOPS.find((limit) => limit >= Math.max(0, ...known)) ?? Math.max(...known);
    const y = (age) => HEIGHT - FOOT - (age / top) * (HEIGHT - FOOT - TOP);
    chart(root, HEIGHT, (width) => {
      const x = timeScale(now, LEFT, width - 22);
      const lines = windows.flatMap(({ id, age }) => {
        const points = samples.filter(({ ages }) => ages.get(id) !== undefined);
        if (!points.length || age() === undefined) return [];
        const path = points.map(({ at, ages }) => `${x(at).toFixed(1)},${y(ages.get(id)).toFixed(1)}`).join(" ");
        return [
          svg("polyline", { class: `line w-${id}`, points: path }),
          svg("text", { class: `letter w-${id}`, x: width - 18, y: y(age()) + 5 }, id),
        ];
      });
      const levels = [0, top / 2, top].map((ms) =>
        gridLine(y(ms), ms ? duration(ms).replace(".0", "") : "0", LEFT, width - 22),
      );
      return [...levels, ...lines, ...timeAxis(LEFT, width - 22, HEIGHT - 8)];
    })();
    const oldest = windows.reduce((a, b) => ((b.age() ?? -1) > (a?.age() ?? -1) ? b : a), undefined);
    caption.textContent = oldest ? `Oldest: window ${oldest.id}, ${duration(oldest.age())}.` : "No window is open.";
  };
}
