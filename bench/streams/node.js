import { Readable } from 'node:stream';
import { CONCURRENCY, measure } from './task.js';

await measure((lines, call, { ordered, use }) =>
  ordered
    ? Readable.from(lines).map(call, { concurrency: CONCURRENCY, highWaterMark: CONCURRENCY }).forEach(use)
    : undefined,
);
