import { identity } from 'rxjs';
import type { EvaluationEvent } from '../events/schema.js';
import type { Engine } from '../model/engine.js';
import { evaluateDataset } from './evaluateDataset.js';
import type { TrainOptions } from './trainOptions.js';

type EvaluationBody = Pick<EvaluationEvent, 'type' | 'testLoss' | 'items' | 'durationMs'>;

/** What the network loses on the test data, now. */
export class Evaluator {
  readonly #engine: Engine;
  readonly #options: Pick<TrainOptions, 'testData' | 'prepare'>;
  readonly #halt = new AbortController();

  constructor(engine: Engine, options: Pick<TrainOptions, 'testData' | 'prepare'>) {
    this.#engine = engine;
    this.#options = options;
  }

  /** Ends what is under way; from now on there is no result. */
  halt(): void {
    this.#halt.abort();
  }

  /** The event of it; `undefined` without test data, and where it was ended. */
  async evaluate(): Promise<EvaluationBody | undefined> {
    const { testData, prepare = identity } = this.#options;
    if (testData === undefined) return undefined;
    const start = performance.now();
    const loss = await evaluateDataset(this.#engine, testData, prepare, this.#halt.signal);
    if (loss === undefined) return undefined;
    return { type: 'evaluation', testLoss: loss, items: testData.items, durationMs: performance.now() - start };
  }
}
