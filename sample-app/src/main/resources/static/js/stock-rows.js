import { h, keyed, say } from "./dom.js";

const WORDS = {
  confirmed: "confirmed",
  queued: "queued",
  pending: "pending",
  persisting: "being sent",
  "awaiting-sync": "not back yet",
  provisional: "late",
  failed: "taken back",
};

function row(sku, change) {
  const name = h("span", {}, sku);
  const pieces = h("input", { type: "number", class: "pieces", step: "1" });
  const step = (by, text) => h("button", { type: "button", onclick: () => change.by(sku, by) }, text);
  const [less, more] = [step(-1, "−"), step(1, "+")];
  const synced = h("td", { class: "number" });
  const status = h("span", { class: "state" });
  let edited = false;
  pieces.addEventListener("input", () => {
    edited = true;
  });
  pieces.addEventListener("change", () => {
    edited = false;
    if (pieces.value !== "") change.to(sku, Number(pieces.value));
  });
  return {
    element: h(
      "tr",
      { "data-sku": sku },
      h("th", { scope: "row" }, h("span", { class: "line" }, name, status)),
      h("td", {}, h("span", { class: "stepper" }, less, pieces, more)),
      synced,
    ),
    show({ item, synced: source, status: how }) {
      const shown = item ?? source;
      say(name, shown?.name ?? sku);
      pieces.setAttribute("aria-label", `Pieces of ${shown?.name ?? sku}`);
      less.setAttribute("aria-label", `One less of ${shown?.name ?? sku}`);
      more.setAttribute("aria-label", `One more of ${shown?.name ?? sku}`);
      if (!edited) pieces.value = item?.pieces ?? "";
      say(synced, String(source?.pieces ?? "–"));
      say(status, WORDS[how] ?? how);
      status.dataset.state = how;
    },
  };
}

/** The rows as the replica shows them: the edit at once, beside what came back by sync. */
export function stockRows(body, change) {
  const show = keyed(body, (sku) => row(sku, change));
  return (rows) => show(rows.map((one) => [one.sku, one]));
}
