import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ArchitectureError, type ArchitectureErrorCode } from '../../src/errors.js';
import type { Architecture } from '../../src/model/architecture.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import type { Layer } from '../../src/model/layers/layers.js';
import { preset } from '../../src/model/presets/presets.js';

const transpose = preset('transpose', [28, 28, 1]);
const withEncoder = (...encoder: unknown[]): unknown => ({ ...transpose, encoder });
const convolution = { type: 'conv2d', filters: 4, kernelSize: 3 };

describe('a network that passes', () => {
  const dense: Architecture = {
    name: 'dense',
    input: [4, 6, 3],
    encoder: [{ type: 'flatten' }, { type: 'dense', units: 5, activation: 'tanh' }],
    decoder: [
      { type: 'dense', units: 72 },
      { type: 'reshape', targetShape: [4, 6, 3] },
    ],
  };

  test('counts what is trained of a normalization, and has its running statistics beside that', () => {
    const normalized = checkArchitecture({ ...dense, encoder: [{ type: 'batchNormalization' }, ...dense.encoder] });
    expect(normalized.parameters).toBe(checkArchitecture(dense).parameters + 6);
    expect(normalized.encoder[0]).toMatchObject({ inputShape: [4, 6, 3], outputShape: [4, 6, 3] });
    expect(
      normalized.encoder[0]!.weights.map(({ name, shape, isStatistic = false }) => [name, shape, isStatistic]),
    ).toEqual([
      ['encoder.0.weight', [3], false],
      ['encoder.0.bias', [3], false],
      ['encoder.0.running_mean', [3], true],
      ['encoder.0.running_var', [3], true],
    ]);
  });

  test('is given back as it was', () => {
    expect(checkArchitecture(JSON.parse(JSON.stringify(dense))).architecture).toEqual(dense);
  });

  test('has the shapes of skip connections: those of their input, with the channels or units that are put behind', () => {
    const { encoder, decoder } = checkArchitecture({
      ...dense,
      encoder: [
        { type: 'conv2d', filters: 2, kernelSize: 1 },
        { type: 'conv2d', filters: 2, kernelSize: 1 },
        { type: 'add', from: 'encoder.0' },
        { type: 'conv2d', filters: 5, kernelSize: 1 },
        { type: 'concatenate', from: 'encoder.1' },
        ...dense.encoder,
        { type: 'concatenate', from: 'encoder.6' },
      ],
      decoder: [{ type: 'add', from: 'encoder.7' }, ...dense.decoder],
    });
    expect([...encoder, ...decoder].map(({ outputShape }) => outputShape.join('×'))).toEqual([
      '4×6×2',
      '4×6×2',
      '4×6×2',
      '4×6×5',
      '4×6×7',
      '168',
      '5',
      '10',
      '10',
      '72',
      '4×6×3',
    ]);
  });

  test('has the shapes of all layers and of the latent', () => {
    const { encoder, decoder, latentShape } = checkArchitecture(dense);
    expect(
      [...encoder, ...decoder].map(({ name, inputShape, outputShape }) => [name, inputShape, outputShape]),
    ).toEqual([
      ['encoder.0', [4, 6, 3], [72]],
      ['encoder.1', [72], [5]],
      ['decoder.0', [5], [72]],
      ['decoder.1', [72], [4, 6, 3]],
    ]);
    expect(latentShape).toEqual([5]);
  });

  test("has PyTorch's weight layouts and fan-in", () => {
    const specs = checkArchitecture({
      name: 'all',
      input: [8, 8, 3],
      encoder: [{ ...convolution, filters: 5, padding: 'same' }],
      decoder: [
        { type: 'conv2dTranspose', filters: 7, kernelSize: 2, strides: 2 },
        { type: 'maxPooling2d', poolSize: 2 },
        { type: 'flatten' },
        { type: 'dense', units: 192 },
        { type: 'reshape', targetShape: [8, 8, 3] },
      ],
    });
    expect([...specs.encoder, ...specs.decoder].flatMap(({ weights }) => weights)).toEqual([
      { name: 'encoder.0.weight', shape: [5, 3, 3, 3] },
      { name: 'encoder.0.bias', shape: [5] },
      { name: 'decoder.0.weight', shape: [5, 7, 2, 2] },
      { name: 'decoder.0.bias', shape: [7] },
      { name: 'decoder.3.weight', shape: [192, 448] },
      { name: 'decoder.3.bias', shape: [192] },
    ]);
    expect(specs.parameters).toBe(5 * 27 + 5 + 5 * 28 + 7 + 192 * 448 + 192);
  });
});

