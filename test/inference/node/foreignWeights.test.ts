// What PyTorch and Keras have trained: the line of Python that our refusal gives is run, and what it writes reconstructs as there.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openModel } from '../../../src/inference/node/openModel.js';
import type { Architecture } from '../../../src/model/architecture.js';
import { python, pythonHas } from '../../fixtures/python.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const script = fileURLToPath(new URL('foreignWeights.py', import.meta.url));

const conv = { type: 'conv2d', filters: 4, kernelSize: 3, padding: 'same' } as const;
/** What `foreignWeights.py` trains with PyTorch. */
const OF_TORCH: Architecture = {
  name: 'foreign',
  input: [8, 6, 2],
  encoder: [
    { ...conv, activation: 'relu' },
    { type: 'maxPooling2d', poolSize: 2 },
    conv,
    { type: 'batchNormalization', activation: 'relu' },
    { type: 'flatten' },
    { type: 'dense', units: 10 },
  ],
  decoder: [
    { type: 'dense', units: 48, activation: 'relu' },
    { type: 'reshape', targetShape: [4, 3, 4] },
    { ...conv, activation: 'relu' },
    { type: 'conv2dTranspose', filters: 2, kernelSize: 2, strides: 2, activation: 'sigmoid' },
  ],
};

const hasTorch = pythonHas('torch', 'safetensors', 'numpy');
const hasKeras = hasTorch && pythonHas('keras');
// Nothing removes it where all tests are skipped.
const folder = hasTorch ? temporaryFolder() : '';

const ways = [
  ['pt', 'model.pt', 'torch and safetensors', hasTorch],
  ['index', 'model.safetensors.index.json', 'torch and safetensors', hasTorch],
  ['keras', 'model.keras', 'keras, torch and safetensors', hasKeras],
  ['h5', 'model.h5', 'keras, torch and safetensors', hasKeras],
] as const;
for (const [how, name, modules, isThere] of ways)
  test.skipIf(!isThere)(
    `${name} is converted as is said, and reconstructs as it did (where Python has ${modules})`,
    async () => {
      const inside = join(folder, `it's ${how}`);
      mkdirSync(inside);
      mkdirSync(join(inside, 'bin'));
      writeFileSync(join(inside, 'bin', 'python3'), `#!/bin/sh\nexec '${python}' "$@"\n`, { mode: 0o755 });
      const env = { ...process.env, KERAS_BACKEND: 'torch', PATH: `${join(inside, 'bin')}:${process.env.PATH}` };
      const output = execFileSync(python, [script, how, inside], {
        env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const { images, expected } = JSON.parse(output.trim().split('\n').at(-1)!) as Record<
        'images' | 'expected',
        number[]
      >;

      const path = join(inside, name);
      const refusal = await openModel(path, { architecture: OF_TORCH }).catch((error: Error) => error);
      expect(refusal).toMatchObject({ code: 'WEIGHTS_FORMAT', path });
      const [line] = /python3 -c "[^"]*"[^(]*/.exec((refusal as Error).message)!;
      execFileSync('sh', ['-c', line], { env, stdio: 'ignore' });

      const architecture = how === 'keras' || how === 'h5' ? join(inside, 'model.json') : OF_TORCH;
      const model = await openModel(join(inside, 'model.safetensors'), { architecture, rename: true, threads: 1 });
      const actual = model.reconstruct(Float32Array.from(images));
      model.dispose();
      expect(Math.max(...expected.map((value, at) => Math.abs(value - actual[at]!)))).toBeLessThan(1e-5);
    },
    120_000,
  );
