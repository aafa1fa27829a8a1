// What users import. Subpaths give the rooms one by one: millrace/streams, millrace/model, millrace/tui, millrace/testing.
export * from './errors.js';
export * from './model/index.js';
export { type RunConfig, type RunInput, resolveConfig } from './run/config.js';
export type { EventHistory } from './run/resume.js';
export { run } from './run/run.js';
export type { RunOptions } from './run/runOptions.js';
export * from './streams/index.js';
