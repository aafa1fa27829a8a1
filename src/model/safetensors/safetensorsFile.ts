import type { Tensor } from '../engine.js';
import { toTensor } from './encoding.js';
import { FOREIGN_START_BYTES, refuseForeign } from './foreignWeights.js';
import { decodeHeader, headerLength, type SafetensorsHeader } from './header.js';
import { PREFIX_BYTES } from './headerJson.js';

/** A file whose header is checked and whose tensors are read on demand. */
export interface SafetensorsFile extends SafetensorsHeader {
  /** Reads one of the header's tensors of floats, as float32. @throws WeightsError `WEIGHTS_DTYPE` */
  read(name: string): Promise<Tensor>;
  /** The bytes `from` … `to − 1` of one of the header's tensors, of any type. */
  readBytes(name: string, from: number, to: number): Promise<Uint8Array>;
}

/**
 * A file that lies in memory.
 * @param path for errors
 * @throws WeightsError where its header is damaged, or it is another kind of file
 */
export function safetensorsInMemory(bytes: Uint8Array, path?: string): SafetensorsFile {
  refuseForeign(bytes.subarray(0, FOREIGN_START_BYTES), path);
  const length = headerLength(bytes.subarray(0, PREFIX_BYTES), bytes.length, path);
  const header = decodeHeader(bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + length), bytes.length, path);
  const readBytes = async (name: string, from: number, to: number): Promise<Uint8Array> => {
    const { offset } = header.tensors.get(name)!;
    return bytes.subarray(offset + from, offset + to);
  };
  return {
    ...header,
    readBytes,
    async read(name) {
      const entry = header.tensors.get(name)!;
      return toTensor(name, entry, await readBytes(name, 0, entry.bytes), path);
    },
  };
}
