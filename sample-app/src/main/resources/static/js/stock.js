import { request } from "./api.js";
import { h, say } from "./dom.js";
import { stockBackend } from "./stock-backend.js";
import { stockRows } from "./stock-rows.js";
import { stockTransactions } from "./stock-transactions.js";

const EVERY = 500;

/** The collection `stock`, read and edited at a replica. Returns who wants to hear which replicas answer. */
export function showStock(root) {
  const content = root.querySelector(".content");
  const empty = root.querySelector(".empty");
  const note = root.querySelector("[role=status]");
  const state = root.querySelector(".state");
  const choice = root.querySelector("[name=replica]");
  let replica;

  async function ask(method, path, body) {
    try {
      await request(method, `${replica.url}/api/stock${path}`, body);
      say(note, "");
    } catch (error) {
      say(note, `${replica.name}: ${error.message}`);
    }
    refresh();
  }

  const showRows = stockRows(root.querySelector("tbody"), {
    to: (sku, pieces) => ask("PUT", `/${encodeURIComponent(sku)}`, { pieces }),
    by: (sku, by) => ask("POST", `/${encodeURIComponent(sku)}/change`, { by }),
  });
  const showTransactions = stockTransactions(root.querySelector(".transactions"), (id, action) =>
    ask("POST", `/transactions/${encodeURIComponent(id)}/${action}`),
  );
  const refreshBackend = stockBackend(root.querySelector(".backend"));

  async function refresh() {
    if (document.hidden || !replica) return;
    const asked = replica;
    try {
      const view = await request("GET", `${asked.url}/api/stock`);
      if (asked !== replica) return;
      say(state, view.state);
      state.dataset.state = view.state;
      showRows(view.rows);
      showTransactions(view.transactions);
      root.querySelector(".no-transaction").hidden = view.transactions.length > 0;
      await refreshBackend().catch(() => {});
    } catch (error) {
      say(state, "away");
      state.dataset.state = "away";
      if (error.status !== 503) replica = undefined;
    }
    content.hidden = !replica;
    empty.hidden = Boolean(replica);
  }
  const again = () => refresh().finally(() => setTimeout(again, EVERY));
  again();

  choice.addEventListener("change", () => {
    replica = { name: choice.selectedOptions[0].textContent, url: choice.value };
    refresh();
  });

  return (replicas) => {
    const urls = replicas.map(({ url }) => url);
    if ([...choice.options].map(({ value }) => value).join() !== urls.join()) {
      choice.replaceChildren(...replicas.map(({ name, url }) => h("option", { value: url }, name)));
      if (replica) choice.value = replica.url;
    }
    if (!replica || !urls.includes(replica.url)) replica = replicas[0];
  };
}
