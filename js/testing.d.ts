import type { Events, Report, Tracker } from "./omneo-interactions.js";

/** What is asked of Playwright's or Puppeteer's page. */
export interface Page {
  exposeFunction(name: string, heard: (...given: any[]) => unknown): Promise<unknown>;
  evaluate(script: any, given: any): Promise<any>;
  addInitScript?(script: any, given?: any): Promise<unknown>;
  evaluateOnNewDocument?(script: any, ...given: any[]): Promise<unknown>;
}

/** What is asked of Cypress. */
export interface Cy {
  on(event: "window:before:load", heard: (page: any) => void): unknown;
  wrap(subject: unknown, options?: any): any;
  window(options?: any): any;
}

export interface WatchOptions {
  /** The time at which every page's clock stands, for `Date` alone; the browser's own, where it is left out. Timers run as ever. */
  now?: Date | number | string;
  /** How long to wait for an event, in milliseconds: 5000. */
  timeout?: number;
}

/** An event of the tracker, by its name, as its listener hears it. `error` of `failed` is text. */
export type Told = { [E in keyof Events]: { event: E } & Events[E] };

/**
 * At least what is here: of an object, these members; of a text, also a regular expression; of anything, also a function that
 * says whether it is right.
 */
export type Like<T> =
  | T
  | ((value: T) => boolean)
  | (T extends string ? RegExp : never)
  | (T extends readonly (infer U)[] ? Like<U>[] : T extends object ? { [K in keyof T]?: Like<NonNullable<T[K]>> } : never);

type Waits = {
  /** Answers the first such event, of those that were and those to come. Rejects after `timeout`, with all that there was. */
  [E in keyof Events]: (like?: Like<Told[E]>, options?: { timeout?: number }) => Promise<Told[E]>;
};

export interface Watch extends Waits {
  /** What there was so far, on all pages that were open one after the other, in its order. */
  events(): Told[keyof Events][];
  events<E extends keyof Events>(event: E, like?: Like<Told[E]>): Told[E][];
  /** Sends what waits, and answers the report once all that came of it has been told. */
  flush(): Promise<Report>;
  /** Flushes, and rejects where there was such an event. */
  none<E extends keyof Events>(event: E, like?: Like<Told[E]>): Promise<void>;
  /** Moves the clock that `now` has stopped, on this page and on those to come. */
  advance(ms: number): Promise<void>;
  /** Forgets what there was. */
  clear(): void;
}

/** Listens to the tracker of whatever the page goes to from here on: the script tag's, or one that {@link expose} was given. */
export function watch(page: Page, options?: WatchOptions): Promise<Watch>;

/** As {@link Watch}, each as a command that answers a chain. */
export type CypressWatch = { [K in keyof Watch]: (...given: Parameters<Watch[K]>) => any };

/** For Cypress: begin with it in a test, or a `beforeEach`, ahead of `cy.visit`. */
export function cypress(cy: Cy, options?: WatchOptions): CypressWatch;

/** Makes a tracker that was imported, and not made by the script tag, known to {@link watch}. Call it in the page, in tests only. */
export function expose(tracker: Tracker): void;
