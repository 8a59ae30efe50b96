import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

// The modules of the sample's page. A browser takes them as they are; Node.js 18 has to be told that they are modules.
const folder = mkdtempSync(join(tmpdir(), "statesync-page-"));
cpSync(fileURLToPath(new URL("../../sample-app/src/main/resources/static/js", import.meta.url)), folder, {
  recursive: true,
});
writeFileSync(join(folder, "package.json"), '{"type":"module"}');

export const page = (name) => import(pathToFileURL(join(folder, name)));
