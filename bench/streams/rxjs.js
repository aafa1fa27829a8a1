// Ordered it has `concatMap`, one call at a time; `mergeMap` gives results as they come and takes the whole source in first.
import { from, lastValueFrom, mergeMap, tap } from 'rxjs';
import { CONCURRENCY, measure } from './task.js';

await measure((lines, call, { ordered, use }) =>
  ordered ? undefined : lastValueFrom(from(lines).pipe(mergeMap(call, CONCURRENCY), tap(use))),
);
