import { useSyncExternalStore } from "react";

/** @template T @param {import("statesync").RevisionSync<T>} sync */
export function useTopic(sync) {
  return useSyncExternalStore(sync.subscribe, sync.getSnapshot);
}
