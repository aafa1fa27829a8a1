// One HTTP request whose body goes to the end of a part file.
import { inCache } from './cacheErrors.js';
import type { PartFile } from './partFile.js';

export interface Patience {
  /** Milliseconds until the response's headers must have arrived. @default 3000 */
  readonly connectMs?: number;
  /** Milliseconds in which 10,000 bytes have to arrive, or the last of them. @default 10000 */
  readonly stallMs?: number;
}

export interface TransferOptions extends Patience {
  readonly url: string;
  readonly part: PartFile;
  /** Bytes that the part may have at most. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Called with the part's size whenever it has grown. */
  readonly onReceived: (bytes: number) => void;
}

/** A mirror did not deliver. `message` is a phrase for a person: what happened instead. */
export class TransferError extends Error {}

const RANGE_NOT_SATISFIABLE = 416;

/** 1 kB a second in the default time, which any line brings. */
const LEAST_BYTES = 10_000;

/**
 * Continues where the part ends, from the beginning where the server cannot; what arrived before a failure stays.
 * @throws TransferError when the server does not deliver; the signal's reason on abort; DataError `DATA_CACHE`
 */
export async function transfer(options: TransferOptions): Promise<void> {
  const { url, part, limit, signal, onReceived, connectMs = 3_000, stallMs = 10_000 } = options;
  const timer = new Timer(signal);
  try {
    const from = await part.size();
    const response = await timer.within(connectMs, `no answer for ${connectMs / 1000} s`, () =>
      request(url, from, timer.signal),
    );
    // The part is whole already: its checksum decides.
    if (response.status === RANGE_NOT_SATISFIABLE) return;
    if (response.body === null) throw new TransferError('an empty answer');
    let size = continues(response, from) ? from : 0;
    if (size === 0) await inCache(part.path, () => part.handle.truncate(0));
    const chunks = response.body.getReader();
    const pace = new Pace(stallMs);
    while (true) {
      const { done, value } = await timer.within(pace.left, pace.complaint, () => chunks.read());
      if (done) return;
      pace.add(value.length);
      size += value.length;
      if (size > limit) throw new TransferError(`more than ${limit} bytes`);
      await inCache(part.path, () => part.handle.appendFile(value));
      onReceived(size);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    timer.close();
  }
}

async function request(url: string, from: number, signal: AbortSignal): Promise<Response> {
  const range = from > 0 ? { range: `bytes=${from}-` } : {};
  const response = await fetch(url, { signal, headers: { 'accept-encoding': 'identity', ...range } });
  if (response.ok || (from > 0 && response.status === RANGE_NOT_SATISFIABLE)) return response;
  throw new TransferError(`HTTP status ${response.status}`);
}

/** True when the body goes on at `from`; false when it is the whole file. */
function continues(response: Response, from: number): boolean {
  if (response.status !== 206) return false;
  if (response.headers.get('content-range')?.startsWith(`bytes ${from}-`)) return true;
  throw new TransferError('another part of the file than asked for');
}

/** Wants so many bytes in every `stallMs`: a mirror that keeps a connection alive with a byte now and then does not deliver. */
class Pace {
  readonly complaint: string;
  readonly #stallMs: number;
  #since = performance.now();
  #bytes = 0;

  constructor(stallMs: number) {
    this.#stallMs = stallMs;
    this.complaint = `hardly any data for ${stallMs / 1000} s`;
  }

  /** Milliseconds that the next read may take. */
  get left(): number {
    return Math.max(0, this.#since + this.#stallMs - performance.now());
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes < LEAST_BYTES) return;
    this.#bytes = 0;
    this.#since = performance.now();
  }
}

/** Aborts a request that its caller no longer wants, or that takes too long. */
class Timer {
  readonly #late = new AbortController();
  readonly signal: AbortSignal;

  constructor(wanted: AbortSignal) {
    this.signal = AbortSignal.any([wanted, this.#late.signal]);
  }

  async within<R>(milliseconds: number, complaint: string, work: () => Promise<R>): Promise<R> {
    const tooLate = setTimeout(() => this.#late.abort(), milliseconds);
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof TransferError) throw cause;
      throw new TransferError(this.#late.signal.aborted ? complaint : networkReason(cause), { cause });
    } finally {
      clearTimeout(tooLate);
    }
  }

  /** Ends the request, should it still be under way. */
  close(): void {
    this.#late.abort();
  }
}

/** `fetch` says no more than "fetch failed"; its cause knows why. */
function networkReason(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? String(error);
}
