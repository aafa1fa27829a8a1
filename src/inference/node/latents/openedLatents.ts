import { ModelError } from '../../../errors.js';
import { formatShape, type LayerShape } from '../../../model/layers/definition/layerShape.js';
import type { LatentBatch } from '../../latentBatch.js';

/** Latents that can be read once, in their order. */
export interface OpenedLatents {
  /** Names them in errors. */
  readonly path: string;
  /** How many there are, where that is known. */
  readonly items?: number;
  /** The digest of the decoder that they are for, where they say it. */
  readonly decoder?: string;
  /** @param size how many images a batch is of */
  batches(size: number): AsyncIterable<LatentBatch>;
}

/** Latents that a decoder does not take. */
export function foreignLatents(path: string, latentShape: LayerShape, actual: string): ModelError {
  const size = latentShape.reduce((product, side) => product * side, 1);
  const values = latentShape.length === 1 ? '' : `, ${size} values`;
  return new ModelError({
    code: 'MODEL_LATENTS',
    path,
    expected: `latents of ${formatShape(latentShape)}${values}, as this decoder takes them`,
    actual,
    advice: 'Decode them with the model that they were made with (--model).',
  });
}
