// Where the bytes of images lie: in memory, or in a file that is read by random access.

/** Images of one size, addressed by their place. */
export interface ImageStore {
  readonly items: number;
  /** Bytes of one image. */
  readonly imageSize: number;
  /** Whether the bytes lie in memory as they are read. @default false */
  readonly isInMemory?: boolean;
  /** A reader for one user; the caller that opens it closes it. */
  open(signal: AbortSignal): ImageReader | Promise<ImageReader>;
}

export interface ImageReader {
  /** The images `from` … `to − 1`; in memory a view and no promise. */
  read(from: number, to: number): Uint8Array | Promise<Uint8Array>;
  /** May be called while a read is pending, and more than once. */
  close(): void | Promise<void>;
}

/** Images in memory; `pixels` holds `items × imageSize` bytes and is never written to again. */
export function memoryStore(pixels: Uint8Array, items: number): ImageStore {
  const imageSize = pixels.length / items;
  const reader: ImageReader = {
    read: (from, to) => pixels.subarray(from * imageSize, to * imageSize),
    close() {},
  };
  return { items, imageSize, isInMemory: true, open: () => reader };
}

/** The images `from` … `to − 1` of a store. */
export function sliceStore(store: ImageStore, from: number, to: number): ImageStore {
  return derivedStore(store, to - from, (reader) => ({
    read: (first, last) => reader.read(from + first, from + last),
    close: () => reader.close(),
  }));
}

/** A store of `items` images that are read from those of another one. */
export function derivedStore(
  store: ImageStore,
  items: number,
  derive: (reader: ImageReader) => ImageReader,
  imageSize = store.imageSize,
): ImageStore {
  return {
    items,
    imageSize,
    open(signal) {
      const reader = store.open(signal);
      return reader instanceof Promise ? reader.then(derive) : derive(reader);
    },
  };
}

/** The images at `indices`, in that order; neighbours in the file are read at once, and a single row of them is not copied. */
export function gather(reader: ImageReader, indices: Uint32Array, imageSize: number): Uint8Array | Promise<Uint8Array> {
  const rows = consecutive(indices);
  const only = rows.length === 1 ? rows[0] : undefined;
  if (only !== undefined) return reader.read(only.from, only.to);
  const pixels = new Uint8Array(indices.length * imageSize);
  const pending: Promise<void>[] = [];
  for (const { from, to, at } of rows) {
    const part = reader.read(from, to);
    if (part instanceof Promise) pending.push(part.then((bytes) => pixels.set(bytes, at * imageSize)));
    else pixels.set(part, at * imageSize);
  }
  return pending.length === 0 ? pixels : Promise.all(pending).then(() => pixels);
}

interface Row {
  readonly from: number;
  readonly to: number;
  /** Place of the row's first image among those asked for. */
  readonly at: number;
}

function consecutive(indices: Uint32Array): Row[] {
  const rows: Row[] = [];
  let at = 0;
  for (let next = 1; next <= indices.length; next += 1) {
    if (next < indices.length && indices[next] === indices[next - 1]! + 1) continue;
    rows.push({ from: indices[at]!, to: indices[next - 1]! + 1, at });
    at = next;
  }
  return rows;
}
