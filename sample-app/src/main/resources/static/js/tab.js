import { connect } from "/statesync/statesync.js";
import { say } from "./dom.js";
import { flagList } from "./flag-list.js";
import { putFlag } from "./flags.js";
import "./theme.js";

// as every tab of an application would: connect() shares one web socket among all tabs of this origin
const flags = connect("/statesync/").topic("feature-flags");
const root = document.querySelector("main");
const state = root.querySelector(".state");
const note = root.querySelector("[role=status]");
const list = flagList((name, enabled) =>
  putFlag(name, enabled).then(
    () => say(note, ""),
    ({ message }) => say(note, message),
  ),
);
note.before(list.element);

function show() {
  const view = flags.getSnapshot();
  say(state, view.state);
  state.dataset.state = view.state;
  say(root.querySelector(".revision"), view.revision ?? "none yet");
  root.dataset.revision = view.revision ?? "";
  list.show(view.data ?? {});
}
flags.subscribe(show);
show();
