import type { Dirent } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isHidden } from '../../encodedImages/isHidden.js';
import { fail } from '../../node/files/openFile.js';

/** An entry of a folder, or of one beneath it. */
export interface WalkedEntry {
  /** Within the folder where the walk began, `/` between names. */
  readonly path: string;
  readonly kind: 'file' | 'hidden' | 'link';
}

/** Names read at once: a folder may hold millions. */
const BUFFERED_NAMES = 1024;

/**
 * All files beneath a folder, as the system lists them. Hidden entries are named, not entered. Links to folders are followed once on a way
 * down, and not in a circle; those that are not are named as `link`.
 * @throws DataError `DATA_NOT_FOUND`, `DATA_UNREADABLE`; the signal's reason on abort
 */
export async function* walkFolder(root: string, signal?: AbortSignal): AsyncGenerator<WalkedEntry, void> {
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
): AsyncGenerator<WalkedEntry, void> {
  const real = await realpath(folder).catch(fail(folder));
  if (above.has(real)) {
    yield { path: path.slice(0, -1), kind: 'link' };
    return;
  }
  const way = new Set([...above, real]);
  for await (const entry of await opendir(folder, { bufferSize: BUFFERED_NAMES }).catch(fail(folder))) {
    signal?.throwIfAborted();
    const inside = `${path}${entry.name}`;
    const kind = isHidden(entry.name) ? 'hidden' : await kindOf(folder, entry);
    if (kind !== 'folder') yield { path: inside, kind };
    else if (throughLink && entry.isSymbolicLink()) yield { path: inside, kind: 'link' };
    else
      yield* walk(
        {
          folder: join(folder, entry.name),
          path: `${inside}/`,
          above: way,
          throughLink: throughLink || entry.isSymbolicLink(),
        },
        signal,
      );
  }
}

async function kindOf(folder: string, entry: Dirent): Promise<'file' | 'folder' | 'link'> {
  if (!entry.isSymbolicLink()) return entry.isDirectory() ? 'folder' : 'file';
  const target = await stat(join(folder, entry.name)).catch(() => undefined);
  if (target === undefined) return 'link';
  return target.isDirectory() ? 'folder' : 'file';
}