describe('a network that does not', () => {
  const protoKey: unknown = JSON.parse('{"type":"conv2d","filters":4,"kernelSize":3,"__proto__":{"units":1}}');
  const refused: [what: string, value: unknown, code: ArchitectureErrorCode, message: RegExp][] = [
    ['null', null, 'ARCHITECTURE_VALUE', /^architecture: expected an object with name.* found null\. /],
    ['a list', [transpose], 'ARCHITECTURE_VALUE', /found a list of 1\. /],
    [
      'a missing name',
      { ...transpose, name: undefined },
      'ARCHITECTURE_VALUE',
      /^name: expected a name, found nothing\. /,
    ],
    ['an empty name', { ...transpose, name: '  ' }, 'ARCHITECTURE_VALUE', /^name: .*1 to 64 printable/],
    ['escapes in the name', { ...transpose, name: 'a\u001b[2J' }, 'ARCHITECTURE_VALUE', /found "a\\u001b\[2J"\. /],
    ['a name of 65 letters', { ...transpose, name: 'n'.repeat(65) }, 'ARCHITECTURE_VALUE', /^name: /],
    [
      'input of rank 2',
      { ...transpose, input: [28, 28] },
      'ARCHITECTURE_VALUE',
      /^input: .*\[height, width, channels\]/,
    ],
    [
      'an input side of 0',
      { ...transpose, input: [28, 0, 1] },
      'ARCHITECTURE_VALUE',
      /^input\.1: .*from 1 to 4096, found 0/,
    ],
    ['a misspelt list', { ...transpose, encodr: [] }, 'ARCHITECTURE_KEY', /"encodr"\. Did you mean encoder\?/],
    ['an empty list', withEncoder(), 'ARCHITECTURE_VALUE', /^encoder: expected 1 to 64 layers, found a list of 0/],
    ['65 layers', withEncoder(...Array(65).fill({ type: 'flatten' })), 'ARCHITECTURE_VALUE', /found a list of 65/],
    [
      'a layer that is none',
      withEncoder('conv2d'),
      'ARCHITECTURE_VALUE',
      /^encoder\.0: expected an object with a type/,
    ],
    ['a layer without type', withEncoder({}), 'ARCHITECTURE_LAYER', /^encoder\.0: type: .*found nothing\. /],
    ["Keras's class name", withEncoder({ type: 'Conv2D' }), 'ARCHITECTURE_LAYER', /Did you mean conv2d\?/],
    ['a shortened type', withEncoder({ type: 'maxpool' }), 'ARCHITECTURE_LAYER', /Did you mean maxPooling2d\?/],
    ['a type named like a method', withEncoder({ type: 'toString' }), 'ARCHITECTURE_LAYER', /found "toString"/],
    [
      "Python's spelling of a key",
      withEncoder({ type: 'conv2d', filters: 4, kernel_size: 3 }),
      'ARCHITECTURE_KEY',
      /^encoder\.0 \(conv2d\): unknown key "kernel_size"\. Did you mean kernelSize\?/,
    ],
    ['__proto__ as a key', withEncoder(protoKey), 'ARCHITECTURE_KEY', /unknown key "__proto__"\. conv2d takes/],
    [
      'strides of a pool',
      withEncoder({ type: 'maxPooling2d', poolSize: 2, strides: 1 }),
      'ARCHITECTURE_KEY',
      /maxPooling2d takes type, poolSize\./,
    ],
    [
      'a billion filters',
      withEncoder({ ...convolution, filters: 1e9 }),
      'ARCHITECTURE_VALUE',
      /^encoder\.0 \(conv2d\): filters: expected a whole number from 1 to 4096, found 1000000000\. /,
    ],
    ['half a filter', withEncoder({ ...convolution, filters: 0.5 }), 'ARCHITECTURE_VALUE', /found 0\.5\. /],
    [
      'a missing kernelSize',
      withEncoder({ type: 'conv2d', filters: 1 }),
      'ARCHITECTURE_VALUE',
      /kernelSize: .*found nothing/,
    ],
    [
      'strides of 5',
      withEncoder({ ...convolution, strides: 5 }),
      'ARCHITECTURE_VALUE',
      /strides: expected a whole number from 1 to 4, or \[height, width\] of them, found 5/,
    ],
    ['another padding', withEncoder({ ...convolution, padding: 'full' }), 'ARCHITECTURE_VALUE', /one of valid, same/],
    ['another activation', withEncoder({ ...convolution, activation: 'mish' }), 'ARCHITECTURE_VALUE', /found "mish"/],
    [
      'a slope of relu',
      withEncoder({ ...convolution, activation: 'relu', negativeSlope: 0.1 }),
      'ARCHITECTURE_VALUE',
      /^encoder\.0 \(conv2d\): negativeSlope: expected nothing, unless the activation is leakyRelu, found 0\.1\. /,
    ],
    [
      'a slope above 1',
      withEncoder({ ...convolution, activation: 'leakyRelu', negativeSlope: 2 }),
      'ARCHITECTURE_VALUE',
      /negativeSlope: expected a number from 0 to 1, found 2\. /,
    ],
    [
      'a targetShape of rank 2',
      withEncoder({ type: 'reshape', targetShape: [28, 28] }),
      'ARCHITECTURE_VALUE',
      /targetShape: expected \[height, width, channels\] or \[units\]/,
    ],
    [
      'dense on an image',
      withEncoder({ type: 'dense', units: 9 }),
      'ARCHITECTURE_SHAPE',
      /^encoder\.0 \(dense\): expected a flat input, found 28×28×1\. Put a flatten before it\.$/,
    ],
    [
      'a convolution on flat values',
      withEncoder({ type: 'flatten' }, convolution),
      'ARCHITECTURE_SHAPE',
      /^encoder\.1 \(conv2d\): expected an image .* found 784 values\. Put a reshape/,
    ],
    [
      'a targetShape of another size',
      withEncoder({ type: 'reshape', targetShape: [7, 7, 15] }),
      'ARCHITECTURE_SHAPE',
      /784 values.* found \[7, 7, 15\] with 735/,
    ],
    [
      'a kernel larger than its input',
      withEncoder({ ...convolution, kernelSize: 29 }),
      'ARCHITECTURE_SHAPE',
      /^encoder\.0 \(conv2d\): expected an input of at least 29×29, found 28×28×1\. /,
    ],
    [
      'a pool larger than its input',
      withEncoder({ type: 'averagePooling2d', poolSize: 30 }),
      'ARCHITECTURE_SHAPE',
      /at least 30×30/,
    ],
    [
      'an activation beyond 2^24 values',
      withEncoder({ type: 'upSampling2d', size: 64 }, { type: 'upSampling2d', size: 64 }),
      'ARCHITECTURE_SHAPE',
      /^encoder\.1 \(upSampling2d\): 1792×1792×1 → 114688×114688×1: expected at most 16777216 values/,
    ],
    [
      'too many parameters',
      {
        name: 'wide',
        input: [64, 64, 1],
        encoder: [{ type: 'flatten' }, { type: 'dense', units: 65_536 }],
        decoder: [
          { type: 'dense', units: 4096 },
          { type: 'reshape', targetShape: [64, 64, 1] },
        ],
      },
      'ARCHITECTURE_SHAPE',
      /^encoder\.1 \(dense\): 4096 values → 65536 values: expected at most 50000000 parameters .* found 268500992/,
    ],
    [
      'a momentum beyond 1',
      withEncoder({ type: 'batchNormalization', momentum: 1.5 }),
      'ARCHITECTURE_VALUE',
      /^encoder\.0 \(batchNormalization\): momentum: expected a number from 0 to 1, found 1\.5\. Correct encoder\.0\.momentum\.$/,
    ],
    [
      'an epsilon of nothing',
      withEncoder({ type: 'batchNormalization', epsilon: 0 }),
      'ARCHITECTURE_VALUE',
      /epsilon: expected a number above 0, at most 1, found 0\./,
    ],
    [
      "Keras's key of a normalization",
      withEncoder({ type: 'batchNormalization', center: false }),
      'ARCHITECTURE_KEY',
      /unknown key "center"\. .*batchNormalization takes type, momentum, epsilon, activation, negativeSlope\.$/,
    ],
    [
      'nothing to learn',
      {
        name: 'idle',
        input: [2, 2, 1],
        encoder: [{ type: 'flatten' }],
        decoder: [{ type: 'reshape', targetShape: [2, 2, 1] }],
      },
      'ARCHITECTURE_LAYER',
      /nothing to train/,
    ],
    [
      'an output with other channels',
      { ...transpose, input: [28, 28, 3] },
      'ARCHITECTURE_SHAPE',
      /^decoder\.1 .*28×28×3, found 28×28×1\. Give decoder\.1 3 filters/,
    ],
    [
      'a flat output',
      { ...transpose, decoder: [{ type: 'flatten' }, { type: 'dense', units: 784 }] },
      'ARCHITECTURE_SHAPE',
      /Put a reshape with targetShape \[28, 28, 1\] at the end\./,
    ],
  ];

  const skips: typeof refused = [
    [
      'a skip connection from nowhere',
      withEncoder(convolution, { type: 'add' }),
      'ARCHITECTURE_VALUE',
      /^encoder\.1 \(add\): from: expected the name of an earlier layer, such as encoder\.0, found nothing\. /,
    ],
    [
      'a skip connection from itself',
      withEncoder(convolution, convolution, { type: 'add', from: 'encoder.2' }),
      'ARCHITECTURE_VALUE',
      /^encoder\.2 \(add\): from: .*found "encoder\.2"\. .*before this one come encoder\.0 to encoder\.1\.$/,
    ],
    [
      'a skip connection first',
      withEncoder({ type: 'concatenate', from: 'input' }),
      'ARCHITECTURE_VALUE',
      /found "input"\. No layer comes before this one\.$/,
    ],
    [
      'a skip connection from a later layer',
      { ...transpose, decoder: [{ type: 'concatenate', from: 'decoder.1' }, ...transpose.decoder] },
      'ARCHITECTURE_VALUE',
      /before this one come encoder\.0 to encoder\.3\.$/,
    ],
    [
      'a sum of different shapes',
      withEncoder(convolution, { ...convolution, padding: 'same', filters: 5 }, { type: 'add', from: 'encoder.0' }),
      'ARCHITECTURE_SHAPE',
      /^encoder\.2 \(add\): expected encoder\.0 to give what comes in here, 26×26×5, found 26×26×4\. /,
    ],
    [
      'channels of another size',
      withEncoder(convolution, { type: 'maxPooling2d', poolSize: 2 }, { type: 'concatenate', from: 'encoder.0' }),
      'ARCHITECTURE_SHAPE',
      /^encoder\.2 \(concatenate\): expected encoder\.0 to give images of 13×13, .*found 26×26×4\. /,
    ],
    [
      'channels behind units',
      withEncoder(convolution, { type: 'flatten' }, { type: 'concatenate', from: 'encoder.0' }),
      'ARCHITECTURE_SHAPE',
      /expected encoder\.0 to give a flat output, .*found 26×26×4\. /,
    ],
  ];

  test.each([...refused, ...skips])('is refused for %s', (_, value, code, message) => {
    const refusal = refusalOf(value);
    expect(refusal).toBeInstanceOf(ArchitectureError);
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(message) });
  });

  test('is refused with the layer and the file it is in', () => {
    const refusal = refusalOf(
      { ...transpose, decoder: [transpose.decoder[0], { type: 'dense', units: 1 }] },
      'net.json',
    );
    expect(refusal).toMatchObject({ layer: 'decoder.1', path: 'net.json' });
  });
});

