import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { SinkError } from '../../../errors.js';

export interface ExecutionOptions {
  /** Milliseconds after which it is ended. */
  readonly timeoutMs: number;
  /** Ends it when it aborts. */
  readonly stop: AbortSignal | undefined;
  /** Takes what it writes. @default it goes to stderr */
  readonly onOutput: ((piece: Uint8Array) => void) | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Between a request to end and the end. */
const KILL_MS = 2000;
/** For what a command that is over has still in its pipes; what it has left running keeps them open. */
const DRAIN_MS = 200;

/**
 * Runs a command in a shell, to its end. It reads nothing, and is ended with all that it has started.
 * @throws SinkError `SINK_COMMAND` where it cannot be started, fails, or is ended
 */
export async function executeCommand(
  command: string,
  { timeoutMs, stop, onOutput, environment }: ExecutionOptions,
): Promise<void> {
  const child = spawn(command, {
    shell: true,
    // Ctrl-C on the terminal is for this program, which then ends the command with all that it has started.
    detached: process.platform !== 'win32',
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const take = onOutput ?? ((piece: Uint8Array): void => void process.stderr.write(piece));
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  let reason: string | undefined;
  let killing: ReturnType<typeof setTimeout> | undefined;
  const end = (why: string): void => {
    reason ??= why;
    signal(child, 'SIGTERM');
    killing ??= setTimeout(() => signal(child, 'SIGKILL'), KILL_MS);
  };
  const onStop = (): void => end('it was ended with this program');
  const onExit = (): void => signal(child, 'SIGKILL');
  const timer = setTimeout(() => end(`it took more than ${timeoutMs / 1000} s and was ended`), timeoutMs);
  stop?.addEventListener('abort', onStop, { once: true });
  process.once('exit', onExit);
  if (stop?.aborted === true) onStop();
  try {
    const closed = once(child, 'close').catch(() => undefined);
    const [code, killedBy] = (await once(child, 'exit')) as [number | null, string | null];
    await Promise.race([closed, new Promise((done) => setTimeout(done, DRAIN_MS))]);
    if (reason !== undefined) throw failed(command, reason);
    if (code !== 0)
      throw failed(command, killedBy === null ? `it ended with exit code ${code}` : `${killedBy} ended it`);
  } catch (cause) {
    if (cause instanceof SinkError) throw cause;
    throw failed(command, `it cannot be started (${(cause as Error).message})`, cause);
  } finally {
    clearTimeout(timer);
    clearTimeout(killing);
    stop?.removeEventListener('abort', onStop);
    process.off('exit', onExit);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

/** To all processes of the command. One that is over is none any more. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // It has ended in this moment.
  }
}

function failed(command: string, problem: string, cause?: unknown): SinkError {
  return new SinkError({
    code: 'SINK_COMMAND',
    path: command,
    problem,
    advice: 'The run is not concerned; try the command in a shell, with the variables of MILLRACE_ set.',
    cause,
  });
}
