import { DataError } from '../../errors.js';
import type { DataFormat, DataInput, FolderInput, OpenOptions } from '../dataFormat.js';
import { unrecognised } from '../unrecognised.js';
import { FORMATS } from './formats.js';

/**
 * The format that these data are of, told by their content.
 * @throws DataError `DATA_FORMAT`, `DATA_EMPTY` for an empty file, `DATA_NO_FILES` for a folder of other things
 */
export async function recogniseFormat(input: DataInput, options: OpenOptions): Promise<DataFormat> {
  for (const format of FORMATS) if (await format.recognises(input, options)) return format;
  if (input.kind === 'folder') throw noFiles(input);
  throw unrecognised(input.path, await input.start(1), takes());
}

/** What can be given, all formats together. */
function takes(): string {
  return FORMATS.map((format) => format.takes).join('; ');
}

const MOST_NAMES = 5;

function noFiles({ path, entries }: FolderInput): DataError {
  const names = entries.slice(0, MOST_NAMES).map(({ name, isFolder }) => (isFolder ? `${name}/` : name));
  const others = entries.length - names.length;
  const shown = others > 0 ? `${names.join(', ')} and ${others} more` : names.join(', ');
  return new DataError({
    code: 'DATA_NO_FILES',
    path,
    expected: takes(),
    actual: entries.length === 0 ? 'an empty folder' : shown,
    advice: 'Give the folder or the file that holds the images.',
  });
}
