// What tests of faults need of the machine: limits, another user, a small disk, threads that end badly.
import { type SpawnOptionsWithoutStdio, spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect } from 'vitest';
import { BIN, environment, follow, type Running } from '../cli/millrace.js';

export interface Fault {
  /** A shell command before the program, e.g. a limit. */
  readonly before?: string;
  /** Code that every thread of the program runs first. */
  readonly preload?: string;
  /** Runs as someone who may not do everything. */
  readonly user?: User;
}

export interface User {
  readonly uid?: number;
  readonly gid?: number;
}

const running: Running[] = [];

/** Ends what a test left running. Called after each test that starts something. */
export function endAll(): void {
  for (const { child } of running.splice(0)) child.kill('SIGKILL');
}

/** Starts the program under a fault. */
export function startFaulty(
  folder: string,
  { before = ':', preload, user }: Fault,
  ...args: readonly string[]
): Running {
  const env = environment(folder);
  if (preload !== undefined) {
    writeFileSync(join(folder, 'preload.mjs'), preload);
    env.NODE_OPTIONS = `--import=${new URL(`file://${join(folder, 'preload.mjs')}`).href}`;
  }
  const options: SpawnOptionsWithoutStdio = { cwd: folder, env, ...user };
  const started = follow(spawn('sh', ['-c', `${before}; exec "$0" "$@"`, process.execPath, BIN, ...args], options));
  running.push(started);
  return started;
}

const NOBODY: User = { uid: 65534, gid: 65534 };

/** A user whom permissions stop; `undefined` where there is none who could run the program. */
export function ordinaryUser(): User | undefined {
  if (process.getuid?.() !== 0) return process.platform === 'win32' ? undefined : {};
  const { status } = spawnSync(process.execPath, [BIN, '--version'], { ...NOBODY, cwd: '/' });
  return status === 0 ? NOBODY : undefined;
}

/** Gives a folder to that user. */
export function giveTo(user: User, folder: string): void {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
}

/**
 * A disk of so many bytes at a new folder of that name, until the tests of the file are over; `undefined` where none may be
 * mounted, e.g. for want of permission.
 */
export function smallDisk(folder: string, name: string, bytes: number, mode: 'rw' | 'ro' = 'rw'): string | undefined {
  const path = join(folder, name);
  mkdirSync(path);
  const mount = ['-t', 'tmpfs', '-o', `size=${bytes},${mode}`, 'millrace-test', path];
  if (spawnSync('mount', mount).status !== 0) return undefined;
  afterAll(() => void spawnSync('umount', ['-l', path]));
  return path;
}

/** Leaves no room on a disk. */
export function fill(disk: string): void {
  const file = openSync(join(disk, 'filling'), 'w');
  try {
    for (const block = new Uint8Array(4096); ; ) writeSync(file, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

/** Waits until a run has written an event of that type, or so many of them. */
export async function begun(events: string, type = 'run', times = 1): Promise<void> {
  const has = (): boolean =>
    existsSync(events) && readFileSync(events, 'utf8').split(`"type":"${type}"`).length > times;
  await expect.poll(has, { timeout: 15_000, interval: 20 }).toBe(true);
}

/** Waits until a process deals with signals itself. Where there is no /proc to tell, it gets a while. */
export async function catchesSignals(pid: number): Promise<void> {
  // Of the three, SIGHUP is the one that Node itself leaves alone.
  const catchesSighup = (): boolean => {
    const [, mask = '0'] = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return (BigInt(`0x${mask}`) & 1n) === 1n;
  };
  if (existsSync('/proc/self/status')) await expect.poll(catchesSighup, { timeout: 15_000, interval: 20 }).toBe(true);
  else await sleep(2000);
}

/**
 * A preload: in the main thread or in the one that trains, `act` once the file `now` is in the working folder. `threads` are
 * those that this thread has started, which have no more than 96 MB of heap; `given` is what each was given.
 */
export function whenTold(where: 'main' | 'training', act: string): string {
  return `
    import { existsSync } from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    import workerThreads, { isMainThread } from 'node:worker_threads';
    const threads = [];
    workerThreads.Worker = class extends workerThreads.Worker {
      constructor(file, options) {
        super(file, { ...options, resourceLimits: { maxOldGenerationSizeMb: 96 } });
        threads.push(this);
        this.given = options.workerData;
      }
    };
    syncBuiltinESMExports();
    const timer = setInterval(() => {
      if (isMainThread !== ${where === 'main'} || !existsSync('now')) return;
      clearInterval(timer);
      ${act}
    }, 20);
    timer.unref();`;
}

/** What is in a run folder, apart from the checkpoints on the way: how many there are depends on the disk. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('step-'))
    .sort();
}
