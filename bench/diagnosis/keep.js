// A run as a fixture: as few bytes as say the same to the rules.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const FOLDER = new URL('../../test/fixtures/runs/', import.meta.url);
const IMAGES = 5;
const KEPT = new Set(['run', 'loss', 'sample', 'epoch', 'stats', 'command', 'end']);
const common = { run: '20261129-120000-abcd', time: '2026-11-29T12:00:00.000Z' };

/** Writes `NAME.ndjson.gz`: events, and the losses between two of them as one list. */
export async function keep(name, events) {
  const kept = fewSamples(events.filter(({ type }) => KEPT.has(type)));
  const lines = [];
  for (const event of kept) {
    if (event.type !== 'loss') lines.push({ ...thinned(event), ...common });
    else if (lines.at(-1)?.losses === undefined) lines.push(lossesFrom(event));
    else add(lines.at(-1), event);
  }
  const path = fileURLToPath(new URL(`${name}.ndjson.gz`, FOLDER));
  const bytes = gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { level: 9 });
  writeFileSync(path, bytes);
  console.log(`${path}: ${(bytes.length / 1024).toFixed(1)} KiB, ${kept.length} events`);
}

function lossesFrom({ epoch, step, elapsedMs, loss, learningRate }) {
  const from = Math.round(elapsedMs);
  return { losses: [rounded(loss)], epoch, step, learningRate, from, to: from };
}

function add(line, { elapsedMs, loss }) {
  line.losses.push(rounded(loss));
  line.to = Math.round(elapsedMs);
}

/** The first, and the last ones: what the rules compare. */
function fewSamples(events) {
  const samples = events.filter(({ type }) => type === 'sample');
  const chosen = new Set(samples.filter((_, place) => place === 0 || place >= samples.length - 2));
  return events.filter((event) => event.type !== 'sample' || chosen.has(event));
}

function thinned(event) {
  const { type, epoch, step, elapsedMs } = event;
  const where = { type, epoch, step, elapsedMs: Math.round(elapsedMs) };
  if (type === 'sample') return { ...event, ...where, seq: 0, items: event.items.slice(0, IMAGES).map(withoutLabel) };
  if (type !== 'run') return { ...event, ...where, seq: 0 };
  const { schema, dataset, architecture, engine, parameters, epochs, stepsPerEpoch } = event;
  const { source: _, ...data } = dataset;
  return {
    ...where,
    seq: 0,
    schema,
    dataset: data,
    architecture,
    engine: { name: engine.name },
    parameters,
    epochs,
    stepsPerEpoch,
  };
}

function withoutLabel({ label: _, ...item }) {
  return item;
}

function rounded(loss) {
  return Number.isFinite(loss) ? Number(loss.toPrecision(3)) : String(loss);
}
