import { availableParallelism, cpus, loadavg } from 'node:os';

/** What the figures depend on and a reader cannot see. */
export function describeMachine() {
  const model = cpus()[0]?.model.trim() ?? 'unknown';
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: model,
    cpus: availableParallelism(),
  };
}

/** Mean number of processes that wanted to run in the last minute; 0 on Windows, which does not count them. */
export function load() {
  return Number(loadavg()[0].toFixed(2));
}
