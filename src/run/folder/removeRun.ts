// Removing a run: what it has written itself, and its folder where that holds nothing else.
import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MillraceError, RunError } from '../../errors.js';
import { systemCode, systemReason } from '../../files/systemError.js';
import { runFolderOf } from './findRun.js';
import { isLockFile, LOCK_FILE, lockFolder, requireUnlocked } from './lock.js';
import { EVENTS_FILE, isCheckpointFile, isLeftover } from './runFolder.js';

/** What the removal of a run takes away, and what stays. */
export interface RunRemoval {
  /** The run folder, as it was found. */
  readonly folder: string;
  /** Names of the files in it that the run has written. */
  readonly files: readonly string[];
  /** Size of these files together. */
  readonly bytes: number;
  /** Names of what else is in the folder. It stays, and with it the folder. */
  readonly others: readonly string[];
}

/**
 * Looks at what `removeRun` would remove, and removes nothing.
 *
 * @param run a run folder, or the id or the name of a run kept under `runs/`
 * @throws RunError `RUN_NOT_FOUND`, `RUN_FOLDER_LOCKED` where it is running, `RUN_FOLDER_UNREMOVABLE` where its folder is a link
 * @example
 * const { files } = await planRemoval(`${place}/baseline`);
 * console.log(files.includes('events.ndjson')); // true
 */
export async function planRemoval(run: string): Promise<RunRemoval> {
  const folder = await runFolderOf(run);
  await refuseLink(folder);
  await requireUnlocked(folder, folder).catch((cause: unknown) => {
    throw stillRunning(folder, cause);
  });
  return lookAt(folder);
}

/**
 * Removes a run. Only files that a run writes are removed, no link is followed, and a folder that holds anything else stays.
 *
 * @param run a run folder, or the id or the name of a run kept under `runs/`
 * @returns what was removed, and what stays
 * @throws RunError `RUN_NOT_FOUND`, `RUN_FOLDER_LOCKED` where it is running, `RUN_FOLDER_UNREMOVABLE` where its folder is a link
 *   or the file system refuses
 * @example
 * await removeRun(`${place}/baseline`);
 * console.log((await listRuns(place)).length); // 0
 */
export async function removeRun(run: string): Promise<RunRemoval> {
  const folder = await runFolderOf(run);
  await refuseLink(folder);
  const lock = await lockFolder(folder, folder).catch((cause: unknown) => {
    throw stillRunning(folder, cause);
  });
  try {
    const removal = await lookAt(folder);
    // The events last: what a removal that is interrupted leaves is still a run, and can be removed.
    const inOrder = [...removal.files].sort(
      (one, other) => Number(one === EVENTS_FILE) - Number(other === EVENTS_FILE),
    );
    for (const name of inOrder) await rm(join(folder, name), { force: true });
    await lock.release();
    if (removal.others.length === 0) await rmdir(resolve(folder));
    return removal;
  } catch (cause) {
    throw unremovable(folder, cause);
  } finally {
    await lock.release();
  }
}

async function lookAt(folder: string): Promise<RunRemoval> {
  const files: string[] = [];
  const others: string[] = [];
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    // It goes with the lock's release.
    if (entry.isFile() && entry.name === LOCK_FILE) continue;
    const isOurs = entry.isFile() && isWrittenByRun(entry.name);
    (isOurs ? files : others).push(entry.name);
    if (isOurs) bytes += (await lstat(join(folder, entry.name)).catch(() => undefined))?.size ?? 0;
  }
  return { folder, files: files.sort(), bytes, others: others.sort() };
}

function isWrittenByRun(name: string): boolean {
  return name === EVENTS_FILE || isCheckpointFile(name) || isLeftover(name) || isLockFile(name);
}

function stillRunning(folder: string, cause: unknown): unknown {
  if (!(cause instanceof RunError) || cause.code !== 'RUN_FOLDER_LOCKED') return unremovable(folder, cause);
  return new RunError({
    code: 'RUN_FOLDER_LOCKED',
    path: folder,
    ...(cause.problem !== undefined && { problem: cause.problem }),
    advice: `A run is removed when it is over: stop it first, or delete ${LOCK_FILE} in that folder if nothing runs there.`,
    cause,
  });
}

/** What lies behind a link may be anybody's. */
async function refuseLink(folder: string): Promise<void> {
  if (!(await lstat(resolve(folder))).isSymbolicLink()) return;
  throw new RunError({
    code: 'RUN_FOLDER_UNREMOVABLE',
    path: folder,
    problem: 'this is a link to a folder, and links are not followed',
    advice: 'Name the folder itself.',
  });
}

function unremovable(folder: string, cause: unknown): unknown {
  const reason = systemReason(cause);
  if (cause instanceof MillraceError || reason === undefined) return cause;
  const full = ['ENOTEMPTY', 'EEXIST'].includes(systemCode(cause) ?? '');
  return new RunError({
    code: 'RUN_FOLDER_UNREMOVABLE',
    path: folder,
    problem: full ? 'something was written here meanwhile' : `this run cannot be removed (${reason})`,
    advice: full ? 'Look at what is in the folder.' : 'Make the folder writable, and try again.',
    cause,
  });
}
