// An operator of your own, composed from those of rxjs, and its test: what it gives, and that the bound holds, errors pass and all is closed.
import { pipeline } from 'millrace';
import { checkBound } from 'millrace/testing';
import { lastValueFrom, map, type OperatorFunction, pipe, scan, toArray } from 'rxjs';

/** The mean of all numbers so far. */
function runningMean(): OperatorFunction<number, number> {
  return pipe(
    scan(({ sum, count }, value) => ({ sum: sum + value, count: count + 1 }), { sum: 0, count: 0 }),
    map(({ sum, count }) => sum / count),
  );
}

const means = await lastValueFrom(pipeline([4, 2, 6, 8], runningMean(), toArray()));
console.log(means.join(' '));

const numbers = Array.from({ length: 20 }, (_, index) => index);
const { emitted, maxInFlight, opened, closed } = await checkBound(runningMean(), { items: numbers });
console.log(`${emitted} out, bound held: ${maxInFlight <= 5}, closed: ${opened === closed}`);
