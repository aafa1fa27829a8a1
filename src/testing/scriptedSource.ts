import type { Source, SourceReader } from '../data/source.js';
import { type OptionNames, requireKnownOptions } from '../options.js';

/** How a scripted source behaves. Without a script it gives every item at once, then ends. */
export interface Script {
  /** Milliseconds until `open` answers; it gives up when the pipeline ends. @default 0 */
  readonly openMs?: number;
  /** What `open` fails with. */
  readonly openError?: unknown;
  /** Milliseconds until the item of that index is there; 0 answers without a promise. @default () => 0 */
  readonly readMs?: (index: number) => number;
  /** The read of the item of this index fails. */
  readonly failAt?: number;
  /** What that read fails with. @default new Error('scripted failure') */
  readonly error?: unknown;
  /** How often the read fails; after that it gives the item. @default Infinity */
  readonly failures?: number;
  /** The read of the item of this index never answers, whatever happens. */
  readonly hangAt?: number;
  /** Milliseconds that closing takes. @default 0 */
  readonly closeMs?: number;
}

const OPTIONS: OptionNames<Script> = {
  openMs: true,
  openError: true,
  readMs: true,
  failAt: true,
  error: true,
  failures: true,
  hangAt: true,
  closeMs: true,
};

/** A source that keeps account of what was asked of it. */
export interface ScriptedSource<T> extends Source<T> {
  /** Items given so far, over all openings. */
  readonly pulled: number;
  /** How often the source was opened. */
  readonly opened: number;
  /** How often the source has finished closing. This equals `opened` when nothing is left open. */
  readonly closed: number;
}

/**
 * A source that follows a script: items, delays, failures, reads that hang.
 *
 * @example
 * import { pipeline } from 'millrace';
 * import { scriptedSource } from 'millrace/testing';
 * import { lastValueFrom } from 'rxjs';
 *
 * const source = scriptedSource(['a', 'b', 'c'], { failAt: 1, error: new Error('torn') });
 * const failure = await lastValueFrom(pipeline(source)).catch(({ message }) => message);
 * console.log(failure, source.pulled, source.closed); // torn 1 1
 */
export function scriptedSource<T>(items: readonly T[], script: Script = {}): ScriptedSource<T> {
  requireKnownOptions(script, OPTIONS);
  const { openMs = 0, readMs = () => 0, failures = Infinity, closeMs = 0 } = script;
  const account = { pulled: 0, opened: 0, closed: 0, failed: 0 };

  const read = (index: number): IteratorResult<T, void> => {
    if (index === script.failAt && account.failed < failures) {
      account.failed += 1;
      throw script.error ?? new Error('scripted failure');
    }
    if (index >= items.length) return { done: true, value: undefined };
    account.pulled += 1;
    return { done: false, value: items[index] as T };
  };

  const openNow = (): SourceReader<T> => {
    if ('openError' in script) throw script.openError;
    account.opened += 1;
    let index = 0;
    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      if (closeMs > 0) await wait(closeMs);
      account.closed += 1;
    };
    return {
      next() {
        const at = index++;
        if (at === script.hangAt) return new Promise(() => {});
        const milliseconds = readMs(at);
        if (milliseconds <= 0) return read(at);
        return wait(milliseconds).then(() => (closing ? { done: true, value: undefined } : read(at)));
      },
      close() {
        closing ??= close();
        return closing;
      },
    };
  };

  return {
    get pulled() {
      return account.pulled;
    },
    get opened() {
      return account.opened;
    },
    get closed() {
      return account.closed;
    },
    open(signal) {
      return openMs > 0 ? wait(openMs, signal).then(openNow) : openNow();
    },
  };
}

function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
