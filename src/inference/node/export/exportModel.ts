import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OptionError } from '../../../errors.js';
import { VERSION } from '../../../files/version.js';
import { writeAtomically } from '../../../files/writeAtomically.js';
import { writeFolderAtomically } from '../../../files/writeFolderAtomically.js';
import { encodeSafetensors } from '../../../model/safetensors/encoding.js';
import { type OptionNames, requireKnownOptions } from '../../../options.js';
import { type NetworkPart, networkParts } from '../../export/networkPart.js';
import { onnxModel } from '../../export/onnx/onnxModel.js';
import { pytorchModule } from '../../export/pytorch/pytorchModule.js';
import { layersModel } from '../../export/tfjs/layersModel.js';
import type { Model } from '../../model.js';
import { type ExportFormat, requireExportFormat } from './exportFormats.js';

export interface ExportOptions {
  readonly to: ExportFormat;
  /** A folder that is new or empty. */
  readonly output: string;
}

const OPTIONS: OptionNames<ExportOptions> = { to: true, output: true };

/** A file of the folder, by its path in it. */
type Files = ReadonlyMap<string, Uint8Array>;

/**
 * Writes a model for other programs, as a whole or not at all: the network, its encoder and its decoder as files of their own; of a model
 * without an encoder its decoder, and no decoder where skip connections lead past the latents. Images are float32, 0..1, as many at once as one likes.
 *
 * - `onnx`: `model.onnx`, `encoder.onnx`, `decoder.onnx`. NCHW, opset 13; architecture, layout and scaling in the metadata.
 * - `tfjs`: `model/model.json` and `weights.bin`, for `loadLayersModel` of TensorFlow.js; `encoder/`, `decoder/`. NHWC.
 * - `pytorch`: `model.py` with a `load_model()`, `load_encoder()` and `load_decoder()`, over safetensors files. NCHW.
 *
 * @returns the paths of the files
 * @throws OptionError; FileError `FILE_UNWRITABLE`, also where the folder has something in it
 *
 * @example
 * const model = await openModel(`${place}/baseline`);
 * const files = await exportModel(model, { to: 'onnx', output: `${place}/onnx` });
 * console.log(files.length); // 3
 * model.dispose();
 */
export async function exportModel(model: Model, options: ExportOptions): Promise<readonly string[]> {
  requireKnownOptions(options, OPTIONS);
  const { to, output } = options;
  requireExportFormat(to);
  if (typeof output !== 'string' || output === '')
    throw new OptionError('output', output, 'a folder that is new or empty');
  const folder = output.replace(/(?<=.)\/+$/, '');
  const files = formats[to](networkParts(model), model);
  await writeFolderAtomically(folder, async (beside) => {
    for (const [name, bytes] of files) {
      await mkdir(join(beside, name, '..'), { recursive: true });
      await writeAtomically(join(beside, name), bytes);
    }
  });
  return [...files.keys()].map((name) => join(folder, name));
}

const formats: Readonly<Record<ExportFormat, (parts: readonly NetworkPart[], model: Model) => Files>> = {
  onnx: (parts, { architecture }) =>
    new Map(parts.filter(isAlone).map((part) => [`${part.name}.onnx`, onnxModel(part, architecture, VERSION)])),
  tfjs: (parts, { architecture }) =>
    new Map(
      parts.filter(isAlone).flatMap((part): [string, Uint8Array][] => {
        const { json, weights } = layersModel(part, architecture, VERSION);
        return [
          [`${part.name}/model.json`, Buffer.from(json)],
          [`${part.name}/weights.bin`, Buffer.concat(weights.map(bytesOf))],
        ];
      }),
    ),
  pytorch: (parts, { architecture }) =>
    new Map<string, Uint8Array>([
      ['model.py', Buffer.from(pytorchModule(parts, architecture.name))],
      ...parts
        .filter(isAlone)
        .map((part): [string, Uint8Array] => [`${part.name}.safetensors`, weightsOf(part, architecture)]),
    ]),
};

function isAlone(part: NetworkPart): boolean {
  return part.isAlone;
}

/** The weights of a part, named as its module names them: `encoder.0.weight` in the whole, `0.weight` in its half. */
function weightsOf({ name: part, layers, weights }: NetworkPart, architecture: Model['architecture']): Uint8Array {
  const names = layers.flatMap((layer) => layer.weights.map(({ name }) => name));
  const prefix = part === 'model' ? '' : `${part}.`;
  const tensors = new Map(names.map((name) => [name.slice(prefix.length), weights.get(name)!]));
  const metadata = part === 'model' ? [['architecture', JSON.stringify(architecture)] as const] : [];
  return encodeSafetensors({ tensors, metadata: new Map(metadata) });
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
