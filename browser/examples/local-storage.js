/** @returns {import("statesync").Persistence} */
export const localPersistence = (prefix = "statesync:") => ({
  load: (topic) => JSON.parse(localStorage.getItem(prefix + topic) ?? "null"),
  save: (topic, { revision, data }) => localStorage.setItem(prefix + topic, JSON.stringify({ revision, data })),
});
