import fc from 'fast-check';
import { concatMap, delay, lastValueFrom, map, merge, type Observable, pipe, share, tap, timer, toArray } from 'rxjs';
import { expect, test } from 'vitest';
import type { Batch } from '../../src/data/batch.js';
import { FlowOverrunError } from '../../src/errors.js';
import { batchesOf, type Script, type ScriptedSource, scriptedSource } from '../../src/exports/testing.js';
import { connect } from '../../src/streams/connect.js';
import type { Flow } from '../../src/streams/flow.js';
import { fromSource } from '../../src/streams/fromSource.js';
import { mapAsync } from '../../src/streams/operators/mapAsync.js';
import { pipeline } from '../../src/streams/pipeline.js';
import type { Stage } from '../../src/streams/stage.js';
import { withFlow } from '../../src/streams/withFlow.js';
import { applyEqual, chain, type Link } from './chains.js';

const numbers = Array.from({ length: 20 }, (_, index) => index);

test('emits what the last stage emits', async () => {
  const running = pipeline(
    scriptedSource(numbers),
    map((value) => value + 1),
    mapAsync(async (value) => `${value}`),
  );
  await expect(lastValueFrom(running.pipe(toArray()))).resolves.toEqual(numbers.map((value) => `${value + 1}`));
});

test('opens nothing before it is subscribed to, and anew for each subscription', async () => {
  const source = scriptedSource(numbers);
  const running = pipeline(source, map(String));
  expect(source.opened).toBe(0);
  await Promise.all([lastValueFrom(running), lastValueFrom(running)]);
  expect(source).toMatchObject({ pulled: 40, opened: 2, closed: 2 });
});

test('holds four items at most', async () => {
  const source = scriptedSource(numbers);
  const subscription = pipeline(
    source,
    mapAsync(() => new Promise(() => {})),
  ).subscribe();
  await new Promise((resolve) => setTimeout(resolve, 2));
  expect(source.pulled).toBe(4);
  subscription.unsubscribe();
});

function delayed<T>(source: Observable<T>): Observable<T> {
  return source.pipe(delay(1));
}

const anonymous: Stage<number, number>[] = [concatMap((value) => timer(1).pipe(map(() => value)))];

test.each<[string, Stage<number, number>, string]>([
  ['an operator of rxjs by its place', anonymous[0]!, 'stage 2'],
  ['a function by its name', delayed, 'stage 2 (delayed)'],
  [
    'a composition by the name that rxjs gives it',
    pipe(
      delay<number>(1),
      map((value) => value),
    ),
    'stage 2 (piped)',
  ],
])('names %s when it emits asynchronously', async (_, stage, name) => {
  const running = lastValueFrom(
    pipeline(
      scriptedSource(numbers),
      map((value) => value),
      stage,
      mapAsync(async (value) => value),
    ),
  );
  await expect(running).rejects.toThrow(FlowOverrunError);
  await expect(running).rejects.toMatchObject({ code: 'FLOW_OVERRUN', stage: name });
  await expect(running).rejects.toThrow(
    `${name} emits asynchronously, where the pipeline's bound cannot see what it holds. ` +
      'Use mapAsync for asynchronous work, or wrap a one-to-one operator such as delay in through.',
  );
});

test('lets an operator of one’s own pass that wraps one with a flow', async () => {
  const own: Stage<number, number> = (source, flow) =>
    mapAsync(async (value: number) => value * 2)(source.pipe(map((value) => value + 1)), flow);
  await expect(lastValueFrom(pipeline(scriptedSource(numbers), own))).resolves.toBe(40);
});

test('a shared stream opens its source once, whoever subscribes in later stages', async () => {
  const source = scriptedSource(numbers);
  const both = (shared: Observable<number>) => merge(shared, shared.pipe(map((value) => -value)));
  const running = pipeline(source, share(), both, toArray());
  await expect(lastValueFrom(running)).resolves.toEqual(numbers.flatMap((value) => [value, -value]));
  expect(source).toMatchObject({ pulled: 20, opened: 1, closed: 1 });
});

/** Images: what the flow lets in, at the largest size of a batch on its way, and what stages collect on purpose. */
function boundOf(links: readonly Link[], batchSize: number, highWaterMark: number): number {
  const largest = Math.max(batchSize, ...links.map((link) => link.batchSize ?? 0));
  return links.reduce((sum, { collects = 0 }) => sum + collects, highWaterMark * largest);
}

