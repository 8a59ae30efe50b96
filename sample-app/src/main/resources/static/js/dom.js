const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** An HTML element: `on…` are listeners, `false` and `undefined` are left out. Text is never read as HTML. */
export const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

/** The same for SVG. */
export const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

/** Sets a text only if it is another one: a live region speaks once. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Keeps an element per key, in the order of the keys, so that the focus stays where it is. */
export function keyed(parent, make) {
  const known = new Map();
  return (entries) => {
    const keys = new Set(entries.map(([key]) => key));
    for (const [key, row] of known) {
      if (keys.has(key)) continue;
      row.element.remove();
      known.delete(key);
    }
    entries.forEach(([key, value], index) => {
      if (!known.has(key)) known.set(key, make(key, value));
      const { element, show } = known.get(key);
      if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
      show(value);
    });
  };
}
