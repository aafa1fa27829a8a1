import { firstValueFrom, type OperatorFunction, of } from 'rxjs';
import type { Batch } from '../data/batch.js';
import type { Dataset } from '../data/dataset.js';
import type { Engine } from '../model/engine.js';
import { yieldToEventLoop } from '../yieldToEventLoop.js';

/** Images the engine evaluates at a time: a few milliseconds for the slowest backend's network. */
const EVALUATION_BATCH = 20;
const SLICE_MS = 8;

/**
 * Mean squared error over a whole data set, mean over items. Yields to the event loop every 8 ms; gives up with `undefined`
 * when the signal aborts.
 */
export async function evaluateDataset(
  evaluate: Engine['evaluate'],
  dataset: Dataset,
  prepare: OperatorFunction<Batch, Batch>,
  signal: AbortSignal,
): Promise<number | undefined> {
  const opened = await dataset.batches({ size: EVALUATION_BATCH }).open(signal);
  try {
    let sum = 0;
    let items = 0;
    let sliceEnd = performance.now() + SLICE_MS;
    for (let next = await opened.next(); next.done !== true; next = await opened.next()) {
      if (signal.aborted) return undefined;
      const evaluated = evaluate(await firstValueFrom(of(next.value).pipe(prepare)));
      sum += evaluated.loss * evaluated.items;
      items += evaluated.items;
      if (performance.now() < sliceEnd) continue;
      await yieldToEventLoop();
      sliceEnd = performance.now() + SLICE_MS;
    }
    return signal.aborted ? undefined : sum / items;
  } finally {
    await opened.close();
  }
}
