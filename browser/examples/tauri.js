import { createRevisionSync } from "statesync";

/**
 * The windows of a desktop application: events by `listen`, snapshots by `invoke`.
 *
 * @template T
 * @param {string} topic
 * @param {{ listen: (event: string, handler: (event: { payload: unknown }) => void) => Promise<() => void>,
 *   invoke: (command: string, args: object) => Promise<import("statesync").Snapshot<T>> }} tauri
 */
export function tauriSync(topic, { listen, invoke }) {
  return createRevisionSync({
    topic,
    subscriber: {
      subscribe: (_, handler) => listen("statesync:invalidation", ({ payload }) => handler.onInvalidation(payload)),
    },
    provider: { getSnapshot: () => invoke("get_snapshot", { topic }) },
  });
}
