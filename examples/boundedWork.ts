// A pipeline that never trains: lines of a file, an asynchronous call for each, eight at a time, in order, results into another
// file. However slow the disk or the service, no more than eight lines are under way, and twenty results gathered.
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { bufferTimeOrCount, mapAsync, pipeline, toWritable } from 'millrace';
import { lastValueFrom, map } from 'rxjs';

const [from = 'README.md', to = process.env.RESULTS ?? 'lengths.ndjson'] = process.argv.slice(2);

/** Stands for a service that now and then does not answer. */
let calls = 0;
async function lookUp(line: string): Promise<number> {
  calls += 1;
  if (calls % 50 === 0) throw new Error('no answer');
  return line.length;
}

const lines = createInterface({ input: createReadStream(from) });
const written = pipeline(
  lines,
  mapAsync(lookUp, { concurrency: 8, retry: { count: 3, delayMs: 1 } }),
  bufferTimeOrCount(100, 20),
  map((lengths) => `${JSON.stringify(lengths)}\n`),
  toWritable(createWriteStream(to)),
);
await lastValueFrom(written);
console.log(`written ${to}`);
