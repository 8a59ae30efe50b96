import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { GlobalWindow } from "happy-dom";
import { createPinia, setActivePinia } from "pinia";
import { act, createElement } from "react";
import { get } from "svelte/store";
import { snapshot, subscribe } from "valtio/vanilla";
import { effectScope, nextTick, watchEffect } from "vue";
import { indexedDbPersistence } from "../examples/indexed-db.js";
import { localPersistence } from "../examples/local-storage.js";
import { defineTopicStore } from "../examples/pinia.js";
import { useTopic } from "../examples/react.js";
import { topicStore as svelteStore } from "../examples/svelte.js";
import { tauriSync } from "../examples/tauri.js";
import { topicProxy } from "../examples/valtio.js";
import { useTopic as useVueTopic } from "../examples/vue.js";
import { topicStore as zustandStore } from "../examples/zustand.js";
import { bench, started, TOPIC } from "./bench.js";
import { settle } from "./clock.js";

let renders = 0;

function Prices({ sync }) {
  renders++;
  const { data, state } = useTopic(sync);
  return createElement("p", null, `${data} (${state})`);
}

test("React: a component shows each snapshot, and renders for nothing else", async () => {
  const window = new GlobalWindow();
  const { document } = window;
  Object.assign(globalThis, { window, document, IS_REACT_ACT_ENVIRONMENT: true });
  globalThis.navigator ??= window.navigator;
  const { createRoot } = await import("react-dom/client");
  const { sync, subscriber, change } = await started();
  const root = createRoot(document.body);
  await act(() => root.render(createElement(Prices, { sync })));
  assert.equal(document.body.innerHTML, "<p>one (LIVE)</p>");
  await act(() => change(2, "two"));
  assert.equal(document.body.innerHTML, "<p>two (LIVE)</p>");
  const before = renders;
  await act(() => subscriber.deliver(1));
  assert.equal(renders, before);
  await act(() => root.unmount());
  await change(3, "three");
  assert.equal(renders, before);
  await window.happyDOM.close();
});

test("Svelte: a store, which is subscribed while somebody looks", async () => {
  const { sync, change } = await started();
  const store = svelteStore(sync);
  const seen = [];
  const end = store.subscribe(({ data }) => seen.push(data));
  await change(2, "two");
  end();
  await change(3, "three");
  assert.deepEqual([seen.at(0), seen.at(-1)], ["one", "two"]);
  assert.equal(get(store).data, "three");
});

test("Vue: a ref that effects follow, until their scope ends", async () => {
  const { sync, change } = await started();
  const seen = [];
  const scope = effectScope();
  scope.run(() => {
    const view = useVueTopic(sync);
    watchEffect(() => seen.push(view.value.data));
  });
  await change(2, "two");
  await nextTick();
  scope.stop();
  await change(3, "three");
  await nextTick();
  assert.deepEqual([seen.at(0), seen.at(-1)], ["one", "two"]);
});

test("Pinia: a store with the data", async () => {
  setActivePinia(createPinia());
  const { sync, change } = await started();
  const store = defineTopicStore("prices", sync)();
  assert.equal(store.data, "one");
  await change(2, "two");
  assert.equal(store.data, "two");
  assert.equal(store.state, "LIVE");
  await sync.stop();
  assert.equal(store.state, "STOPPED");
});

test("Zustand: a store whose state is the view", async () => {
  const { sync, change } = await started();
  const store = zustandStore(sync);
  const seen = [];
  store.subscribe(({ data }) => seen.push(data));
  await change(2, "two");
  assert.equal(store.getState(), sync.getSnapshot());
  assert.equal(seen.at(-1), "two");
});

test("Valtio: a proxy that follows the view", async () => {
  const { sync, change } = await started();
  await change(2, { tea: "3.20" });
  const state = topicProxy(sync);
  let told = 0;
  subscribe(state, () => told++);
  await change(3, { tea: "3.30" });
  await settle();
  assert.deepEqual(snapshot(state).data, { tea: "3.30" });
  assert.equal(snapshot(state).revision, "3");
  assert.ok(told > 0);
});

test("Tauri: listen and invoke are the two halves of a transport", async () => {
  const listeners = new Set();
  let answer = { revision: "1", data: { theme: "dark" } };
  const asked = [];
  const sync = tauriSync("settings", {
    async listen(event, handler) {
      assert.equal(event, "statesync:invalidation");
      listeners.add(handler);
      return () => listeners.delete(handler);
    },
    async invoke(command, args) {
      asked.push([command, args]);
      return answer;
    },
  });
  await sync.start();
  assert.equal(sync.getSnapshot().data.theme, "dark");
  answer = { revision: "2", data: { theme: "light" } };
  for (const listener of listeners) listener({ payload: { topic: "settings", revision: "2" } });
  await settle();
  assert.equal(sync.getSnapshot().data.theme, "light");
  assert.deepEqual(asked[0], ["get_snapshot", { topic: "settings" }]);
  await sync.stop();
  assert.equal(listeners.size, 0);
});

class Storage extends Map {
  getItem = (key) => this.get(key) ?? null;
  setItem = (key, value) => this.set(key, value);
}

for (const [name, persistence] of [
  ["localStorage", localPersistence],
  ["IndexedDB", indexedDbPersistence],
]) {
  test(`PX-10, PX-11: ${name} keeps the last snapshot, which is shown at the next visit, also without the source`, async () => {
    globalThis.localStorage = new Storage();
    const first = await started({ persistence: persistence() });
    await first.change(5, { tea: "3.20" });
    await settle(20);
    await first.sync.stop();

    const next = bench({ persistence: persistence() });
    next.provider.failure = new Error("away");
    next.subscriber.waiting = true;
    const starting = next.sync.start();
    await settle(20);
    assert.equal(next.state(), "STALE");
    assert.deepEqual(next.applier.received, [{ revision: "5", data: { tea: "3.20" } }]);
    next.subscriber.last.activate();
    await assert.rejects(starting, /away/);
    assert.deepEqual(next.sync.getSnapshot().data, { tea: "3.20" });
    next.subscriber.waiting = false;
    next.provider.failure = undefined;
    next.provider.answer(5);
    await next.sync.start();
    assert.equal(next.state(), "LIVE");
    assert.deepEqual(next.applier.revisions, ["5"]);
    await next.sync.stop();
  });
}

test("IndexedDB: what is older does not replace what is newer (PX-02)", async () => {
  const persistence = indexedDbPersistence("of two tabs");
  await persistence.save(TOPIC, { revision: "9", data: "nine" });
  await persistence.save(TOPIC, { revision: "10", data: "ten" });
  await persistence.save(TOPIC, { revision: "2", data: "two" });
  assert.deepEqual(await persistence.load(TOPIC), { revision: "10", data: "ten" });
});

test("PA-04, PA-16, PA-18: a store that fails or holds nonsense is reported, and the sync lives", async () => {
  const { phases, sync } = await started({
    persistence: {
      load: () => ({ revision: "01", data: 1 }),
      save() {
        throw new Error("full");
      },
    },
  });
  await settle();
  assert.deepEqual(phases().sort(), ["load", "save"]);
  assert.equal(sync.getSnapshot().state, "LIVE");
});
