import { proxy, ref } from "valtio/vanilla";

/** In React: `useSnapshot(prices)`. The data is replaced as a whole, so it stays as it is: `ref`. @param {import("statesync").RevisionSync<object>} sync */
export function topicProxy(sync) {
  const view = () => {
    const { data, ...rest } = sync.getSnapshot();
    return { ...rest, data: data && ref(data) };
  };
  const state = proxy(view());
  sync.subscribe(() => Object.assign(state, view()));
  return state;
}
