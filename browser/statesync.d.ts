/**
 * StateSync in the browser: a page's copy of a topic, kept the same as its source.
 *
 * An event says that a topic may be newer, a snapshot is the only source of data, a revision orders them.
 *
 * ```js
 * import { connect } from "/statesync/statesync.js";
 *
 * const prices = connect().topic("prices");
 * prices.subscribe(() => console.log(prices.getSnapshot().data));
 * ```
 */

/** A topic's place in its history: unsigned 64 bit, as a decimal text without leading zeros. A number would lose digits. */
export type Revision = string;

/** What a source says of a topic at one revision. */
export interface Snapshot<T = unknown> {
  readonly revision: Revision;
  readonly data: T;
}

/** Says that a topic may be newer; carries no state. Fields that are not listed are ignored. */
export interface InvalidationEvent {
  readonly topic: string;
  readonly revision: Revision;
  readonly sourceId?: unknown;
  readonly timestampMs?: unknown;
}

/**
 * - `STARTING`: no data yet
 * - `LIVE`: data, connected, found current since the last (re)connect, not behind for longer than `fetchTimeout`
 * - `STALE`: data otherwise; it stays readable
 * - `FAILED`: the last start failed
 * - `STOPPED`: stopped; the data stays readable
 */
export type SyncState = "STARTING" | "LIVE" | "STALE" | "FAILED" | "STOPPED";

/** What there is to show. Frozen, and the same object until something in it changes. */
export interface View<T> {
  readonly state: SyncState;
  /** Of the data; undefined without data. */
  readonly revision: Revision | undefined;
  /** What was applied last, as the provider gave it. Do not change it. */
  readonly data: T | undefined;
  /** Whether a newer revision was heard of. */
  readonly behind: boolean;
  /** Whether events can be heard. */
  readonly connected: boolean;
  /** What went wrong last; undefined once a fetch has succeeded again. */
  readonly error: unknown;
}

export interface Status<T> extends View<T> {
  /** The newest revision that was heard of. */
  readonly announced: Revision;
  /** How many fetches or applies have failed, or brought too little, since the last good one. */
  readonly failures: number;
  /** Milliseconds since the data was last found current; undefined if it never was. */
  readonly age: number | undefined;
}

/** What a transport tells. None of it throws. */
export interface InvalidationHandler {
  /** An event, or whatever came in its place: it is checked by the sync. */
  onInvalidation(event: unknown): void;
  onConnectionLost(cause: Error): void;
  /** Events may have been missed: leads to one fetch. */
  onConnectionRestored(): void;
}

/** Brings events. */
export interface InvalidationSubscriber {
  /**
   * Resolves with its end once events can be heard. The signal is aborted when nobody waits any more; a subscription that
   * becomes active after that is ended at once. A transport that reconnects subscribes again by itself, and says so.
   */
  subscribe(
    topic: string,
    handler: InvalidationHandler,
    options: { signal: AbortSignal },
  ): Promise<() => void> | (() => void);
}

/** What a provider answers if the source is at exactly the revision that is known. */
export const NOT_MODIFIED: unique symbol;

/** Reads snapshots. */
export interface SnapshotProvider<T> {
  /**
   * Reads the truth once; never twice at a time unless a former call was given up, which its signal says.
   *
   * @param question `known` is what is applied; undefined: answer with a snapshot in any case
   */
  getSnapshot(question: {
    topic: string;
    known: Revision | undefined;
    signal: AbortSignal;
  }): Promise<Snapshot<T> | typeof NOT_MODIFIED>;
}

/** Puts a snapshot where the page wants it. */
export interface SnapshotApplier<T> {
  /** One at a time, in the order of revisions. What it throws is tried again; the revision counts once it has succeeded. */
  apply(snapshot: Snapshot<T>): void | Promise<void>;
}

/** Keeps the last snapshot for the next visit. What it throws is reported (`load`, `save`) and harms nothing. */
export interface Persistence {
  load(topic: string): unknown;
  save(topic: string, snapshot: Snapshot): unknown;
}

/** Reads the current revisions of topics. What the caller may not read is missing in the answer. */
export interface RevisionReader {
  current(topics: string[], options?: { signal?: AbortSignal }): Promise<Record<string, Revision>>;
}

/** Asks a source for the revisions of all its topics, in one request. */
export interface RevisionProbe {
  readonly interval: number;
  /** Asks now, besides the regular rhythm. */
  ask(): Promise<void>;
  /** Begins to ask for a topic; undefined: the source did not answer for it. Returns the end. */
  add(topic: string, probed: (revision: Revision | undefined) => void): () => void;
}

/** - `load` and `save` are those of the persistence */
export type SyncPhase = "subscribe" | "invalidation" | "getSnapshot" | "protocol" | "apply" | "load" | "save";

export interface SyncErrorContext {
  phase: SyncPhase;
  topic: string;
  error: unknown;
  localRevision: Revision;
  /** The event that was malformed, or that `shouldRefresh` failed on. */
  sourceEvent?: unknown;
  /** The announced revision that was dropped, because the source never confirmed it. */
  eventRevision?: Revision;
  attempt?: number;
  willRetry?: boolean;
  /** Milliseconds. */
  nextDelay?: number;
}

/** Exponential, full jitter; milliseconds. */
export interface Backoff {
  initial: number;
  max: number;
}

/** The only source of time: milliseconds that never go back. */
export interface Scheduler {
  now(): number;
  /** Returns how to cancel it. */
  schedule(task: () => void, delay: number): () => void;
}

