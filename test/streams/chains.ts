// Random chains of stages for property tests, each with its synchronous equal and what it may hold.
import fc from 'fast-check';
import {
  asapScheduler,
  delay,
  filter,
  from,
  identity,
  map,
  mergeMap,
  type OperatorFunction,
  observeOn,
  of,
  pipe,
  scan,
  take,
} from 'rxjs';
import type { Batch } from '../../src/data/batch.js';
import { addNoise } from '../../src/streams/operators/addNoise.js';
import { mapAsync } from '../../src/streams/operators/mapAsync.js';
import { rebatch } from '../../src/streams/operators/rebatch.js';
import { shuffleBuffer } from '../../src/streams/operators/shuffleBuffer.js';
import { tapStats } from '../../src/streams/operators/tapStats.js';
import { through } from '../../src/streams/operators/through.js';
import type { Stage } from '../../src/streams/stage.js';
import { StageStats } from '../../src/streams/stageStats.js';

/** Told by stages that make copies of a batch, or drop it. */
export type Count = (batch: Batch, copies: number) => void;

export interface Link {
  readonly name: string;
  readonly stage: (count: Count) => Stage<Batch, Batch>;
  /** The same without a flow and without waiting. */
  readonly equal: OperatorFunction<Batch, Batch>;
  /** Images in a batch that comes out, where the stage changes that. */
  readonly batchSize?: number;
  /** Batches that it works on at once: no lower bound will do. */
  readonly concurrency?: number;
  /** Images that it collects on purpose. */
  readonly collects?: number;
}

/** Images in a batch, at most, anywhere in a chain. */
export const LARGEST_BATCH = 9;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function turns(count: number): Promise<void> {
  for (let at = 0; at < count; at++) await turn();
}

function synchronous(name: string, equal: OperatorFunction<Batch, Batch>): Link {
  return { name, stage: () => equal, equal };
}

const plain = fc.constantFrom(
  synchronous(
    'map',
    map((batch) => ({ ...batch })),
  ),
  synchronous(
    'scan',
    scan((_, batch) => batch),
  ),
  synchronous('addNoise', addNoise({ seed: 1 })),
  synchronous(
    'pipe',
    pipe(
      identity,
      map((batch: Batch) => batch),
    ),
  ),
);

const dropping = fc.integer({ min: 2, max: 4 }).map((every): Link => {
  const keeps = (batch: Batch): boolean => batch.index % every !== 0;
  const drop = (count: Count) => (batch: Batch) => {
    if (!keeps(batch)) count(batch, -1);
    return keeps(batch);
  };
  return { name: `filter ${every}`, stage: (count) => filter(drop(count)), equal: filter(keeps) };
});

const taking = fc
  .integer({ min: 1, max: 12 })
  .map((batches): Link => ({ ...synchronous(`take ${batches}`, take(batches)) }));

const expanding = fc.integer({ min: 2, max: 3 }).map((copies): Link => {
  const copy = (batch: Batch): Batch[] => Array(copies).fill(batch);
  return {
    name: `mergeMap ${copies}`,
    stage: (count) =>
      mergeMap((batch) => {
        count(batch, copies - 1);
        return from(copy(batch));
      }),
    equal: mergeMap(copy),
  };
});

const regrouping = fc
  .integer({ min: 1, max: LARGEST_BATCH })
  .map((size): Link => ({ ...synchronous(`rebatch ${size}`, rebatch(size)), batchSize: size, collects: size - 1 }));

const shuffling = fc.integer({ min: 1, max: 15 }).map(
  (size): Link => ({
    name: `shuffleBuffer ${size}`,
    stage: () => shuffleBuffer({ size, seed: 1 }),
    equal: shuffleBuffer({ size, seed: 1 }),
    // Two buffers where epochs meet, and the batch that is being put together from each.
    collects: 2 * size + 2 * LARGEST_BATCH,
  }),
);

const working = fc
  .record({ concurrency: fc.integer({ min: 1, max: 6 }), waits: fc.array(fc.nat(4), { minLength: 1, maxLength: 5 }) })
  .map(({ concurrency, waits }): Link => {
    const work = mapAsync(
      async (batch: Batch) => {
        await turns(waits[batch.index % waits.length]!);
        return batch;
      },
      { concurrency },
    );
    return { name: `mapAsync ${concurrency} [${waits}]`, stage: () => work, equal: identity, concurrency };
  });

const waiting = fc.constantFrom<Link>(
  { name: 'through delay', stage: () => through(delay(1)), equal: identity },
  { name: 'through observeOn', stage: () => through(observeOn(asapScheduler)), equal: identity },
  {
    name: 'tapStats through',
    stage: () => tapStats(new StageStats('delayed'), through(delay(1))),
    equal: identity,
  },
);

const link = fc.oneof(plain, dropping, taking, expanding, regrouping, shuffling, working, working, waiting);

/** A chain prints as the names of its links. */
export const chain: fc.Arbitrary<readonly Link[]> = fc
  .array(link, { maxLength: 5 })
  .map((links) => Object.assign(links, { toString: () => links.map(({ name }) => name).join(' | ') }));

export function applyEqual(batches: readonly Batch[], links: readonly Link[]): Batch[] {
  const results: Batch[] = [];
  links.reduce((source, { equal }) => equal(source), of(...batches)).subscribe((batch) => results.push(batch));
  return results;
}
