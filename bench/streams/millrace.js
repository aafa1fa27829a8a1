import { forEachAsync, mapAsync, pipeline } from 'millrace/streams';
import { CONCURRENCY, measure } from './task.js';

await measure((lines, call, { ordered, use }) =>
  forEachAsync(pipeline(lines, mapAsync(call, { concurrency: CONCURRENCY, ordered })), async (length) => use(length)),
);