/** What tests replace. */
export interface Seams {
  scheduler?: Scheduler;
  /** As `Math.random`. */
  random?: () => number;
}

export interface SyncTuning<T> extends Seams {
  applier?: SnapshotApplier<T>;
  persistence?: Persistence;
  /** Whether an event that is newer is worth a fetch. */
  shouldRefresh?: (event: InvalidationEvent) => boolean;
  /** Hears of each failure once. */
  onError?: (context: SyncErrorContext) => void;
  /** When to fetch again after a failure; 200 ms to 30 s. `false`: the next event, probe or refresh does it. */
  catchUp?: Backoff | false;
  /** Events lead to one fetch in this time at the most; 0 ms. */
  throttle?: number;
  /** After how long a fetch is given up, and a topic that stays behind is stale; 30,000 ms. */
  fetchTimeout?: number;
}

export interface SyncOptions<T> extends SyncTuning<T> {
  topic: string;
  subscriber: InvalidationSubscriber;
  provider: SnapshotProvider<T>;
  /** With one, the first fetch does not wait for the subscription, and events that are lost are made good. */
  probe?: RevisionProbe;
}

/** Keeps one topic the same as its source. All functions can be passed on without the object. */
export interface RevisionSync<T> {
  readonly topic: string;
  /**
   * Subscribes, then fetches. Rejects if either fails; then everything is as before. After a success it does nothing,
   * after a stop it starts again.
   */
  start(): Promise<void>;
  /** Nothing is applied any more; resolves when an apply that was running has ended. Do not await it inside the applier. */
  stop(): Promise<void>;
  /** Resolves with the local revision after a fetch that began after this call. */
  refresh(): Promise<Revision>;
  /** Takes a snapshot that came another way, such as the answer to a write, if it is newer. */
  offer(snapshot: Snapshot<T>): Promise<Revision>;
  /** Read your writes: resolves when this revision or a newer one is applied. */
  await(revision: Revision): Promise<Revision>;
  /** The next snapshot passes whatever its revision: for a source that went back. */
  reset(): Promise<Revision>;
  /** `"0"` without data. */
  localRevision(): Revision;
  status(): Status<T>;
  /** The view; the same object until something in it changes. */
  getSnapshot(): View<T>;
  /** Calls the listener after each change of the view. Returns the end. */
  subscribe(listener: () => void): () => void;
}

/** The engine, for any transport. Throws a `TypeError` if the topic is none. */
export function createRevisionSync<T = unknown>(options: SyncOptions<T>): RevisionSync<T>;

/** Asks every interval (30,000 ms), give or take 20 %. */
export function revisionProbe(reader: RevisionReader, options?: Seams & { interval?: number }): RevisionProbe;

export interface StompOptions extends Seams {
  /** How often signs of life are sent and expected; 5,000 ms. 0: never. */
  heartbeat?: number;
  /** 100 ms to 10 s. */
  reconnect?: Backoff;
  WebSocket?: { new (url: string, protocol: string): WebSocket };
}

/** Events over STOMP 1.2: one connection for all topics. The address may be relative, and begin with http or ws. */
export function stompSubscriber(url: string | URL, options?: StompOptions): InvalidationSubscriber;

export interface RestOptions {
  /** What each request is to be sent with, such as an `Authorization`. */
  request?: (url: string) => RequestInit | Promise<RequestInit>;
  fetch?: typeof fetch;
}

/** Snapshots and revisions over HTTP, for all topics below this address. */
export function restProvider<T = never>(
  baseUrl: string | URL,
  options?: RestOptions,
): SnapshotProvider<T> & RevisionReader & { readonly base: string };

export interface TabOptions {
  locks?: Pick<LockManager, "request">;
  Channel?: { new (name: string): Pick<BroadcastChannel, "postMessage" | "onmessage" | "close"> };
}

/**
 * One connection for all tabs of this origin that use the same name. One tab leads; when it is closed or crashes, another
 * one takes over. Without Web Locks or BroadcastChannel: the subscriber itself.
 */
export function shareAmongTabs(
  subscriber: InvalidationSubscriber,
  name: string,
  options?: TabOptions,
): InvalidationSubscriber & { close?(): void };

export interface Connection {
  /** The sync of a topic, started in the background and again until it succeeds; always the same one for the same topic. */
  topic<T = unknown>(topic: string, options?: SyncTuning<T>): RevisionSync<T>;
  /** Stops all of it. */
  close(): Promise<void>;
}

export interface ConnectOptions extends StompOptions, RestOptions, TabOptions, Omit<SyncTuning<unknown>, "applier"> {
  /** How often all topics are asked for, 30,000 ms. */
  interval?: number;
}

/** STOMP, HTTP, the probe and the sharing among tabs, for a source at this address; by default where this module is from. */
export function connect(baseUrl?: string | URL, options?: ConnectOptions): Connection;

/** Of two revisions: negative if the first is older, positive if it is newer. */
export function compareRevisions(a: Revision, b: Revision): number;

export function isRevision(value: unknown): value is Revision;

/** A topic as it is written in addresses: `feature.flags` is `feature~2eflags`. */
export function encodeTopic(topic: string): string;

/** What came is against the protocol. */
export class ProtocolError extends Error {}

/** A request was refused. */
export class HttpError extends Error {
  readonly status: number;
  /** Milliseconds, if the source said when to come again. */
  readonly retryAfter: number | undefined;
}
