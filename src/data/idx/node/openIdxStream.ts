import type { FileInput, OpenOptions } from '../../dataFormat.js';
import type { ImageStream } from '../../imageStream.js';
import { imageStream } from '../../node/stream/imageStream.js';
import { IdxDecoder } from '../decoder.js';
import { imageShapeOf } from '../imagesOrLabels.js';
import { readHeader } from './readHeader.js';

/**
 * Reads the header of an IDX image file that arrives as a stream of bytes.
 * @throws IdxError `IDX_UNSUITABLE` for anything but uint8 of rank 3 or 4, and as for a file. The batches' source throws
 * `IDX_TRUNCATED` and `IDX_TRAILING` where they occur
 */
export async function openIdxStream(file: FileInput, { shape }: OpenOptions = {}): Promise<ImageStream> {
  const { path } = file;
  const header = await readHeader(file);
  return imageStream({
    path,
    shape: imageShapeOf({ path, header }, shape),
    items: header.itemCount,
    payload: payloadOf(file),
    close: () => file.close(),
  });
}

async function* payloadOf(file: FileInput): AsyncGenerator<Uint8Array, void> {
  const decoder = new IdxDecoder(file.path);
  for await (const chunk of file.bytes()) yield decoder.push(chunk);
  decoder.end();
}
