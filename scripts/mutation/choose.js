// Chooses the mutation set: as many places of each kind, by a seed, with which it still builds. Writes mutants.json beside itself.
// Usage: node scripts/mutation/choose.js [--count 40] [--seed 1]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { placesOf } from './places.js';
import { copyProject, projectFiles, ROOT } from './project.js';
import { replaceAt } from './replaceAt.js';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '40' }, seed: { type: 'string', default: '1' } },
});
const KINDS = ['operator', 'comparison', 'constant', 'statement'];
const random = generator(Number(values.seed));
const places = projectFiles('src')
  .filter((path) => /\.tsx?$/.test(path))
  .flatMap(placesIn);
const project = copyProject();
try {
  const mutants = KINDS.flatMap((kind) => chooseOf(kind, Math.ceil(Number(values.count) / KINDS.length)));
  writeFileSync(new URL('mutants.json', import.meta.url), `${JSON.stringify(mutants, null, 2)}\n`);
} finally {
  project.remove();
}

function placesIn(path) {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return placesOf(path, text).map((place) => ({ ...place, path, ...linesOf(text, place) }));
}

/** The whole lines around a place, as they are and as they would be: they find it again when the file has moved or grown. */
function linesOf(text, { start, end, replacement }) {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  const original = text.slice(from, to);
  const mutated = text.slice(from, start) + replacement + text.slice(end, to);
  return { original, mutated, occurrence: text.slice(0, from).split(original).length - 1 };
}

function chooseOf(kind, count) {
  const left = places.filter((place) => place.kind === kind);
  const chosen = [];
  while (chosen.length < count && left.length > 0) {
    const [{ path, original, mutated, occurrence }] = left.splice(Math.floor(random() * left.length), 1);
    const restore = project.change(path, (text) => replaceAt(text, { original, mutated, occurrence }));
    if (project.builds()) chosen.push({ kind, path, original, mutated, occurrence });
    restore();
  }
  return chosen;
}

/** Mulberry32. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
