// What `train --serve` costs the training beside it, and what its clients get: nobody, one, fifty, two hundred; and such that never read.
//
//   node bench/serve.js [--seconds N] [--clients 1,50,200] [--json FILE]
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeMachine, load } from './machine.js';
import { median } from './statistics.js';
import { table } from './table.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '15' },
    clients: { type: 'string', default: '1,50,200' },
    json: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const PROGRAM = fileURLToPath(new URL('../bin/millrace.js', import.meta.url));
const CLIENTS = fileURLToPath(new URL('serve/clients.js', import.meta.url));
const TRAIN = 'train --offline --epochs 1000000 --ui none --output run'.split(' ');

/** Those that the server serves; `undefined` where there is no server. */
const counts = values.clients.split(',').map(Number);
const settings = [
  { name: 'without --serve' },
  { name: 'nobody', clients: 0 },
  ...counts.map((clients) => ({ name: `${clients} reading`, clients })),
  { name: `${counts.at(-1)} that never read`, clients: counts.at(-1), silent: true },
];

const machine = describeMachine();
console.log(`${machine.cpu}, ${machine.cpus} cpus, node ${machine.node}, load ${load()}; ${seconds} s each\n`);
const rows = [];
for (const setting of settings) rows.push({ ...setting, ...(await measure(setting)) });
console.log(
  table([
    [
      'clients',
      'images/s',
      'events/s written',
      'events/s to each',
      'MB/s in all',
      'behind at the end',
      'gaps',
      'RSS MB most',
    ],
    ...rows.map((row) => [
      row.name,
      whole(row.imagesPerSecond),
      whole(row.written / seconds),
      row.perClient === undefined ? '' : whole(row.perClient / seconds),
      row.bytes === undefined ? '' : (row.bytes / seconds / 1e6).toFixed(1),
      row.behind === undefined ? '' : String(row.behind),
      row.gaps === undefined ? '' : String(row.gaps),
      row.rssMegabytes.toFixed(0),
    ]),
  ]),
);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, seconds, rows }, null, 2)}\n`);

async function measure({ clients, silent = false }) {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-serve-'));
  const args = [PROGRAM, ...TRAIN, ...(clients === undefined ? [] : ['--serve', '0', '--close-at-end'])];
  const training = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  training.stderr.on('data', (piece) => {
    said += piece;
  });
  const ended = once(training, 'exit');
  const file = join(folder, 'run', 'events.ndjson');
  try {
    while (!existsSync(file) || eventsOf(file).filter(({ type }) => type === 'stats').length < 2) await sleep(200);
    const url = /Serving (http:\S+)/.exec(said)?.[1];
    const before = eventsOf(file).length;
    const reading = clients > 0 ? fork(CLIENTS, [url, String(clients), silent ? 'silent' : 'reading']) : undefined;
    let rss = 0;
    for (let second = 0; second < seconds; second += 0.5) {
      await sleep(500);
      rss = Math.max(rss, rssOf(training.pid));
    }
    const report = reading && (await reportOf(reading));
    const events = eventsOf(file);
    const stats = events.slice(before).filter(({ type }) => type === 'stats');
    reading?.kill();
    return {
      imagesPerSecond: median(stats.map(({ imagesPerSecond }) => imagesPerSecond)),
      written: events.length - before,
      rssMegabytes: rss,
      ...(report &&
        !silent && {
          perClient: Math.min(...report.newest) + 1,
          // The file was read a moment after the clients were asked.
          behind: events.length - 1 - Math.min(...report.newest),
          gaps: report.gaps,
        }),
      ...(report && { bytes: report.bytes }),
    };
  } finally {
    training.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true });
  }
}

async function reportOf(child) {
  const answered = once(child, 'message');
  child.send('report');
  const [report] = await answered;
  return report;
}

function eventsOf(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [, type] = /^\{"type":"(\w+)"/.exec(line);
      return type === 'stats' ? JSON.parse(line) : { type };
    });
}

function rssOf(pid) {
  const [, kilobytes = 0] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

function whole(value) {
  return Math.round(value).toLocaleString('en');
}
