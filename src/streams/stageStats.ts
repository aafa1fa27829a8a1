import type { Batch } from '../data/batch.js';
import type { StatsEvent } from '../events/schema.js';
import { type OptionNames, requireKnownOptions } from '../options.js';

/** A stage's entry in the `stats` event. */
export type StageSnapshot = StatsEvent['stages'][number];

export interface StageStatsOptions {
  /** The clock, in milliseconds, monotonic. @default performance.now */
  readonly now?: () => number;
}

const OPTIONS: OptionNames<StageStatsOptions> = { now: true };

/** What keeps a stage occupied, from the outermost to the innermost. */
type Activity = 'subscription' | 'holding' | 'call' | 'delivery';

/**
 * What a stage has done and where its time went; `tapStats` counts, the `stats` event carries it.
 *
 * From subscription to end all time is one of three: `waitingMs` for upstream, `busyMs` inside the stage or while it holds
 * items in the flow, `blockedMs` inside what comes downstream. The slow stage is the one that is busy; where all wait, it
 * is the source. `items` and `bytes` are what came in: images for batches, otherwise values. `dropped` are those that a
 * stage which hands on what it gets, such as `filter`, did not hand on, and those that a stage says it left out (`throttleLatest`,
 * `mapAsync` with `onError: 'skip'`) or a push source had no room for.
 *
 * @example
 * const even = new StageStats('even');
 * await lastValueFrom(pipeline([1, 2, 3], tapStats(even, filter((value) => value % 2 === 0))));
 * console.log(even.snapshot().dropped); // 2
 */
export class StageStats {
  readonly name: string;
  readonly #now: () => number;
  readonly #active: Record<Activity, number> = { subscription: 0, holding: 0, call: 0, delivery: 0 };
  readonly #spent = { waiting: 0, busy: 0, blocked: 0 };
  #since = 0;
  #items = 0;
  #bytes = 0;
  #outputs = 0;
  #current: unknown;
  #handsOn = false;
  #withoutOutput = 0;
  #dropped = 0;
  #saysDrops = false;

  constructor(name: string, options: StageStatsOptions = {}) {
    requireKnownOptions(options, OPTIONS);
    this.name = name;
    this.#now = options.now ?? (() => performance.now());
  }

  snapshot(): StageSnapshot {
    this.#account();
    return {
      name: this.name,
      items: this.#items,
      bytes: this.#bytes,
      busyMs: tenths(this.#spent.busy),
      waitingMs: tenths(this.#spent.waiting),
      blockedMs: tenths(this.#spent.blocked),
      dropped: this.#dropped + (this.#handsOn && !this.#saysDrops ? this.#withoutOutput : 0),
    };
  }

  /** Begins an activity; the returned function ends it, once. */
  begin(activity: Activity): () => void {
    this.#account();
    this.#active[activity] += 1;
    let going = true;
    return () => {
      if (!going) return;
      going = false;
      this.#account();
      this.#active[activity] -= 1;
    };
  }

  during(activity: Activity, work: () => void): void {
    const end = this.begin(activity);
    try {
      work();
    } finally {
      end();
    }
  }

  /** Counts an item that goes in. */
  receive(value: unknown, work: () => void): void {
    const { items, bytes } = sizeOf(value);
    const [outputs, holding] = [this.#outputs, this.#active.holding];
    this.#items += items;
    this.#bytes += bytes;
    this.#current = value;
    this.during('call', work);
    if (this.#outputs === outputs && this.#active.holding === holding) this.#withoutOutput += items;
  }

  /** For one that says itself what it leaves out, in images or values: the returned function counts it, and nothing is guessed any more. */
  drops(): (items: number) => void {
    this.#saysDrops = true;
    return (items) => {
      this.#dropped += items;
    };
  }

  /** Counts an item that comes out. */
  deliver(value: unknown, work: () => void): void {
    this.#outputs += 1;
    if (this.#active.call > 0 && value === this.#current) this.#handsOn = true;
    this.during('delivery', work);
  }

  #account(): void {
    const now = this.#now();
    const { subscription, holding, call, delivery } = this.#active;
    if (delivery > 0) this.#spent.blocked += now - this.#since;
    else if (call > 0 || holding > 0) this.#spent.busy += now - this.#since;
    else if (subscription > 0) this.#spent.waiting += now - this.#since;
    this.#since = now;
  }
}

/** What a value counts for. */
export function sizeOf(value: unknown): { readonly items: number; readonly bytes: number } {
  if (!isBatch(value)) return { items: 1, bytes: 0 };
  const { length, pixels, target } = value;
  return { items: length, bytes: pixels.byteLength + (target === undefined ? 0 : target.byteLength) };
}

function isBatch(value: unknown): value is Batch {
  return typeof value === 'object' && value !== null && 'pixels' in value && 'indices' in value;
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
