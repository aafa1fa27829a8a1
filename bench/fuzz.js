// Mutated files into every parser, for as long as there is time: each is read or refused with one clear sentence.
//
//   node bench/fuzz.js [--parser NAME] [--seconds N | --inputs N] [--seed N] [--findings FOLDER]
//   node bench/fuzz.js --parser NAME --seed N --only INDEX      one input again, kept as a finding is
import './fuzz/production.js';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inputOf } from './fuzz/input.js';
import { judge } from './fuzz/judge.js';
import { createParsers } from './fuzz/parsers.js';
import { watchOver } from './fuzz/watchdog.js';
import { table } from './table.js';

/** Inputs between two looks at the clock and the memory. */
const ROUND = 64;
/** Findings of one parser that are kept: more would say the same. */
const KEPT = 20;

const { values } = parseArgs({
  options: {
    parser: { type: 'string' },
    seconds: { type: 'string' },
    inputs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    findings: { type: 'string', default: join(tmpdir(), 'millrace-findings') },
  },
});
const seed = Number(values.seed);
const inputs = values.inputs === undefined ? Infinity : Number(values.inputs);
const seconds = values.seconds === undefined ? (inputs < Infinity ? Infinity : 60) : Number(values.seconds);

// What goes on for as long as there is time leaves the machine to others; so many inputs are waited for.
if (inputs === Infinity) setPriority(constants.priority.PRIORITY_LOW);
const folder = mkdtempSync(join(tmpdir(), 'millrace-fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const parsers = await createParsers(folder);
const chosen = Object.keys(parsers).filter((name) => name === (values.parser ?? name));
if (chosen.length === 0) {
  console.error(`--parser: one of ${Object.keys(parsers).join(', ')}`);
  process.exit(2);
}

if (values.only !== undefined) {
  keep(chosen[0], Number(values.only), 'kept as asked');
  process.exit();
}

const watchdog = watchOver();
const rows = [['parser', 'inputs', 'good', 'refused', 'findings', 'slowest', 'peak RSS']];
const refusals = [];
let found = 0;
for (const name of chosen) {
  const result = await fuzz(name);
  found += result.findings;
  rows.push([
    name,
    result.inputs.toLocaleString('en'),
    result.good.toLocaleString('en'),
    (result.inputs - result.good - result.findings).toLocaleString('en'),
    String(result.findings),
    `${result.slowestMs.toFixed(0)} ms`,
    `${Math.round(result.peakBytes / 1e6)} MB`,
  ]);
  for (const [code, count] of [...result.codes].sort()) refusals.push([name, code, count.toLocaleString('en')]);
}
watchdog.stop();
console.log(`${table(rows)}\n\n${table([['parser', 'refused with', 'inputs'], ...refusals])}`);
if (found > 0) console.log(`\nThe inputs of the findings are in ${values.findings}`);
process.exitCode = found > 0 ? 1 : 0;

async function fuzz(name) {
  const parser = parsers[name];
  const result = { inputs: 0, good: 0, findings: 0, slowestMs: 0, peakBytes: 0, codes: new Map() };
  const deadline = performance.now() + (1000 * seconds) / chosen.length;
  while (result.inputs < inputs && (result.inputs % ROUND !== 0 || performance.now() < deadline)) {
    const index = result.inputs;
    watchdog.begin(name, index);
    const { bytes, random } = inputOf(parser, seed, name, index);
    const started = performance.now();
    const outcome = await judge(() => parser.attempt(bytes, random));
    const milliseconds = performance.now() - started;
    result.inputs += 1;
    result.slowestMs = Math.max(result.slowestMs, milliseconds);
    if (index % ROUND === 0 || milliseconds > 50)
      result.peakBytes = Math.max(result.peakBytes, process.memoryUsage().rss);
    if (outcome.kind === 'good') result.good += 1;
    else if (outcome.kind === 'refused') result.codes.set(outcome.code, (result.codes.get(outcome.code) ?? 0) + 1);
    else {
      result.findings += 1;
      if (result.findings <= KEPT) keep(name, index, outcome.what);
    }
  }
  return result;
}

function keep(name, index, what) {
  mkdirSync(values.findings, { recursive: true });
  const path = join(values.findings, `${name}-${seed}-${index}`);
  writeFileSync(path, inputOf(parsers[name], seed, name, index).bytes);
  console.error(`${name}, input ${index}: ${what} (${path})`);
}
