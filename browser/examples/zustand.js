import { createStore } from "zustand/vanilla";

/** In React: `useStore(prices, ({ data }) => data)`. @template T @param {import("statesync").RevisionSync<T>} sync */
export function topicStore(sync) {
  const store = createStore(() => sync.getSnapshot());
  sync.subscribe(() => store.setState(sync.getSnapshot(), true));
  return store;
}
