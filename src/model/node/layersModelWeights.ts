// The weights beside a model.json of TensorFlow.js: groups of weights one after the other, each cut into files.
import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { systemCode, systemReason } from '../../files/systemError.js';
import { describeValue } from '../../text/describeValue.js';
import { quote } from '../../text/quote.js';
import { type Network, weightSpecs } from '../architecture.js';
import { copyTensors } from '../copyTensors.js';
import type { NamedTensors, Tensor } from '../engine.js';
import { fieldsOf } from '../keras/kerasModel.js';
import { convertTensor, type TensorSource } from '../keras/kerasTensors.js';
import { shapeSize } from '../layers/definition/layerShape.js';
import { requireTensors } from '../requireTensors.js';
import { weightsError } from '../safetensors/weightsError.js';
import { readNetworkFile } from './readArchitecture.js';

/** Where the values of a weight lie. */
interface StoredWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Into the files of its group, as if they were one. */
  readonly offset: number;
  readonly group: readonly Shard[];
}

interface Shard {
  readonly path: string;
  readonly bytes: number;
}

/** Weights and files that a manifest may name; far more than a network of 128 layers has. */
const MOST_ENTRIES = 4096;

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1 };

/**
 * The weights of a model that TensorFlow.js has saved, in our layouts.
 * @throws WeightsError where there are none, files are missing or torn, or it is another network's; ArchitectureError where the
 * model itself cannot be read
 */
export async function loadLayersModelWeights(path: string, network: Network): Promise<NamedTensors> {
  const { network: own, weightsManifest, tensors = new Map<string, TensorSource>() } = await readNetworkFile(path);
  requireTensors(
    weightSpecs(network),
    new Map(weightSpecs(own).map(({ name, shape }) => [name, { dtype: 'F32', shape }])),
    path,
  );
  const stored = await storedWeights(weightsManifest, path);
  const sources = [...tensors].map(([name, source]) => ({ name, source, weight: findWeight(source, stored, path) }));
  const shapes = new Map(weightSpecs(own).map(({ name, shape }) => [name, shape]));
  const read = new Map<string, Tensor>();
  for (const { name, source, weight } of sources)
    read.set(name, { shape: shapes.get(name)!, data: convertTensor(source, await readValues(weight, path)) });
  return copyTensors(weightSpecs(network), read);
}

/** `conv2d/kernel`, in a model in a model also `encoder/conv2d/kernel`. */
function findWeight({ layerName, tensor }: TensorSource, stored: readonly StoredWeight[], path: string): StoredWeight {
  const name = `${layerName}/${tensor.kerasName}`;
  const exact = stored.filter((weight) => weight.name === name);
  const found = exact.length > 0 ? exact : stored.filter((weight) => weight.name.endsWith(`/${name}`));
  const [weight] = found;
  const expected = `${quote(name)} float32 [${tensor.shape.join(', ')}]`;
  if (weight === undefined || found.length > 1)
    throw weightsError('WEIGHTS_MISMATCH', path, {
      problem: 'weightsManifest',
      expected,
      actual: found.length > 1 ? `${found.length} weights of that name` : 'no such weight',
      advice: 'Save the model again.',
    });
  if (weight.dtype === 'float32' && weight.shape.join() === tensor.shape.join()) return weight;
  throw weightsError(weight.dtype === 'float32' ? 'WEIGHTS_MISMATCH' : 'WEIGHTS_DTYPE', path, {
    problem: 'weightsManifest',
    expected,
    actual: `${weight.dtype} [${weight.shape.join(', ')}]`,
    advice: 'Save the model again, without quantization.',
  });
}

/** What the manifest says, held against the files that are there. */
async function storedWeights(manifest: unknown, path: string): Promise<readonly StoredWeight[]> {
  const groups = listOf(manifest, 'weightsManifest', path);
  const stored: StoredWeight[] = [];
  for (const [index, value] of groups.entries()) {
    const where = `weightsManifest.${index}`;
    const { paths, weights } = fieldsOf(value);
    const group: Shard[] = [];
    for (const name of listOf(paths, `${where}.paths`, path)) group.push(await shardOf(name, where, path));
    let offset = 0;
    for (const [at, weight] of listOf(weights, `${where}.weights`, path).entries()) {
      const entry = entryOf(weight, `${where}.weights.${at}`, path);
      stored.push({ ...entry, offset, group });
      offset += entry.bytes;
    }
    requireBytes(group, offset, where, path);
  }
  return stored;
}

function listOf(value: unknown, where: string, path: string): readonly unknown[] {
  if (Array.isArray(value) && value.length <= MOST_ENTRIES) return value;
  throw weightsError('WEIGHTS_HEADER', path, {
    problem: where,
    expected: `a list of at most ${MOST_ENTRIES}`,
    actual: describeValue(value),
    advice:
      value === undefined
        ? 'The file has a model without weights: leave them out, or save it with model.save() in TensorFlow.js.'
        : 'Save the model again.',
  });
}

