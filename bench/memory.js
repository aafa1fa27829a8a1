// Whether memory stays flat: a 5 GiB file verified and trained, an hour's worth of events replayed.
//
//   node bench/memory.js [--only file,events] [--events N] [--gigabytes N] [--seconds N] [--json FILE]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine, load } from './machine.js';
import { sparseFile, train, verify } from './memory/largeFile.js';
import { replay } from './memory/replay.js';
import { table } from './table.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'file,events' },
    events: { type: 'string', default: '10000000' },
    gigabytes: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '30' },
    json: { type: 'string' },
  },
});
const QUARTERS = ['at ¼', 'at ½', 'at ¾', 'at the end'];
const groups = values.only.split(',');
const machine = describeMachine();
console.log(`${machine.cpu}, ${machine.cpus} cpus, node ${machine.node}, load ${load()}\n`);
const result = { machine, ...(groups.includes('file') && (await largeFile())) };
if (groups.includes('events')) result.events = await events();
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);

async function largeFile() {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-memory-'));
  try {
    const path = sparseFile(folder, Number(values.gigabytes) * 2 ** 30);
    const verified = await verify(path);
    const trained = await train(path, Number(values.seconds));
    const what = `${values.gigabytes} GiB file`;
    console.log(
      table([
        [what, 'seconds', ...QUARTERS.map((quarter) => `RSS MB ${quarter}`), 'RSS MB most'],
        ['verify', ...curve(verified)],
        ['train', ...curve(trained)],
      ]),
    );
    return { verified, trained };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How memory went, in quarters of the time. */
function curve(readings) {
  const at = (share) => readings[Math.min(readings.length - 1, Math.floor(share * readings.length))]?.megabytes ?? NaN;
  const most = Math.max(...readings.map(({ megabytes }) => megabytes));
  const seconds = readings.at(-1)?.seconds ?? 0;
  return [seconds.toFixed(1), ...[0.25, 0.5, 0.75, 1].map((share) => at(share).toFixed(0)), most.toFixed(0)];
}

async function events() {
  const readings = await replay(Number(values.events));
  console.log(
    `\n${table([
      ['events replayed', 'step', 'heap MB', 'buffers MB', 'RSS MB'],
      ...readings.map(({ events, step, heapMegabytes, bufferMegabytes, rssMegabytes }) => [
        events.toLocaleString('en'),
        step.toLocaleString('en'),
        heapMegabytes.toFixed(1),
        bufferMegabytes.toFixed(1),
        rssMegabytes.toFixed(0),
      ]),
    ])}`,
  );
  return readings;
}
