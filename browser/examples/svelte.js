import { readable } from "svelte/store";

/** `const prices = topicStore(sync)`, then `$prices.data` in a component. @template T @param {import("statesync").RevisionSync<T>} sync */
export function topicStore(sync) {
  return readable(sync.getSnapshot(), (set) => {
    const update = () => set(sync.getSnapshot());
    update();
    return sync.subscribe(update);
  });
}
