import { derivedStore, gather, type ImageStore } from './imageStore.js';

/** The images of a store at `indices`, in that order. */
export function selectStore(store: ImageStore, indices: Uint32Array): ImageStore {
  return derivedStore(store, indices.length, (reader) => ({
    read: (from, to) => gather(reader, indices.subarray(from, to), store.imageSize),
    close: () => reader.close(),
  }));
}
