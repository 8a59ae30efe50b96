import { request } from "./api.js";
import { say } from "./dom.js";
import { count } from "./words.js";

/** How the source treats transactions, to see what a replica makes of that. */
export function stockBackend(root) {
  const report = root.querySelector(".report");

  function show({ mode, received, applied, repeated }) {
    for (const choice of root.querySelectorAll("[name=mode]")) choice.checked = choice.value === mode;
    say(
      report,
      `The source received ${count(received, "request")}, applied ${applied}, and answered ${repeated} again.`,
    );
  }

  root.addEventListener("change", async ({ target }) => {
    try {
      show(await request("PUT", "/api/stock/backend", { mode: target.value, delayMillis: 3_000 }));
    } catch (error) {
      say(report, `The source did not take it: ${error.message}.`);
    }
  });
  return async () => show(await request("GET", "/api/stock/backend"));
}
