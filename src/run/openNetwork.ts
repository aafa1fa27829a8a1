// Which network a run trains: one of the user's own, a preset, or what its engine knows of.
import type { ImageShape } from '../data/batch.js';
import { ArchitectureError } from '../errors.js';
import type { Network } from '../model/architecture.js';
import { checkArchitecture } from '../model/checkArchitecture.js';
import { readArchitecture } from '../model/node/readArchitecture.js';
import { opaqueNetwork } from '../model/opaqueNetwork.js';
import { preset } from '../model/presets.js';
import { isArchitectureFile, type RunInput } from './config.js';

/** A network that does not follow the data; `undefined` for a preset. */
export async function openNetwork(architecture: NonNullable<RunInput['architecture']>): Promise<Network | undefined> {
  if (typeof architecture !== 'string') return checkArchitecture(architecture);
  return isArchitectureFile(architecture) ? readArchitecture(architecture) : undefined;
}

/**
 * A network for images of that shape.
 * @param name of a preset; without one it has no layers, and its engine trains what it likes
 */
export function networkFor(shape: ImageShape, name: string | undefined): Network {
  return name === undefined ? opaqueNetwork('own', shape) : checkArchitecture(preset(name, shape));
}

/** @throws ArchitectureError `ARCHITECTURE_SHAPE` where it is for other images */
export function requireInput({ architecture }: Network, shape: readonly number[]): void {
  if (architecture.input.join() === shape.join()) return;
  throw new ArchitectureError({
    code: 'ARCHITECTURE_SHAPE',
    problem: `the network ${architecture.name}`,
    expected: `an input of ${shape.join('×')}, as the images`,
    actual: architecture.input.join('×'),
    advice: 'Change the input and the last layer, or give other data.',
  });
}
