import { OptionError } from '../../errors.js';

/** How often work is tried again after it has failed: a number of times, at once, or after a time. */
export type Retry =
  | number
  | {
      /** Times that it is tried again. */
      readonly count: number;
      /** Milliseconds before the next try, or a function of what failed and of how many tries have (from 1). @default 0 */
      readonly delayMs?: number | ((error: unknown, failures: number) => number);
    };

/** @throws OptionError */
export function requireRetry(retry: Retry): void {
  const { count, delayMs = 0 } = typeof retry === 'object' && retry !== null ? retry : { count: retry };
  if (!Number.isSafeInteger(count) || count < 0) throw new OptionError('retry', count, 'a whole number, 0 or more');
  if (typeof delayMs !== 'function' && !(delayMs >= 0 && delayMs < Infinity))
    throw new OptionError('retry.delayMs', delayMs, 'milliseconds, 0 or more, or a function');
}

/** Does the work, again where it fails. Rejects with the last failure, at once when the signal has aborted. */
export async function attempt<R>(work: () => Promise<R>, retry: Retry, signal: AbortSignal): Promise<R> {
  const { count, delayMs = 0 } = typeof retry === 'number' ? { count: retry } : retry;
  for (let failures = 0; ; ) {
    try {
      return await work();
    } catch (error) {
      failures += 1;
      if (failures > count || signal.aborted) throw error;
      await wait(typeof delayMs === 'function' ? delayMs(error, failures) : delayMs, signal);
    }
  }
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
