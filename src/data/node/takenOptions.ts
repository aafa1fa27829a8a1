import type { FormatOption } from '../formatOptions.js';
import { inspect } from './files/openFile.js';
import { openInput } from './files/openInput.js';
import { recogniseFormat } from './recogniseFormat.js';

/** The options of reading that the data at a path take; none where they cannot be told. */
export async function takenOptions(path: string): Promise<readonly FormatOption[]> {
  try {
    const stats = await inspect(path);
    // What is read once is not to be looked at.
    if (!stats.isFile() && !stats.isDirectory()) return [];
    const input = await openInput(path);
    try {
      return (await recogniseFormat(input, {})).options ?? [];
    } finally {
      if (input.kind === 'file') await input.close();
    }
  } catch {
    // Whoever opens them says why.
    return [];
  }
}