function entryOf(value: unknown, where: string, path: string) {
  const { name, shape, dtype, quantization } = fieldsOf(value);
  const isShape =
    Array.isArray(shape) && shape.length <= 8 && shape.every((side) => Number.isSafeInteger(side) && side >= 0);
  const values = isShape ? shapeSize(shape) : Number.NaN;
  const known = quantization === undefined && typeof dtype === 'string' ? BYTES[dtype] : undefined;
  if (typeof name === 'string' && Number.isSafeInteger(values) && known !== undefined)
    return { name, shape: shape as readonly number[], dtype: dtype as string, bytes: values * known };
  const isFine = typeof name === 'string' && Number.isSafeInteger(values);
  throw weightsError(isFine ? 'WEIGHTS_DTYPE' : 'WEIGHTS_HEADER', path, {
    problem: where,
    expected: isFine ? 'float32, not quantized' : 'a weight with name, shape and dtype',
    actual: isFine && quantization !== undefined ? 'quantized values' : describeValue(isFine ? dtype : value),
    advice: isFine ? 'Save the model again, without quantization.' : 'Save the model again.',
  });
}

/** A file beside the model: what leads elsewhere is not opened. */
async function shardOf(name: unknown, where: string, path: string): Promise<Shard> {
  const parts = typeof name === 'string' ? name.split(/[\\/]/) : [];
  if (typeof name !== 'string' || name === '' || isAbsolute(name) || name.includes('\0') || parts.includes('..'))
    throw weightsError('WEIGHTS_HEADER', path, {
      problem: `${where}.paths`,
      expected: 'names of files beside the model',
      actual: describeValue(name),
      advice: 'Put the files beside model.json.',
    });
  const shard = join(dirname(path), name);
  try {
    const present = await stat(shard);
    if (present.isFile()) return { path: shard, bytes: present.size };
  } catch (error) {
    throw unreadable(shard, error);
  }
  throw weightsError('WEIGHTS_UNREADABLE', shard, {
    expected: 'a file of weights',
    actual: 'something that is not a file',
    advice: 'Put the files that were saved with the model beside it.',
  });
}

function requireBytes(group: readonly Shard[], expected: number, where: string, path: string): void {
  const actual = group.reduce((sum, { bytes }) => sum + bytes, 0);
  if (actual === expected) return;
  const [first] = group;
  throw weightsError('WEIGHTS_TRUNCATED', group.length === 1 && first ? first.path : path, {
    ...(group.length === 1 ? {} : { problem: `the files of ${where}` }),
    expected: `${expected} bytes, as the model says`,
    actual: `${actual}`,
    advice: 'Copy the model and its files again.',
  });
}

/** Reads the values of one weight, which may begin in one file and end in another. */
async function readValues({ shape, offset, group }: StoredWeight, path: string): Promise<Float32Array> {
  const bytes = new Uint8Array(shapeSize(shape) * Float32Array.BYTES_PER_ELEMENT);
  let [from, filled] = [offset, 0];
  for (const shard of group) {
    const count = Math.min(bytes.length - filled, Math.max(0, shard.bytes - from));
    if (count > 0) await readInto(shard, bytes.subarray(filled, filled + count), from);
    filled += count;
    from = Math.max(0, from - shard.bytes);
  }
  const values = new Float32Array(bytes.length / Float32Array.BYTES_PER_ELEMENT);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < values.length; at++) values[at] = view.getFloat32(4 * at, true);
  if (filled === bytes.length) return values;
  throw weightsError('WEIGHTS_TRUNCATED', path, {
    expected: `${bytes.length} bytes`,
    actual: `${filled}`,
    advice: 'Copy the model and its files again.',
  });
}

async function readInto(shard: Shard, bytes: Uint8Array, from: number): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(shard.path, 'r');
    for (let filled = 0; filled < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
      if (bytesRead === 0)
        throw weightsError('WEIGHTS_TRUNCATED', shard.path, {
          offset: from + filled,
          expected: `${bytes.length - filled} further bytes`,
          actual: 'the end of the file',
          advice: 'The file was cut while it was read: try again.',
        });
      filled += bytesRead;
    }
  } catch (error) {
    throw unreadable(shard.path, error);
  } finally {
    await file?.close();
  }
}

function unreadable(path: string, error: unknown): unknown {
  const reason = systemReason(error);
  if (reason === undefined) return error;
  return weightsError(systemCode(error) === 'ENOENT' ? 'WEIGHTS_NOT_FOUND' : 'WEIGHTS_UNREADABLE', path, {
    expected: 'a file of weights',
    actual: reason,
    advice: 'Put the files that were saved with the model beside it, or take its weightsManifest out to begin anew.',
    cause: error,
  });
}
