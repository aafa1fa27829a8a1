import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackingFormat } from '../format.js';

/** A file, or those of a folder that are one run: their names begin with the time. @throws what the system says */
export async function filesOf(path: string, { joins }: TrackingFormat): Promise<readonly string[]> {
  if (joins === undefined || !(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => joins.test(name));
  return names.sort().map((name) => join(path, name));
}
