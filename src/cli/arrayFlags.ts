import type { Command } from 'commander';
import { LAYOUTS } from '../data/array/imageLayout.js';
import type { ReadOptions } from '../data/dataFormat.js';
import { shapeOf } from './shapeOption.js';

/** What commander makes of the flags. */
export type ArrayFlags = { readonly [flag in keyof ReadOptions]?: ReadOptions[flag] | undefined };

/** Adds the flags that say how images lie in arrays, where these do not. */
export function addArrayFlags(command: Command): Command {
  return command
    .option('--layout <order>', `arrays: channels last or first, ${LAYOUTS.join(' or ')} (default: told by the shape)`)
    .option('--shape <HxWxC>', 'raw frames, and rows of values: the shape of an image, 28x28 or 32x32x3', shapeOf)
    .option('--transpose', 'exchange rows and columns, which the images of EMNIST need');
}

/** The flags that were given. */
export function arrayOptionsOf({ layout, shape, transpose }: ArrayFlags): ReadOptions {
  return {
    ...(layout !== undefined && { layout }),
    ...(shape !== undefined && { shape }),
    ...(transpose !== undefined && { transpose }),
  };
}
