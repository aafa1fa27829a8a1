// Bounded asynchronous work on many lines: Millrace, Node streams, rxjs, IxJS and Effect, time and peak memory.
//
//   node bench/streams.js [--lines N] [--rounds N] [--only A,B] [--json FILE]     see README.md
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Absent, runJson } from './child.js';
import { describeMachine, load } from './machine.js';
import { median } from './statistics.js';
import { table } from './table.js';

const LIBRARIES = ['millrace', 'node', 'rxjs', 'ix', 'effect'];
const KINDS = ['even', 'skewed'].flatMap((latency) => ['ordered', 'unordered'].map((order) => ({ latency, order })));
const INSTALL = 'npm install --prefix FOLDER ix@7 effect@4, then MILLRACE_STREAMS=FOLDER';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: LIBRARIES.join() },
    json: { type: 'string' },
  },
});
const libraries = values.only.split(',');
const machine = describeMachine();
const loadBefore = load();
console.error(`${machine.cpu}, ${machine.cpus} CPUs, Node ${machine.node}, load ${loadBefore}`);

const results = [];
for (let round = 1; round <= Number(values.rounds); round++)
  for (const { latency, order } of KINDS)
    for (const library of libraries) {
      results.push({ round, library, latency, order, ...(await measureOnce(library, latency, order)) });
      console.error(`round ${round}: ${latency}, ${order}, ${library}`);
    }

const rows = KINDS.flatMap(({ latency, order }) =>
  libraries.map((library) => {
    const own = results.filter((row) => row.library === library && row.latency === latency && row.order === order);
    const [{ absent }] = own;
    const seconds = absent ?? (median(own.map(({ milliseconds }) => milliseconds)) / 1000).toFixed(2);
    const megabytes = absent ? '' : (median(own.map(({ peakBytes }) => peakBytes)) / 1e6).toFixed(0);
    return [latency, order, library, seconds, megabytes];
  }),
);
console.log(`\n${values.lines} lines\n${table([['calls', 'order', 'library', 's', 'peak MB'], ...rows])}\n`);
const loadAfter = load();
console.log(`load ${loadBefore} before, ${loadAfter} after, of ${machine.cpus} CPUs`);
if (values.json !== undefined)
  writeFileSync(
    values.json,
    `${JSON.stringify({ machine: { ...machine, loadBefore, loadAfter }, options: values, results }, null, 2)}\n`,
  );

async function measureOnce(library, latency, order) {
  const program = fileURLToPath(new URL(`streams/${library}.js`, import.meta.url));
  try {
    return await runJson(process.execPath, [program, values.lines, latency, order], { install: INSTALL });
  } catch (error) {
    if (!(error instanceof Absent)) throw error;
    return { absent: error.message.replace('has no bounded map of this kind', 'has none').replace(`; ${INSTALL}`, '') };
  }
}
