// The names of the vocabulary, without the schema: whoever shows events of its own process has no need to check them.
import type { CommonField, EventType } from './schema.js';

const types: Readonly<Record<EventType, true>> = {
  run: true,
  loss: true,
  sample: true,
  weights: true,
  profile: true,
  epoch: true,
  evaluation: true,
  metric: true,
  image: true,
  histogram: true,
  text: true,
  configuration: true,
  checkpoint: true,
  command: true,
  stats: true,
  warning: true,
  end: true,
};

const common: Readonly<Record<CommonField, true>> = {
  run: true,
  seq: true,
  time: true,
  elapsedMs: true,
  epoch: true,
  step: true,
};

/** The types that this version knows. */
export const EVENT_TYPES: ReadonlySet<string> = new Set(Object.keys(types));

/** The fields that every event has. */
export const COMMON_FIELDS: ReadonlySet<string> = new Set(Object.keys(common));
