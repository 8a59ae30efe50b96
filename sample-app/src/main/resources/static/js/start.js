import { request } from "./api.js";
import "./theme.js";

// A replica serves these files, too, but not the module: it exposes nothing.
import("./page.js").catch(async (error) => {
  console.error(error);
  const explanation = document.getElementById("no-source");
  explanation.hidden = false;
  document.getElementById("live").hidden = true;
  const source = new URL(location.href);
  source.port = "8080";
  explanation.querySelector("a").href = source.origin;
  explanation.querySelector("a").textContent = source.origin;
  const copy = await request("GET", "/api/feature-flags").catch(({ message }) => message);
  explanation.querySelector("pre").textContent = JSON.stringify(copy, null, 2);
});
