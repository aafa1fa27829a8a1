// Ordered it has `map`, one call at a time.
import { CONCURRENCY, measure, peer } from './task.js';

const ix = await peer('ix/asynciterable');
const operators = await peer('ix/asynciterable/operators');
if (ix === undefined) console.log(JSON.stringify({ absent: 'ix is not installed' }));
else
  await measure((lines, call, { ordered, use }) =>
    ordered
      ? undefined
      : ix
          .from(lines)
          .pipe(operators.flatMap(async (line) => ix.of(await call(line)), CONCURRENCY))
          .forEach(use),
  );