/** A chain in a flow, with an account of every image that the source has given and no one has consumed or dropped. */
class Trial {
  readonly source: ScriptedSource<Batch>;
  readonly running: Observable<Batch>;
  flow!: Flow;
  maxInFlight = 0;
  readonly #copies = new Map<string, number>();

  constructor(batches: readonly Batch[], links: readonly Link[], highWaterMark: number, script: Script) {
    this.source = scriptedSource(batches, script);
    this.running = withFlow({ highWaterMark }, (flow) => {
      this.flow = flow;
      const stages = links.map(({ stage }) => stage(this.#count)) as Stage<never, unknown>[];
      const given = fromSource(this.source, flow).pipe(tap((batch) => this.#count(batch, 1)));
      const taken = connect(given, flow, stages) as Observable<Batch>;
      return taken.pipe(tap((batch) => this.#count(batch, -1)));
    });
  }

  #count = ({ epoch, indices }: Batch, copies: number): void => {
    for (const index of indices) {
      const image = `${epoch}/${index}`;
      const left = (this.#copies.get(image) ?? 0) + copies;
      if (left > 0) this.#copies.set(image, left);
      else this.#copies.delete(image);
    }
    this.maxInFlight = Math.max(this.maxInFlight, this.#copies.size);
  };

  async expectReleased(): Promise<void> {
    await this.flow.closed;
    expect(this.source.closed).toBe(this.source.opened);
    expect(this.flow.inFlight).toBe(0);
    expect(this.flow.signal.aborted).toBe(true);
  }
}

const sizes = fc.integer({ min: 1, max: 5 });
const highWaterMarks = fc.integer({ min: 1, max: 6 });
const scripts = fc.record({
  openMs: fc.nat(1),
  closeMs: fc.nat(1),
  readMs: fc
    .array(fc.nat(1), { minLength: 1, maxLength: 4 })
    .map((waits) => (index: number) => waits[index % waits.length]!),
});
const twoEpochs = (size: number): Batch[] => [...batchesOf(10, size), ...batchesOf(10, size, { epoch: 2 })];

/** A pipeline that has not ended after this long is stuck. */
const stuck = { timeout: 5000, numRuns: 60 };

test('any chain gives what its operators give without waiting, stays within the bound and closes everything', async () => {
  const property = fc.asyncProperty(chain, sizes, highWaterMarks, scripts, async (links, size, least, script) => {
    const highWaterMark = Math.max(least, ...links.map(({ concurrency = 1 }) => concurrency));
    const trial = new Trial(twoEpochs(size), links, highWaterMark, script);
    const results = await lastValueFrom(trial.running.pipe(toArray()));
    expect(results).toEqual(applyEqual(twoEpochs(size), links));
    expect(trial.maxInFlight).toBeLessThanOrEqual(boundOf(links, size, highWaterMark));
    await trial.expectReleased();
  });
  await fc.assert(property, stuck);
});

test('any chain passes the source’s error on and closes everything', async () => {
  const property = fc.asyncProperty(chain, sizes, fc.nat(3), scripts, async (links, size, failAt, script) => {
    const trial = new Trial(twoEpochs(size), links, 6, { ...script, failAt, error: 'torn' });
    const ending = await lastValueFrom(trial.running, { defaultValue: 'empty' }).catch((error: unknown) => error);
    if (!links.some(({ name }) => name.startsWith('take'))) expect(ending).toBe('torn');
    await trial.expectReleased();
  });
  await fc.assert(property, stuck);
});

test('any chain can be left at any moment, also during a pending open or read, and closes everything', async () => {
  const hanging = fc.option(fc.nat(6), { nil: -1 });
  const moments = fc.nat(40);
  const property = fc.asyncProperty(chain, scripts, hanging, moments, async (links, script, hangAt, moment) => {
    const trial = new Trial(twoEpochs(2), links, 6, { ...script, hangAt });
    let emitted = 0;
    const subscription = trial.running.subscribe(() => emitted++);
    for (let turn = 0; turn < moment; turn++) await new Promise((resolve) => setImmediate(resolve));
    subscription.unsubscribe();
    const [pulled, seen] = [trial.source.pulled, emitted];
    await trial.expectReleased();
    await new Promise((resolve) => setTimeout(resolve, 2));
    expect([trial.source.pulled, emitted]).toEqual([pulled, seen]);
  });
  await fc.assert(property, stuck);
});
