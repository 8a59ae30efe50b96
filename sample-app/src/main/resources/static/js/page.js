import { connect } from "/statesync/statesync.js";
import { ages } from "./ages.js";
import { createAnnouncements } from "./announcements.js";
import { costs } from "./costs.js";
import { propagation } from "./propagation.js";
import { showReplicas } from "./replicas.js";
import { sourceCard } from "./source-card.js";
import { sourceState } from "./source-state.js";
import { steps } from "./steps.js";
import { showStock } from "./stock.js";
import { timeline } from "./timeline.js";
import { openWindows } from "./windows.js";

const TOPIC = "feature-flags";
const FRAME = 500;

const part = (id) => document.getElementById(id);

// this tab's own copy; the windows below are replicas beside it
const copy = connect("/statesync/").topic(TOPIC);
const card = sourceCard(part("source"), copy, () => windows.zero());
const windows = openWindows(part("windows"), {
  topic: TOPIC,
  announcements: createAnnouncements(),
  edit: card.edit,
});
part("costs")
  .querySelector("button")
  .addEventListener("click", () => {
    windows.zero();
    draw();
  });

const caption = (id) => part(id).querySelector(".figures");
const drawings = [
  timeline(part("timeline").querySelector("svg")),
  steps(part("timeline").querySelector("ol")),
  costs(part("costs").querySelector("svg"), caption("costs")),
  propagation(part("propagation").querySelector("svg"), caption("propagation")),
  ages(part("ages").querySelector("svg"), caption("ages")),
];
const showState = sourceState(part("source-state"), copy);
const hold = document.querySelector("[name=hold]");

function draw() {
  const now = Date.now();
  showState();
  for (const window of windows.all()) window.tick();
  if (hold.checked) return;
  for (const drawing of drawings) drawing(windows.all(), now);
}

setInterval(() => {
  if (!document.hidden) draw();
}, FRAME);
draw();

showReplicas(part("replicas"), showStock(part("stock")));
document.body.dataset.ready = "true";
