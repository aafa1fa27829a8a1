// The import rules of the house, checked by planting what they forbid into an empty copy of it.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const FORBIDDEN = [
  ['src', './events/schema.js'],
  ['src/text', '../data/batch.js'],
  ['src/files', '../run/run.js'],
  ['src/protobuf', '../events/schema.js'],
  ['src/tracking', 'rxjs'],
  ['src/tracking', '../streams/sinks/sink.js'],
  ['src/tracking', '../files/systemError.js'],
  ['src/tracking/node', '../../dashboard/state.js'],
  ['src/events', 'rxjs'],
  ['src/events', '../data/batch.js'],
  ['src/events', '../files/systemError.js'],
  ['src/events/node', '../../streams/sinks/sink.js'],
  ['src/dashboard', 'rxjs'],
  ['src/dashboard', 'ink'],
  ['src/dashboard', '../tui/viewContext.js'],
  ['src/dashboard/history', '../../model/engine.js'],
  ['src/dashboard/replay/node', '../../../cli/main.js'],
  ['src/tui', '../model/engine.js'],
  ['src/tui', '../data/batch.js'],
  ['src/tui/panels', '../../run/run.js'],
  ['src/web', '../run/run.js'],
  ['src/web', '../tui/viewState.js'],
  ['src/web', '../cli/main.js'],
  ['src/model', 'rxjs'],
  ['src/model', '../data/batch.js'],
  ['src/model', '../streams/flow.js'],
  ['src/model', '../training/train.js'],
  ['src/model', './simd/simdEngine.js'],
  ['src/model', './node/checkpoint.js'],
  ['src/model/safetensors', '../simd/simdEngine.js'],
  ['src/model/node', '../tfjs/tfjsEngine.js'],
  ['src/model/tfjs', '../../run/run.js'],
  ['src/model/simd/plan', 'rxjs'],
  ['src/data', 'rxjs'],
  ['src/data/idx', './node/readIdx.js'],
  ['src/data/idx/node', '../../../streams/flow.js'],
  ['src/streams', '../run/run.js'],
  ['src/streams', '../cli/main.js'],
  ['src/streams', '../training/train.js'],
  ['src/streams/operators', '../../model/engine.js'],
  ['src/streams/operators', '../../tui/viewContext.js'],
  ['src/streams/sinks', '../operators/addNoise.js'],
  ['src/streams/sinks/node', '../../operators/addNoise.js'],
  ['src/streams/sinks', '../../data/batch.js'],
  ['src/streams/sinks', '../../cli/main.js'],
  ['src/training', '../model/simd/simdEngine.js'],
  ['src/training/samples', '../../model/tfjs/tfjsEngine.js'],
  ['src/training', '../run/run.js'],
  ['src/testing', '../run/run.js'],
  ['src/run', '../tui/viewState.js'],
  ['src/run', 'ink'],
  ['src/statistics', '../model/engine.js'],
  ['src/training', '../inference/model.js'],
  ['src/run', '../inference/model.js'],
  ['src/inference', '../run/folder/findModel.js'],
  ['src/inference', './node/openModel.js'],
  ['src/inference/node', '../../run/run.js'],
  ['src/inference/operators', '../../cli/main.js'],
  ['src/cli', '../exports/index.js'],
] as const;

const ALLOWED = [
  ['src/events', '../text/quote.js'],
  ['src/dashboard', '../events/schema.js'],
  ['src/tui', '../dashboard/state.js'],
  ['src/model/node', '../../files/writeAtomically.js'],
  ['src/data/node/files', '../../idx/header.js'],
  ['src/streams/operators', '../../data/batch.js'],
  ['src/streams/sinks', '../../events/schema.js'],
  ['src/training', '../model/engine.js'],
  ['src/inference/operators', '../../data/batch.js'],
  ['src/inference/node', '../../run/folder/findModel.js'],
  ['src/run', '../data/batch.js'],
  ['src/cli', '../tui/viewState.js'],
] as const;

/** Where no module of Node may be imported, and none of its globals named. */
const WITHOUT_NODE = [
  'src/text',
  'src/events',
  'src/dashboard/replay',
  'src/model/simd',
  'src/data/dataset',
  'src/streams/sinks',
  'src/training',
  'src/inference',
  'src/statistics',
  'src/testing',
] as const;

const WITH_NODE = [
  'src/events/node',
  'src/dashboard/replay/node',
  'src/model/simd/node',
  'src/data/idx/node',
  'src/streams/sinks/node',
  'src/files',
  'src/run',
  'src/tui',
  'src/cli',
] as const;

const copy = mkdtempSync(join(tmpdir(), 'millrace-house-'));
afterAll(() => rmSync(copy, { recursive: true }));
copyFileSync('biome.json', join(copy, 'biome.json'));

function plant(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(join(copy, path)), { recursive: true });
  writeFileSync(join(copy, path), text);
  return path;
}

function importing(folder: string, imported: string): string {
  const text = `import type { Planted } from '${imported}';\n\nexport type Again = Planted;\n`;
  return plant(folder, `planted${imported.replace(/\W+/g, '_')}.ts`, text);
}

function usingNode(folder: string): readonly string[] {
  return [
    plant(folder, 'plantedModule.ts', "import type { Stats } from 'node:fs';\n\nexport type Again = Stats;\n"),
    plant(folder, 'plantedBuffer.ts', 'export const planted = Buffer.from([]);\n'),
    plant(folder, 'plantedProcess.ts', 'export const planted = process.pid;\n'),
    plant(folder, 'plantedImmediate.ts', 'export const planted = setImmediate;\n'),
  ];
}

const planted = [
  ...[...FORBIDDEN, ...ALLOWED].map(([folder, imported]) => importing(folder, imported)),
  ...[...WITHOUT_NODE, ...WITH_NODE].flatMap((folder) => usingNode(folder)),
];
const circle = ['One', 'Other'].map((name, place) =>
  plant(
    'src/dashboard',
    `circle${name}.ts`,
    `import type { ${['Other', 'One'][place]} } from './circle${['Other', 'One'][place]}.js';\n\nexport type ${name} = readonly ${['Other', 'One'][place]}[];\n`,
  ),
);
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
const RULES = /noRestrictedImports|noRestrictedGlobals|noImportCycles/;
const refused = stdout.split('\n').filter((line) => RULES.test(line));
const isRefused = (path: string): boolean => refused.some((line) => line.includes(`${path},line=`));

test('the linter fails where the house is broken', () => {
  expect(status).not.toBe(0);
});

test.each(FORBIDDEN)('%s may not import %s', (folder, imported) => {
  expect(isRefused(importing(folder, imported))).toBe(true);
});

test.each(ALLOWED)('%s may import %s', (folder, imported) => {
  expect(isRefused(importing(folder, imported))).toBe(false);
  expect(planted).toContain(importing(folder, imported));
});

test.each(WITHOUT_NODE)('%s knows no Node', (folder) => {
  expect(usingNode(folder).filter((path) => !isRefused(path))).toEqual([]);
});

test.each(WITH_NODE)('%s knows Node', (folder) => {
  expect(usingNode(folder).filter(isRefused)).toEqual([]);
});

test('files may not import each other in a circle, not even types', () => {
  expect(circle.filter(isRefused)).toEqual(circle);
});