test('unknown values are refused with a short ArchitectureError or pass, nothing else', () => {
  const normalization = fc.record(
    {
      type: fc.constant('batchNormalization'),
      momentum: fc.jsonValue(),
      epsilon: fc.double(),
      activation: fc.jsonValue(),
    },
    { requiredKeys: ['type'] },
  );
  const given = fc.constantFrom<unknown>(...transpose.encoder, ...transpose.decoder);
  const layer = fc.oneof(given, normalization, fc.jsonValue());
  const list = fc.oneof(fc.array(layer, { maxLength: 4 }), fc.jsonValue());
  const network = fc.record({ name: fc.jsonValue(), input: fc.jsonValue(), encoder: list, decoder: list });
  fc.assert(
    fc.property(fc.oneof(network, fc.anything()), (value) => {
      const refusal = refusalOf(value);
      if (refusal === undefined) return;
      expect(refusal).toBeInstanceOf(ArchitectureError);
      expect((refusal as Error).message.length).toBeLessThan(1000);
    }),
  );
});

test('a network that says one thing of each layer has errors that name it', () => {
  const layers: Layer[] = Array(64).fill({ type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same' });
  const refusal = refusalOf({
    name: 'deep',
    input: [9, 9, 1],
    encoder: layers,
    decoder: [...layers.slice(1), convolution],
  });
  expect((refusal as Error).message.length).toBeLessThan(600);
  expect(refusal).toMatchObject({ layer: 'decoder.63' });
});

function refusalOf(value: unknown, path?: string): unknown {
  try {
    checkArchitecture(value, path);
    return undefined;
  } catch (error) {
    return error;
  }
}
