// What users import. Subpaths give the rooms one by one: millrace/events, millrace/streams, millrace/model, millrace/tui,
// millrace/testing.
export * from '../errors.js';
export type { EventHistory } from '../run/checkpoints/resume.js';
export { type RunConfig, type RunInput, resolveConfig } from '../run/config.js';
export type { OwnParts, RunData } from '../run/ownParts.js';
export { readRunConfig } from '../run/readRunConfig.js';
export { run } from '../run/run.js';
export type { RunOptions } from '../run/runOptions.js';
export * from './events.js';
export * from './model.js';
export * from './streams.js';
