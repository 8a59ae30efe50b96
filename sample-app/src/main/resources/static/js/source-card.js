import { say } from "./dom.js";
import { flagList } from "./flag-list.js";
import { burst, deleteFlag, putFlag } from "./flags.js";
import { count, short } from "./words.js";

const FIRST = ["dark-mode", "free-shipping", "new-checkout"];
const EDITS = 1_000;

/** Edits the truth. `sync` is this tab's own copy, over the connection that all tabs share. */
export function sourceCard(root, sync, beforeBurst) {
  const status = root.querySelector("[role=status]");
  const empty = root.querySelector(".empty");

  async function ask(what, work) {
    say(status, `${what} …`);
    try {
      const { revision } = await work();
      say(status, `${what}: revision ${short(revision)}.`);
    } catch (error) {
      status.classList.add("problem");
      return say(status, `${what}: ${error.message}.`);
    }
    status.classList.remove("problem");
  }

  const edit = (name, enabled) => ask(`${name} is ${enabled ? "on" : "off"}`, () => putFlag(name, enabled));
  const list = flagList(edit, (name) => ask(`${name} is deleted`, () => deleteFlag(name)));
  empty.before(list.element);

  root.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const { name } = event.target.elements;
    edit(name.value, true);
    event.target.reset();
  });
  empty.querySelector("button").addEventListener("click", () =>
    ask("Three flags are added", async () => {
      let last;
      for (const name of FIRST) last = await putFlag(name, name === FIRST[0]);
      return last;
    }),
  );
  const button = root.querySelector(".burst");
  button.addEventListener("click", async () => {
    beforeBurst();
    button.disabled = true;
    await ask(count(EDITS, "edit"), () => burst(EDITS));
    button.disabled = false;
    button.focus();
  });

  const show = () => {
    const { data } = sync.getSnapshot();
    list.show(data ?? {});
    empty.hidden = !data || Object.keys(data).length > 0;
  };
  sync.subscribe(show);
  show();
  return { edit };
}
