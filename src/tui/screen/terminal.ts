// The person's terminal, whatever stdin and stdout are: it is opened by its own name.
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';

/** What the dashboard needs of a terminal. */
export interface Terminal {
  /** Cells, as they are now. */
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  /** Raw: keys arrive one by one, unechoed, Ctrl-C and Ctrl-Z among them. */
  setRawMode(raw: boolean): void;
  /** Calls back for what is typed; the returned function ends it. */
  onInput(listener: (text: string) => void): () => void;
  /** Calls back when the size has changed; the returned function ends it. */
  onResize(listener: () => void): () => void;
  /** Calls back when there is nobody any more who could type; the returned function ends it. @default never */
  onGone?(listener: () => void): () => void;
  /** A background job that touches its terminal is stopped by the system. */
  isForeground(): boolean;
  /** May be called more than once. */
  close(): void;
}

const DEVICE = '/dev/tty';
/** What is assumed where the terminal does not know its size. */
const UNKNOWN_SIZE = { columns: 80, rows: 24 } as const;

/**
 * The terminal that this process was started from; `undefined` where there is none, or where it belongs to another job.
 *
 * @example
 * import { openTerminal } from 'millrace/tui';
 *
 * const terminal = openTerminal();
 * if (terminal === undefined) console.log('no terminal here');
 * terminal?.close();
 */
export function openTerminal(): Terminal | undefined {
  const input = openDevice('r', (descriptor) => new ReadStream(descriptor));
  if (input === undefined) return undefined;
  const output = openDevice('w', (descriptor) => new WriteStream(descriptor));
  if (output === undefined || !isForeground()) {
    input.destroy();
    output?.destroy();
    return undefined;
  }
  return terminalOf(input, output);
}

function openDevice<Stream>(flags: 'r' | 'w', wrap: (descriptor: number) => Stream): Stream | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(DEVICE, flags);
    return wrap(descriptor);
  } catch {
    if (descriptor !== undefined) closeSync(descriptor);
    return undefined;
  }
}

function terminalOf(input: ReadStream, output: WriteStream): Terminal {
  let { columns, rows } = output;
  const stops = new Set<() => void>();
  const stopOnce = (stop: () => void): (() => void) => {
    stops.add(stop);
    return () => {
      if (stops.delete(stop)) stop();
    };
  };
  // A terminal that is gone (SIGHUP) gives EIO on both; the signal is what ends the program.
  input.on('error', () => undefined);
  output.on('error', () => undefined);
  input.setEncoding('utf8');
  return {
    get columns() {
      return columns || UNKNOWN_SIZE.columns;
    },
    get rows() {
      return rows || UNKNOWN_SIZE.rows;
    },
    write: (text) => {
      if (output.writable) output.write(text);
    },
    setRawMode: (raw) => {
      if (!input.destroyed) input.setRawMode(raw);
    },
    onInput: (listener) => {
      input.on('data', listener);
      return stopOnce(() => {
        input.off('data', listener);
        input.pause();
      });
    },
    onResize: (listener) => {
      const refresh = (): void => {
        ({ columns, rows } = currentSize() ?? { columns, rows });
        listener();
      };
      process.on('SIGWINCH', refresh);
      return stopOnce(() => process.off('SIGWINCH', refresh));
    },
    onGone: (listener) => {
      input.once('end', listener).once('error', listener);
      return stopOnce(() => input.off('end', listener).off('error', listener));
    },
    isForeground,
    close: () => {
      for (const stop of stops) stop();
      stops.clear();
      input.destroy();
      output.destroy();
    },
  };
}

/** A stream that we opened never hears of a resize; a new one knows the size. */
function currentSize(): { readonly columns: number; readonly rows: number } | undefined {
  const probe = openDevice('w', (descriptor) => new WriteStream(descriptor));
  if (probe === undefined) return undefined;
  const { columns, rows } = probe;
  probe.destroy();
  return { columns, rows };
}

/** True where the system does not say. */
function isForeground(): boolean {
  const groups = processGroups();
  return groups === undefined || groups.own === groups.foreground;
}

interface ProcessGroups {
  readonly own: string;
  /** The one that the terminal belongs to now. */
  readonly foreground: string;
}

/** @see proc(5): after the command's closing parenthesis come state, ppid, pgrp, session, tty_nr and tpgid */
function processGroups(): ProcessGroups | undefined {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { own: fields[2] ?? '', foreground: fields[5] ?? '' };
  } catch {
    return processGroupsFromPs();
  }
}

function processGroupsFromPs(): ProcessGroups | undefined {
  try {
    const columns = ['-o', 'pgid=,tpgid=', '-p', String(process.pid)];
    const line = execFileSync('ps', columns, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [own = '', foreground = ''] = line.trim().split(/\s+/);
    return { own, foreground };
  } catch {
    return undefined;
  }
}
