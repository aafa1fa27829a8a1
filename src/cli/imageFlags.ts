import { type Command, Option } from 'commander';
import type { OpenOptions } from '../data/dataFormat.js';
import { FITS } from '../data/encodedImages/imageOptions.js';

/** What commander makes of the flags. */
export type ImageFlags = { readonly [flag in keyof ImageArguments]: ImageArguments[flag] | undefined };

type ImageArguments = Pick<OpenOptions, 'resize' | 'fit' | 'channels' | 'cache'>;

/** Adds the flags for images that are encoded: in folders, archives and Parquet files. */
export function addImageFlags(command: Command): Command {
  return addResizing(command).option(
    '--fit <how>',
    `photos: what --resize does to other proportions: ${FITS.join(', ')} (default: cover)`,
  );
}

/** The same for a command whose `--fit` means something else: there `--resize-fit` says it. */
export function addImageFlagsWithoutFit(command: Command): Command {
  const description = 'photos: what --resize does to other proportions (default: cover)';
  return addResizing(command).addOption(new Option('--resize-fit <how>', description).choices(FITS));
}

function addResizing(command: Command): Command {
  return command
    .option('--resize <HxW>', 'photos: the height and width that all get, such as 64x64', size)
    .option('--channels <count>', 'photos: 1 makes all grey, 3 gives all colours', channels)
    .option('--no-cache', 'photos: do not keep them decoded for the next time');
}

/** The flags that were given; commander says true where `--no-cache` was not. */
export function imageOptionsOf({ resize, fit, channels, cache }: ImageFlags): ImageArguments {
  return {
    ...(resize !== undefined && { resize }),
    ...(fit !== undefined && { fit }),
    ...(channels !== undefined && { channels }),
    ...(cache === false && { cache }),
  };
}

/** Two numbers where the text has them; otherwise the text itself, for the check to complain about. */
function size(text: string): ImageArguments['resize'] {
  const [, height, width] = /^(\d+)[x×](\d+)$/i.exec(text) ?? [];
  return (height === undefined ? text : [Number(height), Number(width)]) as ImageArguments['resize'];
}

function channels(text: string): ImageArguments['channels'] {
  return (/^\d+$/.test(text) ? Number(text) : text) as ImageArguments['channels'];
}
