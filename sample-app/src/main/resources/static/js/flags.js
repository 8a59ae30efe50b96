import { request } from "./api.js";

const path = (name) => `/api/feature-flags/${encodeURIComponent(name)}`;

/** Edits go to the source, the only place of the truth; the answer is the revision with which they are seen. */
export const putFlag = (name, enabled) => request("PUT", path(name), { enabled });

export const deleteFlag = (name) => request("DELETE", path(name));

/** Each edit is on the disk of the source before the next one: a slow disk may take its time. */
export const burst = (edits) => request("POST", "/api/feature-flags/burst", { edits }, 60_000);
