import { compareRevisions } from "statesync";

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** For snapshots that are too large for `localStorage`; of two tabs the newer one wins. @returns {import("statesync").Persistence} */
export function indexedDbPersistence(name = "statesync") {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("snapshots");
  const open = done(opening);
  open.catch(() => {});

  /** @param {IDBTransactionMode} mode */
  const store = async (mode) => (await open).transaction("snapshots", mode).objectStore("snapshots");

  return {
    load: async (topic) => done((await store("readonly")).get(topic)),
    async save(topic, { revision, data }) {
      const snapshots = await store("readwrite");
      const saved = await done(snapshots.get(topic));
      if (!saved || compareRevisions(revision, saved.revision) > 0)
        await done(snapshots.put({ revision, data }, topic));
    },
  };
}
