import { firstValueFrom, identity, of } from 'rxjs';
import type { Batch } from '../../data/batch.js';
import type { EventBody } from '../../events/schema.js';
import { canReconstruct, type PartialEngine } from '../../model/engine.js';
import type { TrainOptions } from '../trainOptions.js';
import { firstImages, readSampleImages, sampleImages } from './sampleImages.js';

type SampleBody = Extract<EventBody, { type: 'sample' }>;

/** The same few images, shown again and again. */
export class Sampler {
  readonly #engine: PartialEngine;
  readonly #options: TrainOptions;
  #images: Batch | undefined;
  #sampledStep: number;

  constructor(engine: PartialEngine, options: TrainOptions) {
    const { position, sampleEvery = 500 } = options;
    this.#engine = engine;
    this.#options = options;
    // What a resumed training has been told before.
    this.#sampledStep = position?.resumed === true && engine.step % sampleEvery === 0 ? engine.step : -1;
  }

  /** There is something to show that was not shown yet. */
  get hasNews(): boolean {
    return this.#images !== undefined && this.#sampledStep !== this.#engine.step;
  }

  /** Chooses the images; those of the first batch where there is no other data, none where the engine cannot reconstruct. */
  async open(firstBatch: Batch): Promise<void> {
    // There would be nothing to show of them.
    if (!canReconstruct(this.#engine)) return;
    const { testData, sampleData = testData, prepare = identity } = this.#options;
    // A batch of the training has passed its operators already; images read here have not.
    this.#images =
      sampleData === undefined
        ? firstImages(firstBatch)
        : await firstValueFrom(of(await readSampleImages(sampleData)).pipe(prepare));
  }

  /** What the network makes of them now; nothing before they are chosen. */
  sample(): SampleBody | undefined {
    const body = this.look();
    if (body !== undefined) this.#sampledStep = this.#engine.step;
    return body;
  }

  /** The same beside the samples: it stays to be told. */
  look(): SampleBody | undefined {
    if (this.#images === undefined) return undefined;
    const { testData, sampleData = testData } = this.#options;
    return sampleImages(
      this.#engine,
      this.#images,
      sampleData !== undefined && sampleData === testData ? 'test' : 'train',
    );
  }
}
