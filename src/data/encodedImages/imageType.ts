/** Types of image files that are decoded. */
export type ImageType = 'PNG' | 'JPEG' | 'WebP' | 'GIF' | 'TIFF' | 'BMP';

/** First bytes of a file that it takes to tell. */
export const TYPE_BYTES = 32;

/** Sizes of the second header of a BMP file, by which it is told from texts that begin with BM. */
const BMP_HEADERS: ReadonlySet<number> = new Set([12, 40, 52, 56, 64, 108, 124]);

/** The type of an image file, by its first bytes; `undefined` for anything else. @see https://en.wikipedia.org/wiki/List_of_file_signatures */
export function imageTypeOf(start: Uint8Array): ImageType | undefined {
  const text = String.fromCharCode(...start.subarray(0, TYPE_BYTES));
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'PNG';
  if (text.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'WebP';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'GIF';
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'TIFF';
  if (text.startsWith('BM') && BMP_HEADERS.has(text.charCodeAt(14)) && text.startsWith('\0\0\0', 15)) return 'BMP';
  return undefined;
}
