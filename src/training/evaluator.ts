import { identity } from 'rxjs';
import type { EvaluationEvent, EventBody } from '../events/schema.js';
import type { PartialEngine } from '../model/engine.js';
import { evaluateDataset } from './evaluateDataset.js';
import type { TrainOptions } from './trainOptions.js';

type EvaluationBody = Pick<EvaluationEvent, 'type' | 'testLoss' | 'items' | 'durationMs'>;
type MetricBody = Extract<EventBody, { type: 'metric' }>;

/** The test loss, beside one that is no squared error that, and what else the engine measures. */
export interface Evaluated {
  readonly evaluation: EvaluationBody;
  readonly metrics: readonly MetricBody[];
}

/** What the network loses on the test data, now. */
export class Evaluator {
  readonly #engine: PartialEngine;
  readonly #options: Pick<TrainOptions, 'testData' | 'prepare'>;
  readonly #halt = new AbortController();

  constructor(engine: PartialEngine, options: Pick<TrainOptions, 'testData' | 'prepare'>) {
    this.#engine = engine;
    this.#options = options;
  }

  /** Ends what is under way; from now on there is no result. */
  halt(): void {
    this.#halt.abort();
  }

  /** There are test data, and the engine can tell its loss on them. */
  get canEvaluate(): boolean {
    return this.#options.testData !== undefined && this.#engine.evaluate !== undefined;
  }

  /** The events of it; `undefined` where that cannot be told, and where it was ended. */
  async evaluate(): Promise<Evaluated | undefined> {
    const { testData, prepare = identity } = this.#options;
    const { evaluate } = this.#engine;
    if (testData === undefined || evaluate === undefined) return undefined;
    const start = performance.now();
    const evaluated = await evaluateDataset(
      (batch) => evaluate.call(this.#engine, batch),
      testData,
      prepare,
      this.#halt.signal,
    );
    if (evaluated === undefined) return undefined;
    const { loss, meanSquaredError, metrics = {} } = evaluated;
    const measured = { ...(meanSquaredError !== undefined && { mse: meanSquaredError }), ...metrics };
    const durationMs = performance.now() - start;
    return {
      evaluation: { type: 'evaluation', testLoss: loss, items: testData.items, durationMs },
      metrics: Object.entries(measured).map(([name, value]) => ({ type: 'metric', name, value, split: 'test' })),
    };
  }
}
