import { DataError } from '../../../errors.js';
import { sharedEventLoop } from '../../../yieldToEventLoop.js';
import type { ImageDecoder } from '../imageDecoder.js';
import type { DecodingOptions } from '../imageOptions.js';
import type { RawImage } from '../rawImage.js';
import type { ImageFile, ImageFiles } from './imageFile.js';

/** What became of a file. */
export type DecodedFile =
  | { readonly path: string; readonly kind: 'image'; readonly image: RawImage }
  | { readonly path: string; readonly kind: 'damaged'; readonly reason: string }
  | { readonly path: string; readonly kind: 'other' };

/**
 * Decodes images, several at once, in the order of their files. Holds as many as the decoder's concurrency.
 * @throws DataError `IMAGE_DECODER` for a type that the decoder does not know, and whatever ends the reading; the signal's reason on abort
 */
export async function* decodeInOrder(
  { path, files }: ImageFiles,
  decoder: ImageDecoder,
  options: DecodingOptions,
  signal?: AbortSignal,
): AsyncGenerator<DecodedFile, void> {
  const pending: Promise<DecodedFile>[] = [];
  const turn = sharedEventLoop();
  try {
    for await (const file of files()) {
      await turn();
      signal?.throwIfAborted();
      const decoding = decodeFile(path, file, decoder, options);
      // Thrown where it is awaited, in its turn.
      decoding.catch(() => undefined);
      pending.push(decoding);
      if (pending.length >= decoder.concurrency) yield await pending.shift()!;
    }
    while (pending.length > 0) {
      yield await pending.shift()!;
      signal?.throwIfAborted();
    }
  } finally {
    await Promise.allSettled(pending);
  }
}

async function decodeFile(
  root: string,
  file: ImageFile,
  decoder: ImageDecoder,
  options: DecodingOptions,
): Promise<DecodedFile> {
  const { path } = file;
  try {
    const encoded = await file.read();
    if (encoded === undefined) return { path, kind: 'other' };
    const { type, bytes } = encoded;
    if (!decoder.types.has(type)) throw needsSharp(`${root}/${path}`, type, decoder);
    return { path, kind: 'image', image: await decoder.decode(bytes, type, options) };
  } catch (error) {
    if (error instanceof DataError || !(error instanceof Error)) throw error;
    return { path, kind: 'damaged', reason: reasonOf(error) };
  }
}

/** Where in sharp and libvips it was found. */
const LIBRARY_WORDS = /^(Input buffer [^:]*: )?(Vips\w+: |\w+load_buffer: |\w+: (?=libspng|unable))*/;

/** What libraries write, as one short phrase. */
function reasonOf({ message }: Error): string {
  const [line = ''] = message.trim().split('\n');
  return line.replace(LIBRARY_WORDS, '').replace(/\.+$/, '').slice(0, 120) || 'it cannot be decoded';
}

function needsSharp(path: string, type: string, { types }: ImageDecoder): DataError {
  return new DataError({
    code: 'IMAGE_DECODER',
    path,
    expected: `${[...types].join(', ')}, which are all that can be decoded without the package sharp`,
    actual: `a ${type} image`,
    advice: 'Install it beside millrace (npm install sharp), or convert the images to PNG.',
  });
}
