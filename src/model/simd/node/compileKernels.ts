// The kernels as the build has left them on the disk.
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { assetUrl } from '../../../files/assets.js';
import { compile, isValid, unsupportedReason } from '../instantiate.js';

export function compileKernels(relaxed: boolean): object {
  return compile(kernelBytes(relaxed));
}

/** Why the kernels cannot run here: a phrase, or nothing where they can. */
export function simdUnsupported(relaxed = false): string | undefined {
  return unsupportedReason(() => kernelBytes(false), relaxed ? () => kernelBytes(true) : undefined);
}

function kernelBytes(relaxed: boolean): Uint8Array {
  const bytes = readFileSync(relaxed ? relaxedKernels() : kernels());
  // Node 20 has relaxed SIMD behind this flag; later versions have it without, and complain about the flag.
  if (relaxed && !isValid(bytes)) setFlagsFromString('--experimental-wasm-relaxed-simd');
  return bytes;
}

function kernels(): URL {
  return assetUrl('kernels.wasm', new URL('../../../assets/kernels.wasm', import.meta.url));
}

function relaxedKernels(): URL {
  return assetUrl('kernels.relaxed.wasm', new URL('../../../assets/kernels.relaxed.wasm', import.meta.url));
}
