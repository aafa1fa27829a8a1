import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OptionError, SinkError } from '../../../errors.js';
import { samplePng } from '../../../events/samplePng.js';
import { writeAtomically } from '../../../files/writeAtomically.js';
import { type OptionNames, requireKnownOptions } from '../../../options.js';
import type { EventSink } from '../eventSink.js';
import { openSinkFolder } from './sinkFolder.js';

export interface PngSinkOptions {
  /** The folder may hold the pictures of the run that goes on here. @default false */
  readonly resumed?: boolean;
}

const OPTIONS: OptionNames<PngSinkOptions> = { resumed: true };

/**
 * Every `sample` event as a picture, `step-00000500.png` in `folder`: a column for each image, what the network saw over what it
 * made of it, as by `samplePng`. A picture is there as a whole or not at all; one of the same step takes its place.
 *
 * @throws OptionError where `folder` is no path; SinkError `SINK_EXISTS` where there are such pictures already, `SINK_UNWRITABLE`
 * where it is no folder or cannot be written. Writing fails with FileError `FILE_UNWRITABLE`, or with EventError `EVENT_SHAPE` for images
 * that are no pictures, of two channels, say
 *
 * @example
 * const sink = await pngSink(`${place}/samples`);
 * await lastValueFrom(pipeline(digits.train.batches(), train(engine, { testData: digits.test }), toSink(sink)));
 * console.log(existsSync(`${place}/samples/step-00000000.png`)); // true
 */
export async function pngSink(folder: string, options: PngSinkOptions = {}): Promise<EventSink> {
  requireKnownOptions(options, OPTIONS);
  if (typeof folder !== 'string' || folder === '') throw new OptionError('folder', folder, 'the path of a folder');
  const removeEmpty = await openSinkFolder(folder);
  if (options.resumed !== true && (await readdir(folder)).some((name) => PICTURE.test(name)))
    throw new SinkError({
      code: 'SINK_EXISTS',
      path: folder,
      problem: 'pictures of a run are here already',
      advice: 'Choose another folder; runs are never mixed or overwritten.',
    });
  return {
    takes: 'events',
    write(event) {
      if (event.type !== 'sample') return undefined;
      return writeAtomically(join(folder, `step-${String(event.step).padStart(8, '0')}.png`), samplePng(event));
    },
    close: removeEmpty,
  };
}

const PICTURE = /^step-\d{8,}\.png$/;
