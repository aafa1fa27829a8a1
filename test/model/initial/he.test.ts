import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { he } from '../../../src/model/initial/he.js';
import { mayLoseLatents } from '../../../src/model/initial/mayLoseLatents.js';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { PRESETS, preset } from '../../../src/model/presets/presets.js';

const presetOf = (name: string) => checkArchitecture(preset(name, [28, 28, 1]));

/** Mean square of a tensor's values, which are around 0. */
function variance(name: string, of: string): number {
  const squares = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((seed) =>
    [...he(presetOf(of), seed).get(name)!.data].map((value) => value ** 2),
  );
  return squares.reduce((sum, square) => sum + square, 0) / squares.length;
}

test.each([
  ['denoise', 'encoder.2.weight', 2 / (32 * 9)],
  ['denoise', 'decoder.3.weight', 1 / (32 * 9)],
  // A value is the sum over one window where windows do not overlap, and over (3 / 2)² of them on average where they do.
  ['transpose', 'decoder.0.weight', 2 / 4],
  ['transpose', 'decoder.1.weight', 1 / 16],
  ['denoise', 'decoder.0.weight', 2 / (8 * 2.25)],
])('%s: %s has the variance gain / fan in', (network, name, expected) => {
  expect(variance(name, network) / expected).toBeGreaterThan(0.85);
  expect(variance(name, network) / expected).toBeLessThan(1.15);
});

test('biases are 0.1 before a relu, 2 before the latents, 0 before the sigmoid', () => {
  const tensors = he(presetOf('denoise'), 1);
  expect(tensors.get('encoder.2.bias')!.data).toEqual(new Float32Array(16).fill(0.1));
  expect(tensors.get('encoder.4.bias')!.data).toEqual(new Float32Array(8).fill(2));
  expect(tensors.get('decoder.3.bias')!.data).toEqual(new Float32Array(1));
});

const flat: Architecture = {
  name: 'flat',
  input: [4, 4, 2],
  encoder: [{ type: 'flatten' }, { type: 'dense', units: 6, activation: 'relu' }],
  decoder: [
    { type: 'dense', units: 48, activation: 'relu' },
    { type: 'reshape', targetShape: [4, 4, 3] },
    { type: 'conv2d', filters: 2, kernelSize: 3, padding: 'same', activation: 'sigmoid' },
  ],
};
const ending = (activation: 'sigmoid' | 'linear' | 'relu') =>
  checkArchitecture({ ...flat, decoder: [...flat.decoder.slice(0, 2), { ...flat.decoder[2], activation } as never] });

describe('where latents may die', () => {
  // What a unet's latents do alone, nobody can ask.
  const endangered = PRESETS.map(presetOf).filter(mayLoseLatents);
  test.each([...endangered, checkArchitecture(flat)])(
    '$architecture.name: more of any latent is darker',
    async (network) => {
      const [height = 1, width = 1, channels = 1] =
        network.latentShape.length === 3 ? network.latentShape : [1, 1, ...network.latentShape];
      const brightness: number[] = [];
      for (const seed of [1, 2, 3, 4, 5]) {
        const engine = await createEngine({ network, seed, threads: 1 });
        const mean = (add: (channel: number) => number) => {
          const latents = Float32Array.from({ length: height * width * channels }, (_, at) => 1 + add(at % channels));
          const output = engine.decode(latents);
          return output.reduce((sum, value) => sum + value, 0) / output.length;
        };
        const before = mean(() => 0);
        for (let channel = 0; channel < channels; channel++)
          brightness.push(mean((other) => (other === channel ? 0.5 : 0)) - before);
        engine.dispose();
      }
      // Relus leave some paths out, so that a few of the signs are others.
      expect(brightness.filter((change) => change < 0).length).toBeGreaterThan(0.8 * brightness.length);
    },
  );
});

test.each(['linear', 'relu'] as const)(
  'one that ends in %s, which begins with black, is left as it is',
  (activation) => {
    const tensors = he(ending(activation), 1);
    expect(tensors.get('encoder.1.bias')!.data).toEqual(new Float32Array(6).fill(0.1));
    const weights = (network: ReturnType<typeof ending>) => he(network, 1).get('decoder.0.weight')!.data;
    expect(weights(ending(activation))).not.toEqual(weights(ending('sigmoid')));
    expect(weights(ending(activation)).map(Math.abs)).toEqual(weights(ending('sigmoid')).map(Math.abs));
  },
);
