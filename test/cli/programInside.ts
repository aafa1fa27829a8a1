// The program inside the test's own process: all but signals, pipes, terminals and crashes is the same, at a tenth of the cost.
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import { main } from '../../src/cli/main.js';
import type { ProgramContext } from '../../src/cli/programContext.js';
import type { RunThread } from '../../src/run/thread/runInWorker.js';
import { serveRun } from '../../src/run/thread/serveRun.js';
import { FakeOutput } from './fakeStreams.js';

/** A command that runs, or has run. */
export interface ProgramInside {
  readonly stdin: PassThrough;
  readonly stdout: FakeOutput;
  readonly stderr: FakeOutput;
  /** Its exit code. */
  readonly finished: Promise<number>;
}

/** Runs a command in a folder, with nothing known of this machine's data and settings. */
export function programInside(
  folder: string,
  args: readonly string[],
  environment: ProgramContext['environment'] = {},
  terminal: ProgramContext['terminal'] = () => undefined,
): ProgramInside {
  const [stdin, stdout, stderr] = [new PassThrough(), new FakeOutput(), new FakeOutput()];
  const context: ProgramContext = {
    stdin,
    stdout,
    stderr,
    environment: { ...environment, XDG_CACHE_HOME: folder },
    terminal,
    startWorker: threadInside,
    exit: (code) => {
      throw new Error(`The program has left with ${code}: that is a matter for a process of its own.`);
    },
  };
  const leave = enter(folder);
  const finished = main(args, context).finally(leave);
  return { stdin, stdout, stderr, finished };
}

let home: { readonly folder: string; readonly cache: string | undefined } | undefined;
let inside = 0;

/** Where a program runs, and where it may keep what it can fetch again, is the whole process's. */
function enter(folder: string): () => void {
  home ??= { folder: process.cwd(), cache: process.env.XDG_CACHE_HOME };
  if (inside > 0 && process.cwd() !== folder) throw new Error('Another program runs inside, in another folder.');
  inside += 1;
  process.chdir(folder);
  process.env.XDG_CACHE_HOME = folder;
  return () => {
    inside -= 1;
    if (inside > 0 || home === undefined) return;
    process.chdir(home.folder);
    if (home.cache === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = home.cache;
    home = undefined;
  };
}

/** The thread of a run without a thread: the same messages over a port of this one. */
function threadInside({ hasStdin }: { readonly hasStdin: boolean }): RunThread {
  const { port1, port2 } = new MessageChannel();
  const closed = once(port1, 'close');
  const stdin = new PassThrough();
  const giveUp = serveRun(port2, stdin);
  return Object.assign(port1, {
    stdin: hasStdin ? stdin : null,
    terminate: async () => {
      giveUp();
      stdin.destroy();
      port1.close();
      await closed;
      return 0;
    },
  }) as unknown as RunThread;
}
