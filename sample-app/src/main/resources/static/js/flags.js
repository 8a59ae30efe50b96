import { request } from "./api.js";

const path = (name) => `/api/feature-flags/${encodeURIComponent(name)}`;

/** Edits go to the source, the only place of the truth; the answer is the revision with which they are seen. */
export const putFlag = (name, enabled) => request("PUT", path(name), { enabled });

export const deleteFlag = (name) => request("DELETE", path(name));

export const burst = (edits) => request("POST", "/api/feature-flags/burst", { edits });
