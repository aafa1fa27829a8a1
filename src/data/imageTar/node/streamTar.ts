import { DataError } from '../../../errors.js';
import type { FileInput, OpenOptions } from '../../dataFormat.js';
import { isForTesting } from '../../encodedImages/divideImages.js';
import { leftOutNotice } from '../../encodedImages/leftOutNotice.js';
import { type DamagedImage, noImage, requireSameSize } from '../../encodedImages/node/collectImages.js';
import { type DecodedFile, decodeInOrder } from '../../encodedImages/node/decodeInOrder.js';
import { openDecoder } from '../../encodedImages/node/openDecoder.js';
import { decodingOptions } from '../../encodedImages/node/openImageFiles.js';
import { withChannels } from '../../encodedImages/rawImage.js';
import type { ImageStream } from '../../imageStream.js';
import { imageStream } from '../../node/stream/imageStream.js';
import { tarEntries } from './tarEntries.js';

type DecodedImage = Extract<DecodedFile, { kind: 'image' }>;

/**
 * The images of a tar archive that passes once; those beneath `test/` and `val/` are left out. The first one tells size and channels of all.
 * @throws DataError as `collectImages`, `IMAGE_DECODER`, `TAR_DAMAGED`. The batches' source throws what shows later
 */
export async function streamTar(input: FileInput, options: OpenOptions): Promise<ImageStream> {
  const { path } = input;
  const files = { path, files: () => trainingEntries(input) };
  const decoded = decodeInOrder(files, await openDecoder(), decodingOptions(options), options.signal);
  const images = imagesOf(path, decoded, options);
  const { value: first } = await images.next();
  if (first === undefined) throw noImage(path, []);
  const { height, width } = first.image;
  const channels = options.channels ?? first.image.channels;
  return imageStream({
    path,
    shape: [height, width, channels],
    payload: pixelsOf(path, first, images, options.channels),
    close: () => input.close(),
  });
}

async function* trainingEntries(input: FileInput) {
  for await (const entry of tarEntries(input.bytes(), input.path)) if (!isForTesting(entry.path)) yield entry;
}

/** Passes images on; at the end it tells what was none. */
async function* imagesOf(
  path: string,
  decoded: AsyncIterable<DecodedFile>,
  { onNotice }: OpenOptions,
): AsyncGenerator<DecodedImage, void> {
  const damaged: DamagedImage[] = [];
  let others = 0;
  let found = false;
  for await (const file of decoded) {
    if (file.kind === 'image') {
      found = true;
      yield file;
    } else if (file.kind === 'other') others += 1;
    else damaged.push(file);
  }
  if (!found) throw noImage(path, damaged);
  const notice = leftOutNotice(path, { damaged, others });
  if (notice) onNotice?.(notice);
}

async function* pixelsOf(
  path: string,
  first: DecodedImage,
  rest: AsyncGenerator<DecodedImage, void>,
  wanted: 1 | 3 | undefined,
): AsyncGenerator<Uint8Array, void> {
  const channels = wanted ?? first.image.channels;
  try {
    yield withChannels(first.image, channels).pixels;
    for await (const next of rest) {
      requireSameSize(path, first, next);
      if (wanted === undefined && next.image.channels > channels) throw coloured(path, first, next);
      yield withChannels(next.image, channels).pixels;
    }
  } finally {
    await rest.return();
  }
}

function coloured(root: string, first: DecodedImage, { path }: DecodedImage): DataError {
  return new DataError({
    code: 'DATA_SHAPE',
    path: `${root}/${path}`,
    expected: `a grey image, as ${first.path}`,
    actual: 'one with colours',
    advice: 'Say what all shall be: --channels 3 or --channels 1.',
  });
}
