/** Runs that are shown at once. */
export const MOST_RUNS = 8;
