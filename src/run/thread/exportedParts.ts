import type { RunOptions } from '../runOptions.js';

/** What a module may export for a run in a thread. */
export const PART_NAMES = ['data', 'stages', 'prepare', 'engine', 'measure'] as const;

export type ExportedPart = (typeof PART_NAMES)[number];
export type ExportedParts = Pick<RunOptions, ExportedPart>;
