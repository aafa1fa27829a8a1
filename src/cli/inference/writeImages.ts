import type { ImageShape } from '../../data/batch.js';
import { OptionError } from '../../errors.js';
import type { ImageTarget } from '../../inference/node/save/imageTarget.js';
import { writeImageArray } from '../../inference/node/save/writeImageArray.js';
import { writeImageFolder } from '../../inference/node/save/writeImageFolder.js';
import { writeSheet } from '../../inference/node/save/writeSheet.js';
import { type PictureBatch, toBytes } from '../../inference/pictureBatch.js';
import { printable } from '../../text/printable.js';
import { writeChunk, writeText } from '../writeText.js';
import { type Work, withProgress } from './work.js';

export interface WrittenImages {
  readonly shape: ImageShape;
  /** How many will come, where that is known. */
  readonly items?: number | undefined;
  /** Adds the signed error to a sheet. */
  readonly error?: boolean | undefined;
  /** Images side by side on a sheet. @default about as many as below each other */
  readonly columns?: number | undefined;
}

/**
 * Writes images where `--output` says, and tells the paths on stdout, how many there are on stderr.
 * @throws OptionError for `error` without a sheet
 */
export async function writeImages(
  target: ImageTarget,
  batches: AsyncIterable<PictureBatch>,
  { shape, items, error, columns }: WrittenImages,
  work: Work,
): Promise<void> {
  let done = 0;
  const counted = withProgress(batches, work, items, (count) => {
    done = count;
  });
  const tell = async (paths: readonly string[], count: number): Promise<void> => {
    work.line.clear();
    work.context.stderr.write(`${count} images of ${shape.join('×')}, written to\n`);
    await writeText(work.context.stdout, paths.map((path) => `${printable(path)}\n`).join(''));
  };
  switch (target.format) {
    case 'stdout':
      for await (const { reconstruction } of counted)
        if (!(await writeChunk(work.context.stdout, toBytes(reconstruction)))) return;
      return;
    case 'sheet':
      return tell([target.path], await writeSheet(target.path, shape, counted, { error, columns }));
    case 'folder':
      return tell(await writeImageFolder(target.path, shape, counted, items), done);
    default:
      return tell(await writeImageArray({ ...target, format: target.format }, shape, counted), done);
  }
}

/** Before anything is opened. @throws OptionError */
export function requireErrorFits(target: ImageTarget, error: boolean | undefined): void {
  if (error === true && target.format !== 'sheet')
    throw new OptionError('error', true, 'a sheet to draw it on', 'Let output end in .png, or leave it out.');
}
