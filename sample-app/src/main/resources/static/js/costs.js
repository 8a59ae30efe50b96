import { chart } from "./chart.js";
import { svg } from "./dom.js";
import { count } from "./words.js";

const ROW = 46;
const LEFT = 30;
const KINDS = ["event", "fetch"];

/** Two bars for each window: what it heard, and what that cost. */
export function costs(root, caption) {
  return (windows) => {
    const total = (kind) => windows.map(({ journal }) => journal.total(kind));
    const most = Math.max(1, ...KINDS.flatMap(total));
    chart(root, Math.max(1, windows.length) * ROW + 6, (width) => {
      const room = width - LEFT - 64;
      return windows.flatMap(({ id, journal }, index) => [
        svg("text", { class: `letter w-${id}`, x: 4, y: index * ROW + ROW / 2 + 4 }, id),
        ...KINDS.flatMap((kind, row) => {
          const value = journal.total(kind);
          const length = value ? Math.max(3, (value / most) * room) : 0;
          const y = index * ROW + 5 + row * 19;
          return [
            svg("rect", { class: `bar ${kind}`, x: LEFT, y, width: length, height: 14, rx: 2 }),
            svg("text", { class: "value", x: LEFT + length + 6, y: y + 12 }, value.toLocaleString("en")),
          ];
        }),
      ]);
    })();
    const sum = (kind) => total(kind).reduce((a, b) => a + b, 0);
    const words = [count(sum("event"), "event"), count(sum("fetch"), "fetch", "fetches")];
    caption.textContent = `In all windows: ${words[0]}, ${words[1]}.`;
  };
}
