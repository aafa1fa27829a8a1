// Latents as files: what the end of a name says.
import { OptionError } from '../../../errors.js';

export type LatentFormat = 'npy' | 'safetensors' | 'csv' | 'stdout';

export interface LatentTarget {
  readonly format: LatentFormat;
  readonly path: string;
}

/** @throws OptionError where the name tells nothing */
export function latentTarget(output: string): LatentTarget {
  if (output === '-') return { format: 'stdout', path: '-' };
  const [, end] = /\.(npy|safetensors|csv)$/i.exec(output) ?? [];
  if (end !== undefined) return { format: end.toLowerCase() as LatentFormat, path: output };
  const expected = 'a name that ends in .npy, .safetensors or .csv, or - for stdout';
  throw new OptionError('output', output, expected, 'Its end says what to make.');
}
