import type { Command } from 'commander';
import { registerDataFetch } from './dataFetch.js';
import { registerDataShow } from './dataShow.js';
import { registerDataVerify } from './dataVerify.js';

/** Adds the commands of `data`. */
export function registerData(data: Command): void {
  const streams = { stdout: process.stdout, stderr: process.stderr, env: process.env };
  registerDataVerify(data, streams);
  registerDataFetch(data, streams);
  registerDataShow(data, streams);
}
