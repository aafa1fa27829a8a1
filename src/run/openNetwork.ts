// Which network a run trains: one of the user's own, a preset, or what its engine knows of.
import type { ImageShape } from '../data/batch.js';
import { requireChannelsLast } from '../data/channelsFirst.js';
import { ArchitectureError } from '../errors.js';
import type { Network } from '../model/architecture.js';
import { checkArchitecture } from '../model/checkArchitecture.js';
import { readNetworkFile } from '../model/node/readArchitecture.js';
import { opaqueNetwork } from '../model/opaqueNetwork.js';
import { preset } from '../model/presets/presets.js';
import { isArchitectureFile, type RunInput } from './config.js';

/** A network, and the file that has weights for it, where it has come with some. */
export interface OpenedNetwork {
  readonly network: Network;
  readonly weights?: string;
}

/** A network that does not follow the data; `undefined` for a preset. */
export async function openNetwork(
  architecture: NonNullable<RunInput['architecture']>,
): Promise<OpenedNetwork | undefined> {
  if (typeof architecture !== 'string') return { network: checkArchitecture(architecture) };
  if (!isArchitectureFile(architecture)) return undefined;
  const { network, weightsManifest } = await readNetworkFile(architecture);
  return { network, ...(weightsManifest !== undefined && { weights: architecture }) };
}

/** What a network is for: images, and what they are called in errors. */
export interface InputImages {
  readonly name: string;
  readonly shape: ImageShape;
}

/**
 * A network for such images.
 * @param presetName without one the network has no layers, and its engine trains what it likes
 * @throws DataError `DATA_SHAPE` where a preset would take channels for rows
 */
export function networkFor({ name, shape }: InputImages, presetName: string | undefined): Network {
  if (presetName === undefined) return opaqueNetwork('own', shape);
  requireChannelsLast(name, shape);
  return checkArchitecture(preset(presetName, shape));
}

/** @throws ArchitectureError `ARCHITECTURE_SHAPE` where it is for other images; DataError `DATA_SHAPE` where their channels come first */
export function requireInput({ architecture }: Network, { name, shape }: InputImages): void {
  if (architecture.input.join() === shape.join()) return;
  requireChannelsLast(name, shape);
  throw new ArchitectureError({
    code: 'ARCHITECTURE_SHAPE',
    problem: `the network ${architecture.name}`,
    expected: `an input of ${shape.join('×')}, as the images`,
    actual: architecture.input.join('×'),
    advice: `Change the input and the last layer, or give other data; photos come to its size by --resize ${architecture.input.slice(0, 2).join('x')}.`,
  });
}
