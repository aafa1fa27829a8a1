import type { Command } from 'commander';
import type { CliStreams } from '../programContext.js';
import { registerDataCache } from './dataCache.js';
import { registerDataConvert } from './dataConvert.js';
import { registerDataFetch } from './dataFetch.js';
import { registerDataShow } from './dataShow.js';
import { registerDataVerify } from './dataVerify.js';

/** Adds the commands of `data`. @param done takes the exit code */
export function registerData(data: Command, streams: CliStreams, done: (exitCode: number) => void): void {
  registerDataVerify(data, streams, done);
  registerDataFetch(data, streams);
  registerDataShow(data, streams);
  registerDataCache(data, streams);
  registerDataConvert(data, streams, done);
}
