import { onScopeDispose, readonly, shallowRef } from "vue";

/** In `setup`, or in any effect scope. @template T @param {import("statesync").RevisionSync<T>} sync */
export function useTopic(sync) {
  const view = shallowRef(sync.getSnapshot());
  onScopeDispose(
    sync.subscribe(() => {
      view.value = sync.getSnapshot();
    }),
  );
  return readonly(view);
}
