import { type Observable, tap } from 'rxjs';
import { type OptionNames, requireKnownOptions } from '../options.js';
import { connect } from '../streams/connect.js';
import type { Flow } from '../streams/flow.js';
import { fromSource } from '../streams/fromSource.js';
import { mapAsync } from '../streams/operators/mapAsync.js';
import type { Stage } from '../streams/stage.js';
import { withFlow } from '../streams/withFlow.js';
import { type Script, scriptedSource } from './scriptedSource.js';

export interface BoundOptions<T, R> {
  /** What goes in, one after the other; ten or more. */
  readonly items: readonly T[];
  /** @default that of `pipeline`: 4, or as many as the stage, and what consumes its outputs one by one, work on at once */
  readonly highWaterMark?: number;
  /** Source items that an output stands for; for `bufferCount(8)` the length of the array. @default () => 1 */
  readonly itemsIn?: (output: R) => number;
  /** Source items that the stage keeps on purpose beside the flow's bound; for `bufferCount(8)` seven. @default 0 */
  readonly keeps?: number;
  /** Milliseconds without progress that count as a stall. @default 2000 */
  readonly stallMs?: number;
}

const OPTIONS: OptionNames<BoundOptions<unknown, unknown>> = {
  items: true,
  highWaterMark: true,
  itemsIn: true,
  keeps: true,
  stallMs: true,
};

export interface BoundReport {
  /** Greatest number of source items that were given and not yet consumed. */
  readonly maxInFlight: number;
  /** Outputs of the run that completed. */
  readonly emitted: number;
  /** How often the source was opened, over all runs. */
  readonly opened: number;
  /** How often the source was closed, over all runs. */
  readonly closed: number;
}

/**
 * Runs a stage between a scripted source and a slow consumer three times: to the end, into a read that fails half way, and
 * into an unsubscribe during a read that hangs. A stage that drops items wants such items as pass.
 *
 * @throws Error when more items are in flight than `highWaterMark` outputs and `keeps` stand for, when nothing moves for
 * `stallMs`, or when the source, a resource that the stage owns, or a place in the flow is not given back
 *
 * @example
 * import { mapAsync } from 'millrace';
 * import { checkBound } from 'millrace/testing';
 *
 * const items = Array.from({ length: 10 }, (_, index) => index);
 * const report = await checkBound(mapAsync(async (item) => item * 2), { items });
 * console.log(report.emitted, report.maxInFlight <= 4, report.opened === report.closed); // 10 true true
 */
export async function checkBound<T, R>(stage: Stage<T, R>, options: BoundOptions<T, R>): Promise<BoundReport> {
  requireKnownOptions(options, OPTIONS);
  const middle = Math.floor(options.items.length / 2);
  const completed = await rehearse('complete', stage, options, {});
  const failed = await rehearse('error', stage, options, { failAt: middle });
  const left = await rehearse('unsubscribe', stage, options, { hangAt: middle });
  const reports = [completed, failed, left];
  return {
    maxInFlight: Math.max(...reports.map(({ maxInFlight }) => maxInFlight)),
    emitted: completed.emitted,
    opened: reports.reduce((sum, { opened }) => sum + opened, 0),
    closed: reports.reduce((sum, { closed }) => sum + closed, 0),
  };
}

type Ending = 'complete' | 'error' | 'unsubscribe';

async function rehearse<T, R>(
  ending: Ending,
  stage: Stage<T, R>,
  { items, highWaterMark, itemsIn = () => 1, keeps = 0, stallMs = 2000 }: BoundOptions<T, R>,
  script: Script,
): Promise<BoundReport> {
  const source = scriptedSource(items, { ...script, readMs: (index) => (index % 3 === 0 ? 1 : 0) });
  let flow!: Flow;
  let [consumed, emitted, maxInFlight, largest, bound] = [0, 0, 0, 1, 0];
  const count = tap<T>(() => {
    maxInFlight = Math.max(maxInFlight, source.pulled - consumed);
    bound = Math.max(bound, flow.highWaterMark);
  });
  const consumer = mapAsync(async (output: R) => {
    emitted += 1;
    largest = Math.max(largest, itemsIn(output));
    await wait(1);
    consumed += itemsIn(output);
  });
  const running = withFlow(highWaterMark === undefined ? {} : { highWaterMark }, (own) => {
    flow = own;
    const stages = [stage, consumer] as readonly Stage<never, unknown>[];
    return connect(fromSource(source, own).pipe(count), own, stages);
  });

  await until(ending, running, () => source.pulled + consumed, stallMs);

  const limit = bound * largest + keeps;
  if (maxInFlight > limit) throw new Error(`The bound is broken: ${maxInFlight} items in flight, ${limit} allowed.`);
  const released = await Promise.race([flow.closed.then(() => true), wait(stallMs)]);
  if (released !== true || source.closed !== source.opened)
    throw new Error(`After ${ending} something stays open: the source, or a resource that the stage owns.`);
  if (flow.inFlight > 0) throw new Error(`After ${ending} ${flow.inFlight} places in the flow are not given back.`);
  return { maxInFlight, emitted, opened: source.opened, closed: source.closed };
}

/** How long nothing must move in a pipeline whose source hangs, to be sure that what is held has been delivered. */
const QUIET_MS = 100;

function until(ending: Ending, running: Observable<unknown>, progress: () => number, stallMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let last = { progress: -1, at: 0 };
    const quiet = ending === 'unsubscribe' ? Math.min(QUIET_MS, stallMs) : stallMs;
    const watch = setInterval(() => {
      if (progress() !== last.progress) last = { progress: progress(), at: performance.now() };
      else if (performance.now() - last.at > quiet) {
        subscription.unsubscribe();
        if (ending === 'unsubscribe') resolve();
        else
          reject(new Error(`The pipeline stalls; the last thing seen was step ${last.progress} of items in and out.`));
      }
    }, 5);
    const subscription = running.subscribe({
      error: (error: unknown) => (ending === 'error' ? resolve() : reject(error)),
      complete: resolve,
    });
    subscription.add(() => clearInterval(watch));
  });
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
