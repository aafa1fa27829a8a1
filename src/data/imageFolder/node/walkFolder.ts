import { type Dir, type Dirent, opendirSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isHidden } from '../../encodedImages/isHidden.js';
import { fail } from '../../node/files/openFile.js';

/** An entry of a folder, or of one beneath it. */
export interface WalkedEntry {
  /** Within the folder where the walk began, `/` between names. */
  readonly path: string;
  readonly kind: 'file' | 'hidden' | 'link';
}

/** Names read at once, on this thread: a folder may hold millions. */
const BUFFERED_NAMES = 1024;

/**
 * All files beneath a folder, as the system lists them, some at a time. Hidden entries are named, not entered. Links to folders are followed once on a way
 * down, and not in a circle; those that are not are named as `link`.
 * @throws DataError `DATA_NOT_FOUND`, `DATA_UNREADABLE`; the signal's reason on abort
 */
export async function* walkFolder(root: string, signal?: AbortSignal): AsyncGenerator<readonly WalkedEntry[], void> {
  yield* walk({ folder: root, path: '', above: new Set(), throughLink: false }, signal);
}

interface Place {
  readonly folder: string;
  /** Of the folder within the root, with a `/` at its end. */
  readonly path: string;
  /** Folders on the way here, without links. */
  readonly above: ReadonlySet<string>;
  readonly throughLink: boolean;
}

async function* walk(
  { folder, path, above, throughLink }: Place,
  signal?: AbortSignal,
): AsyncGenerator<readonly WalkedEntry[], void> {
  const real = await realpath(folder).catch(fail(folder));
  if (above.has(real)) {
    yield [{ path: path.slice(0, -1), kind: 'link' }];
    return;
  }
  const way = new Set([...above, real]);
  for (const entries of namesIn(folder)) {
    signal?.throwIfAborted();
    const found: WalkedEntry[] = [];
    const folders: Place[] = [];
    for (const entry of entries) {
      const inside = `${path}${entry.name}`;
      const isLink = entry.isSymbolicLink();
      const kind = isHidden(entry.name) ? 'hidden' : isLink ? await kindOfTarget(folder, entry) : kindOf(entry);
      if (kind !== 'folder') found.push({ path: inside, kind });
      else if (throughLink && isLink) found.push({ path: inside, kind: 'link' });
      else
        folders.push({
          folder: join(folder, entry.name),
          path: `${inside}/`,
          above: way,
          throughLink: throughLink || isLink,
        });
    }
    yield found;
    for (const place of folders) yield* walk(place, signal);
  }
}

function* namesIn(folder: string): Generator<readonly Dirent[], void> {
  const opened = openFolder(folder);
  try {
    for (;;) {
      const entries: Dirent[] = [];
      for (let entry = opened.readSync(); entry !== null; entry = opened.readSync())
        if (entries.push(entry) === BUFFERED_NAMES) break;
      if (entries.length === 0) return;
      yield entries;
    }
  } finally {
    opened.closeSync();
  }
}

function openFolder(folder: string): Dir {
  try {
    return opendirSync(folder, { bufferSize: BUFFERED_NAMES });
  } catch (error) {
    return fail(folder)(error);
  }
}

function kindOf(entry: Dirent): 'file' | 'folder' {
  return entry.isDirectory() ? 'folder' : 'file';
}

async function kindOfTarget(folder: string, entry: Dirent): Promise<'file' | 'folder' | 'link'> {
  const target = await stat(join(folder, entry.name)).catch(() => undefined);
  if (target === undefined) return 'link';
  return target.isDirectory() ? 'folder' : 'file';
}
