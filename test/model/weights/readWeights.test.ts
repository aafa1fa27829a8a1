import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { NamedTensors, Tensor } from '../../../src/model/engine.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import { encodeSafetensors } from '../../../src/model/safetensors/encoding.js';
import { safetensorsInMemory } from '../../../src/model/safetensors/safetensorsFile.js';
import { readWeights } from '../../../src/model/weights/readWeights.js';

const conv = { type: 'conv2d', filters: 2, kernelSize: 3, padding: 'same' } as const;
/** Layers of one shape in encoder and decoder, a flat latent, normalized. */
const architecture: Architecture = {
  name: 'tried',
  input: [2, 3, 2],
  encoder: [conv, { type: 'batchNormalization' }, conv, { type: 'flatten' }, { type: 'dense', units: 4 }],
  decoder: [
    { type: 'dense', units: 12 },
    { type: 'reshape', targetShape: [2, 3, 2] },
    conv,
    { type: 'conv2dTranspose', filters: 2, kernelSize: 3, padding: 'same' },
  ],
};
const network = checkArchitecture(architecture);
const weights = initialWeights(network, 3);

const read = (tensors: NamedTensors, options = {}): Promise<NamedTensors> =>
  readWeights(safetensorsInMemory(encodeSafetensors({ tensors, metadata: new Map() })), network, 'w', options);

/** The same values under other names; what stands before the last point is one of our layers. */
function renamed(nameOf: (layer: string, part: string) => string): Map<string, Tensor> {
  return new Map(
    [...weights].map(([name, tensor]) => {
      const [, layer = '', part = ''] = /^(.*)\.(.*)$/.exec(name)!;
      return [nameOf(layer, part), tensor];
    }),
  );
}

const count: Tensor = { shape: [], data: Float32Array.of(7) };

describe('prefixes of wrappers', () => {
  test.each(['module.', '_orig_mod.', 'model.', 'module._orig_mod.model.'])('%s is passed over', async (prefix) => {
    const prefixed = renamed((layer, part) => `${prefix}${layer}.${part}`);
    expect(await read(prefixed)).toEqual(weights);
    expect(await read(prefixed.set(`${prefix}encoder.1.num_batches_tracked`, count))).toEqual(weights);
  });

  test('are names where two tensors would get the same', async () => {
    const [name, tensor] = [...weights][0]!;
    const twice = renamed((layer, part) => `module.${layer}.${part}`).set(name, tensor);
    await expect(read(twice)).rejects.toMatchObject({ code: 'WEIGHTS_MISMATCH' });
  });
});

describe('other names', () => {
  const layers = ['encoder.0', 'encoder.1', 'encoder.2', 'encoder.4', 'decoder.0', 'decoder.2', 'decoder.3'];
  /** As a Sequential of PyTorch counts activations: beyond 9, so that their order is not that of letters. */
  const sequential = renamed((layer, part) => `${3 * layers.indexOf(layer)}.${part}`);

  test('are offered, with what would be what', async () => {
    await expect(read(sequential)).rejects.toMatchObject({
      code: 'WEIGHTS_NAMES',
      message: expect.stringMatching(
        /^w: expected the names of .*: "0\.weight" for encoder\.0\.weight; "0\.bias" for .* and 12 more\. .*--rename/,
      ),
    });
  });

  test.each<[string, NamedTensors]>([
    ['of a Sequential', sequential],
    ['of a Sequential that counts batches', new Map([...sequential, ['3.num_batches_tracked', count]])],
    ['of attributes', renamed((layer, part) => `${layer.replace('oder.', '')}.${part}`)],
    ['of one module in another', renamed((layer, part) => `net.${layer.replace('.', '.layers.')}.${part}`)],
    ['that are our own', weights],
  ])('are taken: those %s', async (_, tensors) => {
    expect(await read(tensors, { rename: true })).toEqual(weights);
  });

  test('without any sense are taken by their order', async () => {
    const plain = checkArchitecture({
      ...architecture,
      encoder: [conv, conv, { type: 'flatten' }, { type: 'dense', units: 4 }],
    });
    const own = initialWeights(plain, 5);
    const tensors = new Map([...own].map(([, tensor], at) => [`variable_${at}`, tensor]));
    const file = safetensorsInMemory(encodeSafetensors({ tensors, metadata: new Map() }));
    expect(await readWeights(file, plain, 'w', { rename: true })).toEqual(own);
  });

  test.each<[string, (tensors: Map<string, Tensor>) => unknown]>([
    ['one more', (tensors) => tensors.set('99.bias', count)],
    ['one less', (tensors) => tensors.delete('0.bias')],
    ['one of another shape', (tensors) => tensors.set('0.bias', count)],
  ])('of another network are none of these: %s', async (_, change) => {
    const tensors = new Map(sequential);
    change(tensors);
    await expect(read(tensors, { rename: true })).rejects.toMatchObject({ code: 'WEIGHTS_MISMATCH' });
  });
});
