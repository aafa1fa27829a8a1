// What tells images from others, without Node: only its hash takes bytes in parts.
import type { ImageReader, ImageStore } from './imageStore.js';

/** A digest of all images, in lower-case hexadecimal. */
export type ImageDigest = (reader: ImageReader, store: ImageStore) => Promise<string>;

/** Bytes of images in memory at once. */
const PIECE = 4 * 2 ** 20;

/** The sha256 of all images, which are read at once: for those that lie in memory. */
export async function digestAtOnce(reader: ImageReader, { items }: ImageStore): Promise<string> {
  return hexadecimal(await sha256(await reader.read(0, items)));
}

/** The sha256 of the sha256s of pieces of 4 MiB, of whole images each: holds one piece at a time. */
export async function digestInPieces(reader: ImageReader, { items, imageSize }: ImageStore): Promise<string> {
  const step = Math.max(1, Math.floor(PIECE / imageSize));
  const digests = new Uint8Array(32 * Math.ceil(items / step));
  for (let from = 0, at = 0; from < items; from += step, at += 32)
    digests.set(await sha256(await reader.read(from, Math.min(items, from + step))), at);
  return hexadecimal(await sha256(digests));
}

/** The sha256 of several sha256s. */
export async function combinedDigest(...digests: readonly string[]): Promise<string> {
  return hexadecimal(await sha256(new TextEncoder().encode(digests.join())));
}

async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
