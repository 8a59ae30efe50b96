import { h, keyed, say } from "./dom.js";
import { count } from "./words.js";

const SHOWN = 8;

const plain = (state) => state.toLowerCase().replaceAll("_", " ");

const POSSIBLE = {
  resubmit: ({ state }) => state === "FAILED",
  dismiss: ({ state }) => state === "FAILED",
  cancel: ({ state }) => state === "QUEUED" || state === "PENDING" || state === "PERSISTING",
};

function entry(id, act) {
  const rows = h("span", { class: "name" });
  const state = h("span", { class: "state" });
  const details = h("p", { class: "note" });
  const buttons = Object.keys(POSSIBLE).map((action) =>
    h("button", { type: "button", hidden: true, "data-action": action, onclick: () => act(id, action) }, action),
  );
  return {
    element: h("li", { "data-transaction": id }, h("div", { class: "line" }, rows, state, ...buttons), details),
    show(transaction) {
      const { sku, attempts, error, confirmed, createdAt } = transaction;
      say(rows, sku.join(", "));
      const how = transaction.state === "COMPLETED" && confirmed ? "confirmed" : plain(transaction.state);
      say(state, how);
      state.dataset.state = how.replaceAll(" ", "-");
      const when = new Date(createdAt).toLocaleTimeString("en-GB");
      say(details, `${when}, sent ${count(attempts, "time")}${error ? `: ${error}` : ""}`);
      for (const button of buttons) {
        button.hidden = !POSSIBLE[button.dataset.action]({ ...transaction, state: transaction.state.toUpperCase() });
        button.setAttribute("aria-label", `${button.dataset.action} the edit of ${sku.join(", ")} of ${when}`);
      }
    },
  };
}

/** The newest transactions of the replica, with what an operator may do about each. */
export function stockTransactions(list, act) {
  const show = keyed(list, (id) => entry(id, act));
  return (transactions) => show(transactions.slice(0, SHOWN).map((one) => [one.id, one]));
}
