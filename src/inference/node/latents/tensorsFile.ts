// A safetensors file whose tensors pass as a stream: its header, which says how large they are, is written last.
import { writeAtomically } from '../../../files/writeAtomically.js';
import type { Dtype } from '../../../model/safetensors/header.js';
import { PREFIX_BYTES } from '../../../model/safetensors/headerJson.js';

/** Takes tensors one after the other, in the order of their bytes in the file. */
export interface TensorWriter {
  /** Writes the bytes of the next tensor, all at once or in pieces. @returns how many there were */
  append(bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<number>;
  /** Says what the bytes since the last tensor are. */
  name(name: string, dtype: Dtype, shape: readonly number[]): void;
}

/** Room in the header for what is known at the end: further texts, and a tensor's name, type, shape and place. */
const ROOM_FOR_TEXTS = 300;
const ROOM_FOR_TENSOR = 140;

/**
 * Writes a safetensors file, as a whole or not at all.
 * @param metadata texts that are known before
 * @param tensors how many there will be at most
 * @param write writes the tensors, and returns further texts of at most 200 characters
 * @returns size of the file in bytes
 * @throws FileError; what `write` throws
 */
export async function writeTensors(
  path: string,
  metadata: Readonly<Record<string, string>>,
  tensors: number,
  write: (writer: TensorWriter) => Promise<Readonly<Record<string, string>>>,
): Promise<number> {
  const known = new TextEncoder().encode(JSON.stringify(metadata)).length;
  const room = 8 * Math.ceil((known + ROOM_FOR_TEXTS + tensors * ROOM_FOR_TENSOR) / 8);
  let end = 0;
  await writeAtomically(path, async (file) => {
    await file.appendFile(new Uint8Array(PREFIX_BYTES + room));
    const entries: Record<string, unknown> = {};
    let begin = 0;
    const further = await write({
      async append(bytes) {
        const before = end;
        for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
          await file.appendFile(chunk);
          end += chunk.length;
        }
        return end - before;
      },
      name(name, dtype, shape) {
        entries[name] = { dtype, shape, data_offsets: [begin, end] };
        begin = end;
      },
    });
    const json = JSON.stringify({ __metadata__: { ...metadata, ...further }, ...entries });
    const header = new Uint8Array(PREFIX_BYTES + room).fill(' '.charCodeAt(0));
    new DataView(header.buffer).setBigUint64(0, BigInt(room), true);
    header.set(new TextEncoder().encode(json), PREFIX_BYTES);
    await file.write(header, 0, header.length, 0);
    end += header.length;
  });
  return end;
}
