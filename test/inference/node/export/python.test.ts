// What ONNX Runtime and PyTorch compute with exported models, where Python has them.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { exportModel } from '../../../../src/inference/node/export/exportModel.js';
import { latentSkip } from '../../../../src/model/latentSkip.js';
import type { LayerShape } from '../../../../src/model/layers/definition/layerShape.js';
import { cases } from '../../../fixtures/laws.js';
import { python, pythonHas } from '../../../fixtures/python.js';
import { imagesFor, modelOf, networksToExport, toChannelsFirst } from './exportedModels.js';

const script = fileURLToPath(new URL('runExports.py', import.meta.url));

const formats = [
  ['onnx', 'onnx, onnxruntime and numpy', pythonHas('onnx', 'onnxruntime', 'numpy')],
  ['pytorch', 'torch, safetensors and numpy', pythonHas('torch', 'safetensors', 'numpy')],
] as const;

for (const [to, modules, isThere] of formats) {
  test.skipIf(!isThere)(
    `exported to ${to}, every network computes the same (where Python has ${modules})`,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'millrace-'));
      const networks = networksToExport(cases(100));
      for (const [index, network] of networks.entries()) {
        const output = join(folder, String(index).padStart(3, '0'));
        const model = await modelOf(network);
        await exportModel(model, { to, output });
        const images = asPython(imagesFor(model), model.inputShape);
        const latents = model.encode(imagesFor(model));
        const reconstruction = asPython(model.reconstruct(imagesFor(model)), model.inputShape);
        const values = {
          model: [images, reconstruction],
          encoder: [images, asPython(latents, model.latentShape)],
          ...(latentSkip(network) === undefined && {
            decoder: [asPython(latents, model.latentShape), reconstruction],
          }),
        };
        writeFileSync(join(output, 'values.json'), JSON.stringify(values));
        model.dispose();
      }
      const { stdout } = await promisify(execFile)(python, [script, to, folder]);
      const farthest = Object.values(JSON.parse(stdout) as Record<string, number>);
      expect(farthest).toHaveLength(networks.length);
      expect(Math.max(...farthest)).toBeLessThan(1e-5);
      rmSync(folder, { recursive: true });
    },
    300_000,
  );
}

function asPython(values: Float32Array, shape: LayerShape) {
  const [height, width, channels] = shape;
  const sides = shape.length === 1 ? [height] : [channels, height, width];
  const ordered = shape.length === 1 ? values : toChannelsFirst(values, shape);
  return { shape: [3, ...sides], values: [...ordered] };
}
