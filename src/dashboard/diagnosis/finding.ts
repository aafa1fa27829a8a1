/** The rules, the most urgent first. */
export const RULES = [
  'notFinite',
  'divergence',
  'collapse',
  'oscillation',
  'spikes',
  'overfitting',
  'underfitting',
  'deadChannels',
  'inputBound',
  'tinyData',
  'noTestData',
  'plateau',
] as const;
export type Rule = (typeof RULES)[number];

/** `bad`: the run is going wrong. `warning`: it will not become what it could. `note`: good to know. */
export type Severity = 'bad' | 'warning' | 'note';

/** Something about a run that a person should know: a plain sentence, and the step that it refers to. */
export interface Finding {
  /** Which rule has found it. */
  readonly rule: Rule;
  readonly step: number;
  readonly severity: Severity;
  /** The same in ever fewer words. */
  readonly sentences: readonly [string, ...string[]];
  /** What may help, the likeliest first. */
  readonly advice: readonly Advice[];
}

export interface Advice {
  readonly words: string;
  /** The key that does it to a run of one's own. */
  readonly key?: string;
}

/** It is what helps against steps that are too large. */
export const HALVE_THE_RATE: Advice = { words: 'halve the learning rate', key: '-' };
