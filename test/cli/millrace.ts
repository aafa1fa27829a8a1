// The program for tests: inside the test's process where that is enough, otherwise in a process of its own.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { encodeIdx } from '../../src/data/idx/encoder.js';
import type { MillraceEvent } from '../../src/events/schema.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';
import { programInside } from './programInside.js';

/** The program's file. */
export const BIN = fileURLToPath(new URL('../../bin/millrace.js', import.meta.url));

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly finished: Promise<Finished>;
}

/** Starts a process of the program in a folder, without a terminal. */
export function start(folder: string, ...args: readonly string[]): Running {
  return follow(spawn(process.execPath, [BIN, ...args], { cwd: folder, env: environment(folder) }));
}

/** Of a process that is to know nothing of this machine's data and settings. */
export function environment(folder: string): NodeJS.ProcessEnv {
  const { NO_COLOR: _, FORCE_COLOR: __, MILLRACE_DATA: ___, ...env } = process.env;
  return { ...env, XDG_CACHE_HOME: folder };
}

/** Collects what a process writes until it ends. */
export function follow(child: ChildProcessWithoutNullStreams): Running {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined);
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, finished };
}

/** Runs it to its end inside this process, with nothing on stdin. */
export function millrace(folder: string, ...args: readonly string[]): Promise<Finished> {
  return millraceReading('', folder, ...args);
}

/** Runs it to its end inside this process, with something on stdin. */
export async function millraceReading(
  input: string | Uint8Array,
  folder: string,
  ...args: readonly string[]
): Promise<Finished> {
  const { stdin, stdout, stderr, finished } = programInside(folder, args, environment(folder));
  stdin.end(input);
  return { code: await finished, stdout: stdout.text, stderr: stderr.text };
}

/** Runs it to its end in a process of its own, with nothing on stdin. */
export function millraceProcess(folder: string, ...args: readonly string[]): Promise<Finished> {
  const { child, finished } = start(folder, ...args);
  child.stdin.end();
  return finished;
}

/** Runs it with a file or a device as its stdout. */
export async function millraceInto(path: string, folder: string, ...args: readonly string[]): Promise<Finished> {
  const output = await open(path, 'a');
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: folder,
    env: { ...process.env, XDG_CACHE_HOME: folder },
    stdio: ['ignore', output.fd, 'pipe'],
  });
  const [stderr, [code]] = await Promise.all([text(child.stderr as Readable), once(child, 'close')]);
  await output.close();
  return { code, stdout: '', stderr };
}

export function eventsOf(text: string): MillraceEvent[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as MillraceEvent);
}

/** A network and data so small that a step takes a fraction of a millisecond, on one thread. Returns the flags that say so. */
export function tinyJob(folder: string, items = 200): string[] {
  const pixels = Uint8Array.from({ length: items * 16 }, (_, at) => (at * 37) % 256);
  writeFileSync(join(folder, 'tiny-idx3-ubyte'), encodeIdx([items, 4, 4], pixels));
  writeFileSync(join(folder, 'tiny.json'), JSON.stringify(TINY_NETWORK));
  return ['--data', 'tiny-idx3-ubyte', '--architecture', 'tiny.json', '--threads', '1'];
}
