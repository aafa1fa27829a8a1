import { stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { initialState, reduce } from '../../dashboard/state.js';
import { OptionError } from '../../errors.js';
import { makeFolder } from '../../files/makeFolder.js';
import { writeAtomically } from '../../files/writeAtomically.js';
import { type RunRecord, readRun } from '../../run/folder/readRun.js';
import { readEvents } from '../../run/folder/runEvents.js';
import { printable } from '../../text/printable.js';
import { EXIT } from '../exitCodes.js';
import type { CliStreams } from '../programContext.js';
import { writeText } from '../writeText.js';
import { markdownReport } from './markdownReport.js';
import { reportPictures } from './reportPictures.js';

/** As commander gives them. */
export interface ReportFlags {
  readonly markdown?: boolean;
  readonly output?: string;
}

/**
 * Writes what is known of a run as Markdown: on stdout without pictures, or into a file with the pictures beside it.
 * @returns the exit code
 * @throws OptionError, RunError where there is no such run, FileError or SinkError where it cannot be written
 */
export async function reportAction(
  run: string | undefined,
  { markdown = false, output }: ReportFlags,
  { stdout, stderr }: CliStreams,
): Promise<number> {
  if (!markdown)
    throw new OptionError('markdown', undefined, 'to be given', 'Give --markdown: it is the form that there is.');
  if (output === '') throw new OptionError('output', output, 'a folder, or a file that ends in .md');
  const record = await readRun(run);
  const state = await stateOf(record);
  if (output === undefined || output === '-') {
    await writeText(stdout, markdownReport({ record, state, pictures: [] }));
    return EXIT.done;
  }
  const place = await placeOf(output);
  const pictures = reportPictures(state).map((picture) => ({ ...picture, place: place.prefix + picture.file }));
  // The text last: what it shows is there by then.
  for (const picture of pictures) await writeAtomically(join(place.folder, picture.place), picture.png);
  await writeAtomically(
    join(place.folder, place.file),
    new TextEncoder().encode(markdownReport({ record, state, pictures })),
  );
  const all = [place.file, ...pictures.map((picture) => picture.place)];
  stderr.write(`${printable(place.folder)}: ${all.map(printable).join(', ')}\n`);
  return EXIT.done;
}

async function stateOf({ events }: RunRecord) {
  let state = initialState;
  for await (const event of readEvents(events)) state = reduce(state, event);
  return state;
}

interface Place {
  readonly folder: string;
  /** Of the text. */
  readonly file: string;
  /** Of the names of the pictures. */
  readonly prefix: string;
}

/** A folder is made where there is none. */
async function placeOf(output: string): Promise<Place> {
  const isFolder = (await stat(output).catch(() => undefined))?.isDirectory() ?? false;
  if (extname(output) === '.md' && !isFolder)
    return { folder: dirname(output), file: basename(output), prefix: `${basename(output, '.md')}-` };
  // What cannot be made is told by the first file that is written there.
  await makeFolder(output).catch(() => undefined);
  return { folder: output, file: 'report.md', prefix: '' };
}
