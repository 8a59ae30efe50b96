import { say } from "./dom.js";
import { duration } from "./words.js";

/** Says at the top of the page whether the source answers, by the copy of this tab. */
export function sourceState(root, sync) {
  let since;
  return () => {
    const { state, connected, revision } = sync.getSnapshot();
    const fine = connected && state === "LIVE";
    if (fine) since = undefined;
    else since ??= Date.now();
    root.dataset.state = fine ? "LIVE" : "STALE";
    if (fine) say(root, "The source answers.");
    else if (revision === undefined) say(root, "Waiting for the source.");
    else if (Date.now() - since > 1_000) {
      say(
        root,
        `The source has been away for ${duration(Math.floor((Date.now() - since) / 1000) * 1000)}. All windows keep what they had and say STALE; edits have to wait until it is back.`,
      );
    }
  };
}
