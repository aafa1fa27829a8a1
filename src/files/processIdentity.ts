// Which process someone is, so that another process can tell later whether it still runs. A number alone does not say:
// numbers are used again, also after a restart of the machine, and every container counts its own.
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { isRunning } from './isRunning.js';

export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Differs after every start of the machine. Linux only, as are the others below. */
  readonly boot?: string | undefined;
  /** Within what the number counts. */
  readonly namespace?: string | undefined;
  /** When it started, in clock ticks since the boot: tells it from a later process of the same number. */
  readonly started?: string | undefined;
}

/** `unknown`: not to be told from here. */
export type Fate = 'running' | 'ended' | 'unknown';

/** The identity of the process that asks. */
export async function thisProcess(): Promise<ProcessIdentity> {
  const [boot, namespace, stat] = await Promise.all([
    orUndefined(readFile('/proc/sys/kernel/random/boot_id', 'utf8')),
    orUndefined(readlink('/proc/self/ns/pid')),
    readStat(process.pid),
  ]);
  return { pid: process.pid, host: hostname(), boot: boot?.trim(), namespace, started: stat?.started };
}

/** Whether the process of that identity still runs; where nothing beyond its number is known, a process of that number will do. */
export async function fateOf({ pid, host, boot, namespace, started }: ProcessIdentity): Promise<Fate> {
  const here = await thisProcess();
  if (host !== here.host) return 'unknown';
  if (differ(boot, here.boot)) return 'ended';
  if (differ(namespace, here.namespace)) return 'unknown';
  if (!isRunning(pid)) return 'ended';
  const stat = await readStat(pid);
  return stat?.over === true || differ(started, stat?.started) ? 'ended' : 'running';
}

function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** `over`: it has ended, and no one has asked how yet (a zombie). */
async function readStat(
  pid: number,
): Promise<{ readonly started: string | undefined; readonly over: boolean } | undefined> {
  const text = await orUndefined(readFile(`/proc/${pid}/stat`, 'utf8'));
  if (text === undefined) return undefined;
  // The second field, the program's name, may contain anything: the rest begins after its last parenthesis.
  const [state = '', ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { started: fields[18], over: state === 'Z' || state === 'X' };
}

function orUndefined(text: Promise<string>): Promise<string | undefined> {
  return text.catch(() => undefined);
}
