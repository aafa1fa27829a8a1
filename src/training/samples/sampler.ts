import { firstValueFrom, identity, of } from 'rxjs';
import type { Batch } from '../../data/batch.js';
import type { EventBody } from '../../events/schema.js';
import { canReconstruct, type PartialEngine } from '../../model/engine.js';
import type { TrainOptions } from '../trainOptions.js';
import { firstOf, readProbes, sampleOf } from './sampleImages.js';

/** The same few images, shown again and again. */
export class Sampler {
  readonly #engine: PartialEngine;
  readonly #options: TrainOptions;
  #probes: Batch | undefined;
  #sampledStep: number;

  constructor(engine: PartialEngine, options: TrainOptions) {
    const { place, sampleEvery = 500 } = options;
    this.#engine = engine;
    this.#options = options;
    // What a resumed training has been told before.
    this.#sampledStep = place?.resumed === true && engine.step % sampleEvery === 0 ? engine.step : -1;
  }

  /** There is something to show that was not shown yet. */
  get hasNews(): boolean {
    return this.#probes !== undefined && this.#sampledStep !== this.#engine.step;
  }

  /** Chooses the images; those of the first batch where there is no other data, none where the engine cannot reconstruct. */
  async open(firstBatch: Batch): Promise<void> {
    // There would be nothing to show of them.
    if (!canReconstruct(this.#engine)) return;
    const { testData, sampleData = testData, prepare = identity } = this.#options;
    // A batch of the training has passed its operators already; images read here have not.
    this.#probes =
      sampleData === undefined
        ? firstOf(firstBatch)
        : await firstValueFrom(of(await readProbes(sampleData)).pipe(prepare));
  }

  /** What the network makes of them now; nothing before they are chosen. */
  sample(): EventBody | undefined {
    if (this.#probes === undefined) return undefined;
    const { testData, sampleData = testData } = this.#options;
    this.#sampledStep = this.#engine.step;
    return sampleOf(this.#engine, this.#probes, sampleData !== undefined && sampleData === testData ? 'test' : 'train');
  }
}
