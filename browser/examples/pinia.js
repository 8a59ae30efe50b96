import { defineStore } from "pinia";
import { computed, onScopeDispose, shallowRef } from "vue";

/** `usePrices = defineTopicStore("prices", sync)`. @template T @param {string} id @param {import("statesync").RevisionSync<T>} sync */
export const defineTopicStore = (id, sync) =>
  defineStore(id, () => {
    const view = shallowRef(sync.getSnapshot());
    onScopeDispose(
      sync.subscribe(() => {
        view.value = sync.getSnapshot();
      }),
    );
    return { view, data: computed(() => view.value.data), state: computed(() => view.value.state) };
  });
