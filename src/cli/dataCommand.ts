import type { Command } from 'commander';
import { registerDataFetch } from './dataFetch.js';
import { registerDataShow } from './dataShow.js';
import { registerDataVerify } from './dataVerify.js';

/** Adds `data` with its commands. */
export function registerData(program: Command): void {
  const data = program.command('data').description('look after data files');
  const streams = { stdout: process.stdout, stderr: process.stderr, env: process.env };
  registerDataVerify(data, streams);
  registerDataFetch(data, streams);
  registerDataShow(data, streams);
}
