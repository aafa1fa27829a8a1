// Symptoms of a run that is well, of which a test makes one worse.
import type { Symptoms } from '../../../src/dashboard/diagnosis/symptoms.js';
import type { FilmFrame } from '../../../src/dashboard/film/filmFrame.js';
import { addToTrend, emptyTrend, type Trend } from '../../../src/dashboard/history/trend.js';

export const well: Symptoms = {
  run: undefined,
  trend: emptyTrend,
  learningRate: 0.001,
  epochs: [],
  tested: true,
  samples: [],
  stats: [],
};

/** The run of a network whose encoder ends with a layer of that type. */
export function runWith(type: string): NonNullable<Symptoms['run']> {
  return {
    type: 'run',
    architecture: {
      name: 'any',
      input: [1, 1, 1],
      encoder: [{ type: 'flatten' }, { type }],
      decoder: [{ type: 'dense' }],
    },
  } as unknown as NonNullable<Symptoms['run']>;
}

export function trendOf(losses: readonly number[]): Trend {
  return addToTrend(
    emptyTrend,
    losses.map((loss, index) => ({ step: index + 1, loss })),
  );
}

/** A sample of one pixel an image: what each is, what comes out, and its latent. */
export function frameOf(
  step: number,
  images: readonly (readonly [input: number, output: number, latent?: readonly number[]])[],
): FilmFrame {
  return {
    split: 'test',
    number: 1,
    epoch: 1,
    step,
    elapsedMs: 0,
    shape: [1, 1, 1],
    latentShape: [images[0]?.[2]?.length ?? 1],
    loss: undefined,
    filters: undefined,
    images: images.map(([input, output, latent], index) => ({
      index,
      label: undefined,
      loss: ((input - output) / 255) ** 2,
      input: Uint8Array.of(input),
      target: undefined,
      reconstruction: Uint8Array.of(output),
      latent: latent && { low: 0, high: 255, values: Uint8Array.from(latent) },
    })),
  };
}
