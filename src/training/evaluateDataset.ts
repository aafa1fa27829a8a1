import { firstValueFrom, type OperatorFunction, of } from 'rxjs';
import type { Batch } from '../data/batch.js';
import type { Dataset } from '../data/dataset.js';
import type { BatchLoss, Engine } from '../model/engine.js';
import { yieldToEventLoop } from '../yieldToEventLoop.js';

/** Images the engine evaluates at a time: a few milliseconds for the slowest backend's network. */
const EVALUATION_BATCH = 20;
const SLICE_MS = 8;

/**
 * What the network loses on a whole data set, mean over items. Yields to the event loop every 8 ms; gives up with `undefined`
 * when the signal aborts.
 */
export async function evaluateDataset(
  evaluate: Engine['evaluate'],
  dataset: Dataset,
  prepare: OperatorFunction<Batch, Batch>,
  signal: AbortSignal,
): Promise<Omit<BatchLoss, 'items'> | undefined> {
  const opened = await dataset.batches({ size: EVALUATION_BATCH }).open(signal);
  try {
    let sum = 0;
    let squares = 0;
    const sums = new Map<string, number>();
    let items = 0;
    let sliceEnd = performance.now() + SLICE_MS;
    for (let next = await opened.next(); next.done !== true; next = await opened.next()) {
      if (signal.aborted) return undefined;
      const evaluated = evaluate(await firstValueFrom(of(next.value).pipe(prepare)));
      sum += evaluated.loss * evaluated.items;
      squares += (evaluated.meanSquaredError ?? Number.NaN) * evaluated.items;
      for (const [name, value] of Object.entries(evaluated.metrics ?? {}))
        sums.set(name, (sums.get(name) ?? 0) + value * evaluated.items);
      items += evaluated.items;
      if (performance.now() < sliceEnd) continue;
      await yieldToEventLoop();
      sliceEnd = performance.now() + SLICE_MS;
    }
    if (signal.aborted) return undefined;
    return {
      loss: sum / items,
      ...(!Number.isNaN(squares) && { meanSquaredError: squares / items }),
      ...(sums.size > 0 && { metrics: Object.fromEntries([...sums].map(([name, total]) => [name, total / items])) }),
    };
  } finally {
    await opened.close();
  }
}
