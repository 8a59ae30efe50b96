import { openWindow } from "./window.js";

const IDS = ["A", "B", "C", "D", "E", "F"];

/** The windows side by side: as many as `first`, six at the most. */
export function openWindows(root, { topic, announcements, edit, first = 3 }) {
  const grid = root.querySelector(".windows");
  const add = root.querySelector(".add-window");
  const choices = [...root.querySelectorAll("select")];
  const open = new Map();
  /** `interval` of the probe, `throttle`; milliseconds. */
  const tuning = () => Object.fromEntries(choices.map(({ name, value }) => [name, Number(value)]));

  function close(id) {
    const { element } = open.get(id);
    open.get(id).close();
    open.delete(id);
    element.remove();
    add.disabled = false;
    add.focus();
  }

  function openNext() {
    const id = IDS.find((candidate) => !open.has(candidate));
    const next = IDS.slice(IDS.indexOf(id) + 1).find((later) => open.has(later));
    const options = { topic, announcements, edit, tuning: tuning(), close: () => close(id) };
    const window = openWindow(id, options);
    open.set(id, window);
    grid.insertBefore(window.element, next ? open.get(next).element : null);
    add.disabled = open.size === IDS.length;
  }

  add.addEventListener("click", openNext);
  for (const choice of choices) {
    choice.addEventListener("change", () => {
      for (const window of open.values()) window.reopen(tuning());
    });
  }
  for (let i = 0; i < first; i++) openNext();

  return {
    /** In the order of their letters. */
    all: () => [...open.values()].sort((a, b) => a.id.localeCompare(b.id)),
    zero() {
      for (const { journal } of open.values()) journal.zero();
    },
  };
}
