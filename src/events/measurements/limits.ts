// How much one event may hold: a reader decodes it, keeps it and draws it in memory that these bound.

/** Bytes of pixels of an `image`. */
export const MOST_IMAGE_BYTES = 1024 * 1024;

/** Bins of a `histogram`. */
export const MOST_BINS = 1024;

/** Characters of a `text`, counted as JavaScript does, in UTF-16. */
export const MOST_TEXT_CHARACTERS = 64 * 1024;

/** Values of a `configuration`. */
export const MOST_SETTINGS = 1000;
