import { request } from "./api.js";
import { h, keyed, say } from "./dom.js";
import { duration, millis } from "./words.js";

const EVERY = 2_000;

function topicRow(name) {
  const cells = Object.fromEntries(["state", "revision", "age", "connected"].map((cell) => [cell, h("td")]));
  const state = h("span", { class: "state" });
  cells.state.append(state);
  return {
    element: h("tr", {}, h("th", { scope: "row" }, name), ...Object.values(cells)),
    show(topic) {
      say(state, topic.state ?? "SOURCE");
      state.dataset.state = topic.state ?? "";
      say(cells.revision, `${topic.revision ?? "none yet"}${topic.behind ? " (behind)" : ""}`);
      const age = millis(topic.age);
      say(cells.age, age === undefined ? "not yet" : `${duration(age)} ago`);
      say(cells.connected, topic.connected ? "yes" : "no");
    },
  };
}

const HEAD = ["Topic", "State", "Revision", "Found current", "Connected"];

function replicaCard({ name, url }) {
  const note = h("p", { class: "note" });
  const body = h("tbody");
  const showTopics = keyed(body, topicRow);
  const head = h("tr", {}, ...HEAD.map((text) => h("th", { scope: "col" }, text)));
  const table = h("table", {}, h("caption", { class: "hidden" }, `Topics of ${name}`), h("thead", {}, head), body);
  const region = { class: "scroll", tabindex: "0", role: "group", "aria-label": `Topics of ${name}` };
  const link = h("a", { href: `${url}/actuator/statesync` }, `${new URL(url).host}/actuator/statesync`);
  const element = h(
    "article",
    { "data-replica": name },
    h("h3", {}, name),
    h("p", {}, link),
    note,
    h("div", region, table),
  );
  return {
    element,
    show({ seen: { topics, error } }) {
      element.classList.toggle("away", Boolean(error));
      say(note, error ? `${error.message}: what is below is the last that was heard of it.` : "");
      if (topics) showTopics(topics.map((topic) => [topic.topic, topic]));
    },
  };
}

const look = async ({ url }) => {
  try {
    return await request("GET", `${url}/actuator/statesync`);
  } catch (error) {
    return { error };
  }
};

/** The JVMs that copy this source, as their Actuator endpoints describe them. `found(replicas)` hears which answer. */
export function showReplicas(root, found) {
  const cards = root.querySelector(".replicas");
  const empty = root.querySelector(".empty");
  const status = root.querySelector("[role=status]");
  const show = keyed(cards, (name, { url }) => replicaCard({ name, url }));

  // while the source is away, those that it last told of
  let replicas = [];

  async function refresh() {
    if (document.hidden) return;
    try {
      replicas = await request("GET", "/api/replicas");
    } catch ({ status: refused }) {
      if (refused === 404) replicas = [];
    }
    const seen = await Promise.all(replicas.map(look));
    show(replicas.map((replica, index) => [replica.name, { ...replica, seen: seen[index] }]));
    empty.hidden = replicas.length > 0;
    found(replicas.filter((_, index) => !seen[index].error));
  }
  const again = () => refresh().finally(() => setTimeout(again, EVERY));
  again();

  root.querySelector(".reload").addEventListener("click", async () => {
    try {
      const { revision } = await request("POST", "/api/currencies/reload");
      say(status, `The currencies are announced with revision ${revision}.`);
    } catch (error) {
      say(status, `The currencies were not read again: ${error.message}.`);
    }
    refresh();
  });
}
