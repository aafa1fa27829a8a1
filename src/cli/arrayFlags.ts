import type { Command } from 'commander';
import { LAYOUTS } from '../data/array/imageLayout.js';
import type { ReadOptions } from '../data/dataFormat.js';

/** What commander makes of the flags. */
export type ArrayFlags = { readonly [flag in keyof ReadOptions]?: ReadOptions[flag] | undefined };

/** Adds the flags that say how images lie in arrays, where these do not. */
export function addArrayFlags(command: Command): Command {
  return command
    .option('--layout <order>', `arrays: channels last or first, ${LAYOUTS.join(' or ')} (default: told by the shape)`)
    .option(
      '--shape <HxWxC>',
      'arrays and CSV: the shape of an image that is one row of values, 28x28 or 32x32x3',
      shape,
    )
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

/** Three numbers where the text has two or three; otherwise the text itself, for the check to complain about. */
function shape(text: string): ReadOptions['shape'] {
  const [, height, width, channels = '1'] = /^(\d{1,9})[x×](\d{1,9})(?:[x×](\d{1,9}))?$/i.exec(text) ?? [];
  return (height === undefined ? text : [Number(height), Number(width), Number(channels)]) as ReadOptions['shape'];
}
