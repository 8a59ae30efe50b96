// Compiled, not run: what a page written in TypeScript sees.
import { connect, createRevisionSync, restProvider, revisionProbe, type SyncState, stompSubscriber } from "statesync";

interface Prices {
  tea: string;
}

const prices = connect().topic<Prices>("prices", { onError: ({ phase, error }) => console.warn(phase, error) });
const tea: string | undefined = prices.getSnapshot().data?.tea;
const state: SyncState = prices.getSnapshot().state;
const age: number | undefined = prices.status().age;
const end: () => void = prices.subscribe(() => {});

const provider = restProvider<Prices>("/statesync");
const sync = createRevisionSync({
  topic: "prices",
  subscriber: stompSubscriber("/statesync/ws"),
  provider,
  probe: revisionProbe(provider),
  applier: { apply: ({ data }) => console.log(data.tea) },
  catchUp: false,
});
const revision: string = await sync.await("7");

// @ts-expect-error a revision is a text
sync.await(7);
// @ts-expect-error the view is not the page's to change
prices.getSnapshot().data = { tea: "0" };

export { age, end, revision, state, tea };
