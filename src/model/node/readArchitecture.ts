import { open } from 'node:fs/promises';
import { ArchitectureError } from '../../errors.js';
import { systemCode, systemReason } from '../../files/systemError.js';
import { decodeText, EncodingError } from '../../text/decodeText.js';
import { lineAndColumn } from '../../text/lineAndColumn.js';
import { JsonError, parseStrictJson } from '../../text/strictJson.js';
import type { Network } from '../architecture.js';
import { checkArchitecture } from '../checkArchitecture.js';
import { fieldsOf, isKerasModel } from '../keras/kerasModel.js';
import type { TensorSource } from '../keras/kerasTensors.js';
import { readKerasArchitecture } from '../keras/readKerasArchitecture.js';

/** Far more than 128 layers need. */
const MAX_BYTES = 1_000_000;

/**
 * Reads and checks a network from a JSON file (or a pipe) of at most 1 MB: an architecture, or a model of layers as Keras's
 * `model.to_json()` and TensorFlow.js's `model.save()` write it.
 * @throws ArchitectureError when the file cannot be read (`ARCHITECTURE_NOT_FOUND`, `ARCHITECTURE_UNREADABLE`), is not JSON
 *   (`ARCHITECTURE_JSON`, with line and column) or no network that can be built
 *
 * @example
 * writeFileSync(`${place}/network.json`, JSON.stringify(preset('denoise', [28, 28, 1])));
 * const network = await readArchitecture(`${place}/network.json`);
 * console.log(network.parameters); // 9585
 */
export async function readArchitecture(path: string): Promise<Network> {
  return (await readNetworkFile(path)).network;
}

/** A network, and what a file of Keras or TensorFlow.js says of its weights. */
export interface NetworkFile {
  readonly network: Network;
  /** Where the weights are that stand beside the file, as it says; nothing where there are none. */
  readonly weightsManifest?: unknown;
  /** What the network's tensors are made of. */
  readonly tensors?: ReadonlyMap<string, TensorSource>;
}

/** The same with all that the file has. @throws ArchitectureError as `readArchitecture` */
export async function readNetworkFile(path: string): Promise<NetworkFile> {
  const value = parse(decode(await readBounded(path), path), path);
  if (!isKerasModel(value)) return { network: checkArchitecture(value, path) };
  const { architecture, tensors } = readKerasArchitecture(value, path);
  const { weightsManifest } = fieldsOf(value);
  return { network: checkArchitecture(architecture, path), weightsManifest, tensors };
}

async function readBounded(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      return await readAtMost(file, MAX_BYTES + 1);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function readAtMost(file: Awaited<ReturnType<typeof open>>, bytes: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(bytes);
  let length = 0;
  while (length < bytes) {
    const { bytesRead } = await file.read(buffer, length, bytes - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

function unreadable(path: string, error: unknown): unknown {
  const reason = systemReason(error);
  if (reason === undefined) return error;
  const missing = systemCode(error) === 'ENOENT';
  return new ArchitectureError({
    code: missing ? 'ARCHITECTURE_NOT_FOUND' : 'ARCHITECTURE_UNREADABLE',
    path,
    expected: 'a JSON file that describes a network',
    actual: reason,
    advice: missing ? 'Check the path, or give the name of a preset.' : 'Give a file that can be read.',
    cause: error,
  });
}

function decode(bytes: Uint8Array, path: string): string {
  if (bytes.length > MAX_BYTES)
    throw new ArchitectureError({
      code: 'ARCHITECTURE_JSON',
      path,
      expected: `at most ${MAX_BYTES} bytes of JSON`,
      actual: 'more',
      advice: 'This is probably not the file that was meant.',
    });
  try {
    return decodeText(bytes);
  } catch (cause) {
    if (!(cause instanceof EncodingError)) throw cause;
    throw new ArchitectureError({
      code: 'ARCHITECTURE_JSON',
      path,
      expected: 'JSON in UTF-8',
      actual: cause.actual,
      advice: 'This is probably not the file that was meant.',
      cause,
    });
  }
}

function parse(text: string, path: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new ArchitectureError({
      code: 'ARCHITECTURE_JSON',
      path,
      problem: lineAndColumn(text, error.index),
      expected: error.expected,
      actual: error.actual,
      advice: 'Correct the JSON there.',
      cause: error,
    });
  }
}
