// What is done to a run so that it shows a symptom.
import { setTimeout as pause } from 'node:timers/promises';
import { map } from 'rxjs';
import { createEngine } from '../../dist/exports/model.js';
import { mapAsync } from '../../dist/exports/streams.js';

/** Batches come so many milliseconds apart. */
export function slowly(milliseconds) {
  return {
    stages: {
      slow: mapAsync(async (batch) => {
        await pause(milliseconds);
        return batch;
      }),
    },
  };
}

/** Every so many batches one comes inverted, white on black to black on white. */
export function invertedEvery(count) {
  let batches = 0;
  return {
    stages: {
      inverted: (source) =>
        source.pipe(
          map((batch) => {
            batches++;
            return batches % count === 0 ? { ...batch, pixels: batch.pixels.map((pixel) => 255 - pixel) } : batch;
          }),
        ),
    },
  };
}

/** So many channels of the latent begin with a bias that no image gets over: a relu that never opens. */
export function withDeadChannels(count, layer, bias = -100) {
  return {
    engine: async (network, options) => {
      const engine = await createEngine({ network, engine: 'simd', ...options });
      const name = `${layer}.bias`;
      const weights = new Map(engine.weights());
      const { shape, data } = weights.get(name);
      weights.set(name, { shape, data: data.map((value, place) => (place < count ? bias : value)) });
      engine.setWeights(weights);
      return engine;
    },
  };
}

/** Another learning rate from a step on. */
export function rateFrom(step, value) {
  return { commands: [{ action: 'learningRate', value, step }] };
}

/** Images of two kinds in blocks, as in data that no one has shuffled: so many batches at full brightness, then as many darker. */
export function inBlocks(count, brightness) {
  let batches = 0;
  return {
    stages: {
      blocks: (source) =>
        source.pipe(
          map((batch) => {
            const dark = Math.floor(batches++ / count) % 2 === 1;
            return dark ? { ...batch, pixels: batch.pixels.map((pixel) => pixel * brightness) } : batch;
          }),
        ),
    },
  };
}
