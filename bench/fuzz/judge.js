import { MillraceError } from '../../dist/errors.js';

/** A person reads it: no longer than a paragraph, and nothing in it that a terminal obeys. */
const LONGEST_SENTENCE = 2000;
const UNSAFE = /[\p{Cc}\p{Bidi_Control}\p{Cs}\p{Zl}\p{Zp}]/u;
const SLOW_MS = 5000;
const TOO_MUCH_BYTES = 2e9;

/** A parser's output broke a promise: `message` says which. */
export class BrokenPromise extends Error {}

/**
 * What a parser made of an input: `good`, `refused` with a code, or a finding.
 * @param attempt returns an error of ours, throws it, or returns anything else for good input
 */
export async function judge(attempt) {
  const started = process.cpuUsage();
  const outcome = judgeResult(await attempt().catch((error) => ({ thrown: error })));
  // Processor time: what others do on the machine is no finding.
  const { user, system } = process.cpuUsage(started);
  const milliseconds = (user + system) / 1000;
  if (milliseconds > SLOW_MS) return { kind: 'finding', what: `it took ${Math.round(milliseconds)} ms` };
  const { rss } = process.memoryUsage();
  if (rss > TOO_MUCH_BYTES) return { kind: 'finding', what: `the process has grown to ${Math.round(rss / 1e6)} MB` };
  return outcome;
}

function judgeResult(result) {
  const error = result instanceof MillraceError ? result : result?.thrown;
  if (error === undefined) return { kind: 'good' };
  if (!(error instanceof MillraceError)) return { kind: 'finding', what: String(error?.stack ?? error) };
  const { code, message } = error;
  if (!/^[A-Z]+(_[A-Z]+)*$/.test(code)) return { kind: 'finding', what: `its code is ${code}` };
  if (UNSAFE.test(message)) return { kind: 'finding', what: `not printable: ${JSON.stringify(message)}` };
  if (message.length > LONGEST_SENTENCE) return { kind: 'finding', what: `a message of ${message.length} characters` };
  if (!message.endsWith('.') && !message.endsWith('?')) return { kind: 'finding', what: `no sentence: ${message}` };
  return { kind: 'refused', code };
}
