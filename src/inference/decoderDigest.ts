import type { Network } from '../model/architecture.js';
import type { NamedTensors } from '../model/engine.js';

/** What of the platform this takes: Node and browsers have it, and call it the same. */
interface Platform {
  readonly crypto: { readonly subtle: { digest(name: 'SHA-256', bytes: Uint8Array): Promise<ArrayBuffer> } };
}

/**
 * Tells a decoder from others: the sha256 of its layers as JSON and of its weights, in the order of the layers. It travels with latents,
 * which another decoder would make nonsense of.
 * @returns lower-case hexadecimal
 */
export async function decoderDigest(
  { architecture, decoder, latentShape }: Network,
  weights: NamedTensors,
): Promise<string> {
  const { decoder: layers, input } = architecture;
  const text = new TextEncoder().encode(JSON.stringify({ latentShape, input, decoder: layers }));
  const specs = decoder.flatMap((layer) => layer.weights);
  const parts = [text, ...specs.map(({ name }) => bytesOf(weights.get(name)!.data))];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  const { crypto } = globalThis as unknown as Platform;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
