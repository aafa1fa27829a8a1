// How fast the engine is: every row of the table, against the peers that this machine has.
//
//   node bench/engine.js [--data FOLDER] [--only A,B] [--rounds N] [--quick] [--json FILE]     see README.md
import { writeFileSync } from 'node:fs';
import { GROUP_NAMES, rowsOf } from './groups.js';
import { describeMachine, load } from './machine.js';
import { readOptions, USAGE, UsageError } from './options.js';
import { runRounds } from './rounds.js';
import { Setting } from './setting.js';
import { measurementTable, verdictTable } from './table.js';
import { verdictOf } from './verdict.js';

async function main(options) {
  const machine = describeMachine();
  const loadBefore = load();
  console.error(`${machine.cpu}, ${machine.cpus} CPUs, Node ${machine.node}, load ${loadBefore}`);
  const setting = new Setting(options);
  const rows = rowsOf(setting);
  const figures = distinct(rows.flatMap(({ uses }) => uses));
  const results = await runRounds(
    figures.map(({ measurement }) => measurement),
    options.rounds,
    (line) => console.error(line),
  );
  const verdicts = rows.map((row) => verdictOf(row, results));
  const loadAfter = load();
  console.log(`\n${verdictTable(verdicts)}\n\n${measurementTable(figures, results)}\n`);
  for (const [name, reason] of results.absent) console.log(`absent: ${name}: ${reason}`);
  for (const [name, reason] of results.failed) console.log(`failed: ${name}: ${reason}`);
  console.log(`load ${loadBefore} before, ${loadAfter} after, of ${machine.cpus} CPUs`);
  const { rounds, seconds, data, only, quick } = options;
  if (options.json !== undefined)
    write(options.json, {
      machine: { ...machine, loadBefore, loadAfter },
      options: { rounds, seconds, data, only, quick },
      rows: verdicts,
      measurements: Object.fromEntries(results.rounds),
      absent: Object.fromEntries(results.absent),
      failed: Object.fromEntries(results.failed),
    });
  if (results.failed.size > 0) process.exitCode = 1;
}

/** By what is measured: the first figure of each measurement. */
function distinct(figures) {
  return [...new Map(figures.toReversed().map((figure) => [figure.measurement.name, figure])).values()].toReversed();
}

function write(path, value) {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

// Leaving by `exit` takes the child and the folder along.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(USAGE);
  else if (options.list) console.log(GROUP_NAMES.join('\n'));
  else await main(options);
} catch (error) {
  // What a person typed: no stack.
  if (!(error instanceof UsageError || error.code?.startsWith('ERR_PARSE_ARGS'))) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
