import { h, keyed } from "./dom.js";

/** The flags of a copy as switches. `edit(name, enabled)` asks the source; what is shown changes when the copy does. */
export function flagList(edit, remove) {
  const list = h("ul", { class: "flags" });
  const showAll = keyed(list, (name) => {
    let enabled;
    const toggle = h(
      "button",
      { type: "button", role: "switch", class: "switch", onclick: () => edit(name, !enabled) },
      h("span", { class: "name" }, name),
      h("span", { class: "track", "aria-hidden": "true" }),
    );
    const row = h("li", { onanimationend: () => row.classList.remove("changed") }, toggle);
    if (remove) {
      const label = { "aria-label": `Delete ${name}`, title: `Delete ${name}` };
      row.append(h("button", { type: "button", class: "quiet", ...label, onclick: () => remove(name) }, "×"));
    }
    return {
      element: row,
      show(flag) {
        if (enabled !== undefined && enabled !== flag.enabled) row.classList.add("changed");
        enabled = flag.enabled;
        toggle.setAttribute("aria-checked", enabled);
      },
    };
  });
  return { element: list, show: (flags) => showAll(Object.entries(flags)) };
}
