// Names of options that do not exist, wherever the library takes options.
import { describe, expect, test } from 'vitest';
import { OptionError } from '../src/errors.js';
import {
  addNoise,
  createEngine,
  memoryDataset,
  metric,
  rebatch,
  run,
  shuffleBuffer,
  train,
  withRunEvents,
} from '../src/exports/index.js';
import { fakeEngine } from '../src/exports/testing.js';
import { requireKnownOptions, wrongChoice } from '../src/options.js';

/** Calls a function as JavaScript does. */
// biome-ignore lint/suspicious/noExplicitAny: what the types would refuse is the point
const anyway = (call: (given: any) => unknown, given: unknown) => async () => call(given);

describe('an option that does not exist', () => {
  test.each<readonly [string, () => Promise<unknown>, RegExp]>([
    [
      'run',
      anyway((options) => run(options), { loss: 'bce' }),
      /^there is no option "loss"\. Did you mean lossEvery\?$/,
    ],
    [
      'run, far off',
      anyway((options) => run(options), { q: 1 }),
      /no option "q"\. Leave it out, or take one of name, data,/,
    ],
    ['run beside', anyway((options) => run({}, options), { comands: 1 }), /Did you mean commands\?/],
    ['train', anyway((options) => train(fakeEngine(), options), { sampelEvery: 3 }), /Did you mean sampleEvery\?/],
    ['withRunEvents', anyway(withRunEvents, { epoch: 3 }), /Did you mean epochs\?/],
    ['createEngine', anyway(createEngine, { thread: 3 }), /Did you mean threads\?/],
    ['memoryDataset', anyway(memoryDataset, { pixel: [] }), /Did you mean pixels\?/],
    [
      'batches',
      anyway((options) => memoryDataset({ shape: [1, 1, 1], pixels: new Uint8Array(1) }).batches(options), {
        batchSize: 2,
      }),
      /"batchSize"\. Leave it out, or take one of size,/,
    ],
    ['addNoise', anyway(addNoise, { faktor: 1, seed: 1 }), /Did you mean factor\?/],
    ['shuffleBuffer', anyway(shuffleBuffer, { sise: 3, seed: 1 }), /Did you mean size\?/],
    ['rebatch', anyway((options) => rebatch(3, options), { droplast: true }), /Did you mean dropLast\?/],
    ['metric', anyway((options) => metric('psnr', 1, options), { units: 'dB' }), /Did you mean unit\?/],
  ])('of %s is refused, with the one that was probably meant', async (_, call, sentence) => {
    const error = await call().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(OptionError);
    expect((error as Error).message).toMatch(sentence);
  });

  test('is passed over where it is undefined, as an object that is spread leaves it', () => {
    expect(() => requireKnownOptions({ size: 3, seed: undefined } as { size: number }, { size: true })).not.toThrow();
  });

  test('cannot be one of every object', () => {
    expect(() => requireKnownOptions({ toString: 1 } as never, { size: true } as never)).toThrow(
      /no option "toString"/,
    );
  });
});

test.each([undefined, null, 3])('%j are no options', (options) => {
  const call = (): unknown => addNoise(options as never);
  expect(call).toThrow(/^options: expected an object of options/);
});

test('a choice that there is none of is told with the nearest', () => {
  const { message } = wrongChoice('engine', 'sim', ['simd', 'tfjs']);
  expect(message).toBe('engine: expected one of simd, tfjs, found "sim". Did you mean simd?');
});
