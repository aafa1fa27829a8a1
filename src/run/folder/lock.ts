// One process a run folder: the file `run.lock` in it says which. It is removed at the end of the run; one that was left
// behind by a process that has ended counts for nothing.
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { RunError } from '../../errors.js';
import { type Fate, fateOf, thisProcess } from '../../files/processIdentity.js';
import { systemCode } from '../../files/systemError.js';
import { quote } from '../../text/quote.js';

/** Says who writes to a run folder, in that folder. */
export const LOCK_FILE = 'run.lock';
/** Whether a file of that name in a run folder belongs to its lock. */
export function isLockFile(name: string): boolean {
  return /^run\.lock(\.taking|\.[0-9a-f]{8})?$/.test(name);
}

/** There while a process looks at the lock and puts its own in place, which takes a few milliseconds. */
const GUARD_FILE = 'run.lock.taking';
const RETRY_MS = 20;

const holderSchema = z.object({
  pid: z.int().min(1),
  host: z.string(),
  since: z.iso.datetime(),
  boot: z.string().optional(),
  namespace: z.string().optional(),
  started: z.string().optional(),
});

type Holder = z.output<typeof holderSchema>;

export interface LockOptions {
  /** Who finds the guard for so many milliseconds takes it for one that a process left behind when it was killed. @default 2000 */
  readonly guardMs?: number;
}

/** A run folder that is ours. */
export interface FolderLock {
  /** Gives it back; may be called more than once. A lock that cannot be removed hinders no one once this process has ended. */
  release(): Promise<void>;
}

/**
 * Takes a run folder for this process.
 * @param path the folder as the user calls it
 * @throws RunError `RUN_FOLDER_LOCKED` where another run has it; what the file system throws, as it is
 */
export async function lockFolder(
  folder: string,
  path: string,
  { guardMs = 2000 }: LockOptions = {},
): Promise<FolderLock> {
  const lock = join(folder, LOCK_FILE);
  const text = `${JSON.stringify({ ...(await thisProcess()), since: new Date().toISOString() })}\n`;
  await guarded(join(folder, GUARD_FILE), guardMs, async () => {
    await requireUnlocked(folder, path);
    await putInPlace(lock, text);
  });
  return {
    async release() {
      // Someone may have removed it, and another run put its own there.
      if ((await readFile(lock, 'utf8').catch(() => undefined)) === text) await rm(lock).catch(() => undefined);
    },
  };
}

/**
 * Looks whether a run folder is free, and takes nothing.
 * @param path the folder as the user calls it
 * @throws RunError `RUN_FOLDER_LOCKED` where another run has it, or may have it; what the file system throws, as it is
 */
export async function requireUnlocked(folder: string, path: string): Promise<void> {
  const holder = await readHolder(join(folder, LOCK_FILE));
  const fate = holder === undefined ? 'ended' : await fateOf(holder);
  if (holder !== undefined && fate !== 'ended') throw locked(path, holder, fate);
}

/** One process at a time: of two that find a lock left behind, one takes it and the other finds it taken. */
async function guarded(guard: string, patienceMs: number, work: () => Promise<void>): Promise<void> {
  await createGuard(guard, patienceMs);
  try {
    await work();
  } finally {
    await rm(guard, { force: true }).catch(() => undefined);
  }
}

async function createGuard(guard: string, patienceMs: number): Promise<void> {
  for (let waited = 0; ; waited += RETRY_MS) {
    try {
      return await (await open(guard, 'wx')).close();
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
    if (waited < patienceMs) await sleep(RETRY_MS);
    else await rm(guard, { force: true });
  }
}

/** Renamed, so that no one ever finds half a lock, whatever happens to us. */
async function putInPlace(lock: string, text: string): Promise<void> {
  const beside = `${lock}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(beside, text, { flag: 'wx' });
    await rename(beside, lock);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** What is not a lock, such as a file that lost its content in a power failure, belongs to no one. */
async function readHolder(lock: string): Promise<Holder | undefined> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(lock, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError || systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function locked(path: string, { pid, host, since }: Holder, fate: Exclude<Fate, 'ended'>): RunError {
  return new RunError({
    code: 'RUN_FOLDER_LOCKED',
    path,
    problem: `process ${pid} on ${quote(host)} has kept its run here since ${since}`,
    advice:
      fate === 'running'
        ? 'Wait until it ends, stop it, or choose another output folder.'
        : `Whether it still runs cannot be told from here. If it does not, delete ${LOCK_FILE} in that folder; otherwise choose another output folder.`,
  });
}
