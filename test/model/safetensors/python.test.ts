import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import { initialWeights } from '../../../src/model/initialWeights.js';
import { saveCheckpoint } from '../../../src/model/node/checkpoint.js';
import { loadWeights, saveWeights } from '../../../src/model/node/weightsFile.js';
import { preset } from '../../../src/model/presets/presets.js';
import { encodeSafetensors } from '../../../src/model/safetensors/encoding.js';
import { python, pythonHas } from '../../fixtures/python.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const network = checkArchitecture(preset('denoise', [28, 28, 1]));

const hasSafetensors = pythonHas('safetensors', 'numpy');
const withSafetensors = test.skipIf(!hasSafetensors);
const withTorch = test.skipIf(!pythonHas('safetensors', 'torch'));
// Nothing removes it where all tests are skipped.
const folder = hasSafetensors ? temporaryFolder() : '';

async function runPython(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(python, ['-c', program, ...args]);
  return stdout;
}

withSafetensors("a checkpoint opens with Python's safetensors (where Python has safetensors and numpy)", async () => {
  const path = join(folder, 'checkpoint.safetensors');
  const [weights, firstMoments, secondMoments] = [1, 2, 3].map((seed) => initialWeights(network, seed));
  await saveCheckpoint(
    path,
    {
      network: network,
      learningRate: 0.001,
      weights: () => weights!,
      optimizerState: () => ({ step: 12, slots: { firstMoments: firstMoments!, secondMoments: secondMoments! } }),
    },
    { config: { seed: 1 }, position: { epoch: 1 } },
  );
  const program = `
import json, sys
from safetensors import safe_open
with safe_open(sys.argv[1], 'numpy') as file:
    metadata = {name: text if name == 'digest' else json.loads(text) for name, text in file.metadata().items()}
    tensors = {name: file.get_tensor(name) for name in file.keys()}
    shown = {name: [str(t.dtype), list(t.shape), t.flatten()[:3].tolist()] for name, t in tensors.items()}
    print(json.dumps([metadata, shown]))`;
  const [metadata, shown] = JSON.parse(await runPython(program, path)) as [
    Record<string, unknown>,
    Record<string, unknown>,
  ];
  expect(metadata).toMatchObject({
    architecture: network.architecture,
    checkpoint: { step: 12, epoch: 1 },
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const expected = [weights!, prefixed('adam.m.', firstMoments!), prefixed('adam.v.', secondMoments!)]
    .flatMap((tensors) => [...tensors])
    .map(([name, { shape, data }]) => [name, ['float32', shape, [...data.subarray(0, 3)]]]);
  expect(shown).toEqual(Object.fromEntries(expected));
});

withSafetensors("a file is the same, byte for byte, as Python's (where Python has safetensors and numpy)", async () => {
  const path = join(folder, 'python.safetensors');
  const program = `
import sys, numpy
from safetensors.numpy import save_file
tensors = {'b': numpy.arange(6, dtype='float32').reshape(2, 3), 'a.1': numpy.ones((), 'float32'), 'a': numpy.ones((0, 3), 'float32')}
save_file(tensors, sys.argv[1], {'note': 'naïve'})`;
  await runPython(program, path);
  const tensors = new Map([
    ['b', { shape: [2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 5) }],
    ['a.1', { shape: [], data: Float32Array.of(1) }],
    ['a', { shape: [0, 3], data: new Float32Array(0) }],
  ]);
  const ours = encodeSafetensors({ tensors, metadata: new Map([['note', 'naïve']]) });
  expect(Buffer.from(ours).toString('latin1')).toBe(readFileSync(path, 'latin1'));
});

withTorch(
  "PyTorch's weights load as they are (where Python has safetensors and torch)",
  async () => {
    const path = join(folder, 'torch.safetensors');
    const program = `
import json, sys
from torch import nn
from safetensors.torch import save_file
pool, relu = nn.MaxPool2d(2), nn.ReLU()
network = nn.ModuleDict({
    'encoder': nn.ModuleList([nn.Conv2d(1, 32, 3, padding=1), pool, nn.Conv2d(32, 16, 3, padding=1), pool, nn.Conv2d(16, 8, 3, padding=1), pool]),
    'decoder': nn.ModuleList([nn.ConvTranspose2d(8, 8, 3, 2), nn.ConvTranspose2d(8, 16, 2, 2), nn.ConvTranspose2d(16, 32, 2, 2), nn.Conv2d(32, 1, 3, padding=1)]),
})
weights = network.state_dict()
save_file(weights, sys.argv[1])
print(json.dumps({name: [list(t.shape), t.flatten()[-3:].tolist()] for name, t in weights.items()}))`;
    const saved = JSON.parse(await runPython(program, path)) as Record<string, unknown>;
    const loaded = await loadWeights(path, network);
    const shown = [...loaded].map(([name, { shape, data }]) => [name, [shape, [...data.subarray(-3)]]]);
    expect(Object.fromEntries(shown)).toEqual(saved);
  },
  60_000,
);

withTorch(
  'running statistics go to PyTorch and come back (where Python has safetensors and torch)',
  async () => {
    const normalized = checkArchitecture({
      name: 'normalized',
      input: [4, 4, 1],
      encoder: [{ type: 'conv2d', filters: 3, kernelSize: 3, padding: 'same' }, { type: 'batchNormalization' }],
      decoder: [{ type: 'conv2d', filters: 1, kernelSize: 3, padding: 'same' }],
    });
    const [ours, theirs] = [join(folder, 'ours.safetensors'), join(folder, 'theirs.safetensors')];
    await saveWeights(ours, initialWeights(normalized, 1), normalized.architecture);
    const program = `
import json, sys, torch
from torch import nn
from safetensors.torch import load_file, save_file
same = {'kernel_size': 3, 'padding': 1}
network = nn.ModuleDict({
    'encoder': nn.ModuleList([nn.Conv2d(1, 3, **same), nn.BatchNorm2d(3)]),
    'decoder': nn.ModuleList([nn.Conv2d(3, 1, **same)]),
})
network.load_state_dict(load_file(sys.argv[1]), strict=True)
network['encoder'][1](torch.randn(2, 3, 4, 4))
save_file(network.state_dict(), sys.argv[2])
print(json.dumps(network['encoder'][1].running_var.tolist()), int(network['encoder'][1].num_batches_tracked))`;
    const shown = await runPython(program, ours, theirs);
    const loaded = await loadWeights(theirs, normalized);
    const variance = [...loaded.get('encoder.1.running_var')!.data];
    expect(variance).not.toEqual([1, 1, 1]);
    expect(`${JSON.stringify(variance)} 1`).toBe(shown.replaceAll(', ', ',').trim());
  },
  60_000,
);

function prefixed<T>(prefix: string, tensors: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...tensors].map(([name, tensor]) => [`${prefix}${name}`, tensor]));
}
