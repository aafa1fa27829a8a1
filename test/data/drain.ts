import type { Source, SourceReader } from '../../src/data/source.js';

/** Opens a source with a signal that no one aborts. */
export async function opened<T>(source: Source<T>): Promise<SourceReader<T>> {
  return source.open(new AbortController().signal);
}

/** Everything a source gives. */
export async function drain<T>(source: Source<T>): Promise<T[]> {
  const pull = await opened(source);
  const items: T[] = [];
  try {
    for (let result = await pull.next(); result.done !== true; result = await pull.next()) items.push(result.value);
  } finally {
    await pull.close();
  }
  return items;
}
