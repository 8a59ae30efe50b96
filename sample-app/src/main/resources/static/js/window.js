import { h, say } from "./dom.js";
import { createFaults } from "./faults.js";
import { flagList } from "./flag-list.js";
import { createJournal } from "./journal.js";
import { openReplica } from "./replica.js";
import { count, duration } from "./words.js";

const SWITCHES = [
  ["drop", "Drop events", "Events get lost on their way. The probe finds out."],
  ["disconnect", "Disconnect", "Neither web socket nor HTTP."],
  ["delay", "Delay 1 s", "Events and answers take a second longer."],
  [
    "duplicate",
    "Duplicate",
    "Each event comes a second time, a second later. Its revision is known: nothing is fetched.",
  ],
];

/** Why the window shows what it shows, in a sentence. */
export function explain({ state, connected, behind, error }, faults) {
  if (faults.has("disconnect")) return "Cut off by its switch. It keeps what it had, and says so.";
  if (state === "STARTING")
    return error ? "No data yet. It keeps asking the source." : "Asking for the first snapshot.";
  if (state === "FAILED") return "The start failed. It tries again.";
  if (!connected) return "The source does not answer. It keeps what it had, and tries again.";
  if (behind) return "Heard of a newer revision, and fetches it.";
  if (faults.has("drop")) return "Hears nothing. The probe asks for the revision, and finds what is missing.";
  return state === "LIVE" ? "The same as the source." : "Not confirmed yet.";
}

function fact(list, name) {
  const value = h("dd");
  list.append(h("div", {}, h("dt", {}, name), value));
  return (text) => say(value, text);
}

function switchesOf(id, faults, changed) {
  const group = h("fieldset", { class: "faults" }, h("legend", {}, "Its link"));
  for (const [name, label, title] of SWITCHES) {
    const box = h("input", {
      type: "checkbox",
      name: `${name}-${id}`,
      onchange: () => {
        faults.set(name, box.checked);
        changed();
      },
    });
    group.append(h("label", { title }, box, label));
  }
  return group;
}

/** A window: a replica, what it shows, and what may be done to its link. */
export function openWindow(id, { topic, announcements, tuning, edit, close }) {
  const faults = createFaults();
  const journal = createJournal();
  let replica = openReplica({ topic, faults, journal, announcements, ...tuning });

  const title = h("h3", { id: `window-${id}` }, h("span", { class: "badge" }, id), ` Window ${id}`);
  const state = h("span", { class: "state" });
  const note = h("p", { class: "note" });
  const facts = h("dl", { class: "facts" });
  const show = { revision: fact(facts, "Revision"), age: fact(facts, "Found current"), counts: fact(facts, "Cost") };
  const flags = flagList((name, enabled) => {
    if (faults.has("disconnect")) say(note, "Cut off: the edit cannot reach the source either.");
    else edit(name, enabled);
  });
  const closing = { class: "quiet", "aria-label": `Close window ${id}`, title: `Close window ${id}` };
  const element = h(
    "article",
    { class: "window", "data-window": id, "aria-labelledby": `window-${id}` },
    h("header", {}, title, state, h("button", { type: "button", ...closing, onclick: close }, "×")),
    flags.element,
    note,
    facts,
    switchesOf(id, faults, () => draw()),
  );

  function draw() {
    const view = replica.sync.getSnapshot();
    say(state, view.state);
    state.dataset.state = view.state;
    element.dataset.revision = view.revision ?? "";
    say(note, explain(view, faults));
    show.revision(view.revision ?? "none yet");
    flags.show(view.data ?? {});
    tick();
  }

  function tick() {
    const { age } = replica.sync.status();
    show.age(age === undefined ? "not yet" : `${duration(age)} ago`);
    show.counts(`${count(journal.total("event"), "event")}, ${count(journal.total("fetch"), "fetch", "fetches")}`);
  }

  let unsubscribe = replica.sync.subscribe(draw);
  draw();
  return {
    id,
    element,
    journal,
    tick,
    age: () => replica.sync.status().age,
    close() {
      unsubscribe();
      return replica.close();
    },
    /** With another tuning: begins anew, as a page that is loaded again. */
    reopen(newTuning) {
      unsubscribe();
      replica.close();
      replica = openReplica({ topic, faults, journal, announcements, ...newTuning });
      unsubscribe = replica.sync.subscribe(draw);
      draw();
    },
  };
}
