// Several sources opened as one: all or none, closed together.
import type { Source, SourceReader } from '../../data/source.js';

/** Opens every source at the same time. Where one fails to, those that have opened are closed before the failure is passed on. */
export async function openSources<T>(sources: readonly Source<T>[], signal: AbortSignal): Promise<SourceReader<T>[]> {
  const opening = sources.map(async (source) => source.open(signal));
  const results = await Promise.allSettled(opening);
  const readers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure === undefined) return readers;
  await closeReaders(readers);
  throw failure.reason;
}

/** Closes all of them, whatever one of them says to it. */
export async function closeReaders(readers: readonly SourceReader<unknown>[]): Promise<void> {
  await Promise.allSettled(readers.map(async (reader) => reader.close()));
}

/** Items that they have lost, together. */
export function droppedBy(readers: readonly SourceReader<unknown>[]): number {
  return readers.reduce((sum, { dropped = 0 }) => sum + dropped, 0);
}
