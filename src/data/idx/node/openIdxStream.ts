import type { Arrangement } from '../../array/imageLayout.js';
import { arrayStream } from '../../array/node/arrayStream.js';
import { arrangementOf } from '../../array/node/openArray.js';
import type { FileInput, OpenOptions } from '../../dataFormat.js';
import type { ImageStream } from '../../imageStream.js';
import { imageShapeOf } from '../imagesOrLabels.js';
import { idxSource } from './idxSource.js';
import { readHeader } from './readHeader.js';

/**
 * Reads the header of an IDX image file that arrives as a stream of bytes.
 * @throws IdxError `IDX_UNSUITABLE` for anything but uint8 of rank 3 or 4, and as for a file. The batches' source throws
 * `IDX_TRUNCATED` and `IDX_TRAILING` where they occur
 */
export async function openIdxStream(file: FileInput, options: OpenOptions = {}): Promise<ImageStream> {
  const { path } = file;
  const header = await readHeader(file);
  const source = idxSource(file, header);
  const isArranged = header.dtype === 'uint8' && (options.layout ?? options.shape) !== undefined;
  const arrangement: Arrangement = isArranged
    ? arrangementOf(source, options)
    : { shape: imageShapeOf({ path, header }), layout: 'hwc' };
  return arrayStream(file, source, arrangement);
}
