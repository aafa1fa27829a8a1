import type { ImageDecoder } from '../imageDecoder.js';
import { plainDecoder } from './plainDecoder.js';
import { type Sharp, sharpDecoder } from './sharpDecoder.js';

/** Its type is unknown to the compiler: nothing may depend on whether it is installed. */
const PACKAGE: string = 'sharp';

/**
 * The decoder for image files: sharp where it is installed and loads, otherwise one in plain JavaScript.
 * @param load @default imports sharp
 */
export async function openDecoder(
  load: () => Promise<{ readonly default: Sharp }> = () => import(PACKAGE),
): Promise<ImageDecoder> {
  try {
    return sharpDecoder((await load()).default);
  } catch {
    // It is optional: not installed, or not for this machine.
    return plainDecoder;
  }
}
