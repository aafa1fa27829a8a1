// The import rules of the house, checked by planting what they forbid into an empty copy of it.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const FORBIDDEN = [
  ['src/model', 'rxjs'],
  ['src/model', '../streams/batch.js'],
  ['src/model', '../tui/state.js'],
  ['src/model', '../cli/main.js'],
  ['src/model/tfjs', '../../run/run.js'],
  ['src/streams', '../run/run.js'],
  ['src/streams', '../cli/main.js'],
  ['src/streams/operators', '../../tui/state.js'],
  ['src/streams/sinks', '../operators/train.js'],
  ['src/streams/sinks', '../sources/bytes.js'],
  ['src/streams/sinks', '../../cli/main.js'],
  ['src/tui', '../model/engine.js'],
  ['src/tui/panels', '../../run/run.js'],
  ['src/run', '../tui/state.js'],
  ['src/run', 'ink'],
] as const;

const ALLOWED = [
  ['src/streams/operators', '../../model/engine.js'],
  ['src/run', '../streams/batch.js'],
  ['src/tui', '../streams/events.js'],
  ['src/cli', '../tui/state.js'],
] as const;

const copy = mkdtempSync(join(tmpdir(), 'millrace-house-'));
afterAll(() => rmSync(copy, { recursive: true }));
copyFileSync('biome.json', join(copy, 'biome.json'));

function plant(folder: string, imported: string): string {
  const path = join(folder, `planted${imported.replace(/\W+/g, '_')}.ts`);
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), `import type { Planted } from '${imported}';\n\nexport type Again = Planted;\n`);
  return path;
}

const planted = [...FORBIDDEN, ...ALLOWED].map(([folder, imported]) => plant(folder, imported));
const { status, stdout } = spawnSync(
  process.execPath,
  [
    resolve('node_modules/@biomejs/biome/bin/biome'),
    'lint',
    '--vcs-enabled=false',
    '--reporter=github',
    '--max-diagnostics=none',
  ],
  { cwd: copy, encoding: 'utf8' },
);
const refused = stdout.split('\n').filter((line) => line.includes('noRestrictedImports'));
const isRefused = (path: string): boolean => refused.some((line) => line.includes(`${path},line=`));

test('the linter fails where the house is broken', () => {
  expect(status).not.toBe(0);
});

test.each(FORBIDDEN)('%s may not import %s', (folder, imported) => {
  expect(isRefused(plant(folder, imported))).toBe(true);
});

test.each(ALLOWED)('%s may import %s', (folder, imported) => {
  expect(isRefused(plant(folder, imported))).toBe(false);
  expect(planted).toContain(plant(folder, imported));
});
