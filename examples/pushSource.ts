// A source that pushes, with a policy: while one reading is being stored, only the latest of those that come waits.
import { forEachAsync, fromObservable, pipeline, StageStats } from 'millrace';
import { interval, take } from 'rxjs';

const sensor = interval(1).pipe(take(50));
const stats = new StageStats('sensor');
const latest = fromObservable(sensor, { overflow: 'dropOldest', capacity: 1, stats });

const store = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
let stored = 0;
let last = 0;
await forEachAsync(pipeline(latest), async (reading) => {
  await store();
  stored += 1;
  last = reading;
});
const { items, dropped } = stats.snapshot();
console.log(`of ${items} readings stored and dropped ${stored + dropped}, the last was ${last}`);
