import { firstValueFrom } from 'rxjs';
import { expect, test } from 'vitest';
import { quantise } from '../../../src/inference/operators/quantise.js';
import { RangeTally } from '../../../src/inference/rangeTally.js';
import { uniform } from '../../../src/random.js';
import { pipeline } from '../../../src/streams/pipeline.js';

const random = uniform(3);
const latents = Float32Array.from({ length: 300 }, (_, at) => (at % 3 === 0 ? 5 : (at % 3) * (random() - 0.5)));
const tally = new RangeTally(3);
tally.add(latents.subarray(0, 150));
tally.add(latents.subarray(150));
const ranges = tally.result();
const quantised = (bits: number, values = latents) =>
  firstValueFrom(pipeline([{ latents: values, latentShape: [10, 10, 3] }], quantise({ bits, ranges })));

test.each([2, 4, 8, 16])('%d bits keep each latent to half a level of its channel', async (bits) => {
  const { codes, latents: rounded, quantisation } = await quantised(bits);
  expect(codes).toBeInstanceOf(bits <= 8 ? Uint8Array : Uint16Array);
  expect(Math.max(...codes)).toBe(2 ** bits - 1);
  for (const [at, value] of rounded.entries())
    expect(Math.abs(value - latents[at]!)).toBeLessThanOrEqual(quantisation.step[at % 3]! / 2 + 1e-6);
  expect(rounded[0]).toBe(5);
});

test('what lies outside of the range is brought to its ends', async () => {
  const { latents: rounded } = await quantised(8, Float32Array.of(5, 99, -99));
  expect([...rounded]).toEqual([5, expect.closeTo(ranges.maximum[1]!, 5), expect.closeTo(ranges.minimum[2]!, 5)]);
});

test('values that are not finite have no part in a range', () => {
  const tally = new RangeTally(2);
  tally.add(Float32Array.of(Number.NaN, 1, Number.POSITIVE_INFINITY, 2));
  expect(tally.result()).toEqual({ minimum: Float32Array.of(0, 1), maximum: Float32Array.of(0, 2) });
});

test.each([1, 17, 3.5])('%d bits are refused', (bits) => {
  expect(() => quantise({ bits, ranges })).toThrow('bits: expected a whole number from 2 to 16');
});
