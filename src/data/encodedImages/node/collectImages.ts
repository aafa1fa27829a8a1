import { DataError } from '../../../errors.js';
import type { ImageShape } from '../../batch.js';
import type { ImageOptions } from '../imageOptions.js';
import { type RawImage, withChannels } from '../rawImage.js';
import type { DecodedFile } from './decodeInOrder.js';
import type { PixelSink } from './pixelSink.js';

/** An image that cannot be decoded. */
export interface DamagedImage {
  readonly path: string;
  readonly reason: string;
}

/** What a pile of files came to. */
export interface CollectedImages {
  readonly shape: ImageShape;
  /** Of the images, in their order. */
  readonly paths: readonly string[];
  readonly damaged: readonly DamagedImage[];
  /** Files that are no images. */
  readonly others: number;
}

/**
 * Writes images, which have one size, to a sink. Without `channels` they are grey until the first one with colours comes.
 * @param root names them in errors
 * @param onFirst is told the bytes of an image, with three channels
 * @throws DataError `DATA_SHAPE` where sizes differ, `IMAGE_DAMAGED` where no image can be decoded, `DATA_EMPTY` where there is none
 */
export async function collectImages(
  root: string,
  files: AsyncIterable<DecodedFile>,
  sink: PixelSink,
  options: ImageOptions,
  onFirst?: (largestImage: number) => Promise<void>,
): Promise<CollectedImages> {
  const paths: string[] = [];
  const damaged: DamagedImage[] = [];
  let others = 0;
  let first: { readonly path: string; readonly image: RawImage } | undefined;
  let channels = options.channels ?? 1;
  for await (const file of files) {
    if (file.kind === 'other') others += 1;
    else if (file.kind === 'damaged') damaged.push({ path: file.path, reason: file.reason });
    else {
      const { path, image } = file;
      if (first === undefined) await onFirst?.(3 * image.height * image.width);
      first ??= file;
      requireSameSize(root, first, file);
      if (options.channels === undefined && image.channels > channels) {
        channels = 3;
        await sink.addColours();
      }
      await sink.write(withChannels(image, channels).pixels);
      paths.push(path);
    }
  }
  if (first === undefined) throw noImage(root, damaged);
  const { height, width } = first.image;
  return { shape: [height, width, channels], paths, damaged, others };
}

type Found = Extract<DecodedFile, { kind: 'image' }>;

/** @throws DataError `DATA_SHAPE` */
export function requireSameSize(root: string, first: Omit<Found, 'kind'>, { path, image }: Omit<Found, 'kind'>): void {
  const { height, width } = first.image;
  if (image.height === height && image.width === width) return;
  throw new DataError({
    code: 'DATA_SHAPE',
    path: `${root}/${path}`,
    expected: `an image of ${height}×${width} (height × width), as ${first.path}`,
    actual: `${image.height}×${image.width}`,
    advice: 'Give all images one size: --resize 64x64, or resize: [64, 64] in a program.',
  });
}

/** What to say where nothing was found. */
export function noImage(root: string, [damaged]: readonly DamagedImage[]): DataError {
  if (damaged === undefined)
    return new DataError({
      code: 'DATA_EMPTY',
      path: root,
      expected: 'PNG, JPEG, WebP, GIF, TIFF or BMP images',
      actual: 'none',
      advice: 'Give the folder or the archive that holds the images.',
    });
  return new DataError({
    code: 'IMAGE_DAMAGED',
    path: `${root}/${damaged.path}`,
    problem: `no image can be decoded, this one because of: ${damaged.reason}`,
    advice: 'Check that the images open elsewhere, and fetch them again.',
  });
}
