// A user's program as one file, moved away from node_modules: it finds kernels, threads and the sample in the folder beside it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';
import { beforeAll, expect, test } from 'vitest';
import { VERSION } from '../../src/files/version.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import { createEngine } from '../../src/model/node/createEngine.js';
import { preset } from '../../src/model/presets/presets.js';
import { isWhole, wholeTest } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const folder = temporaryFolder();
const FIXTURES = resolve('test/exports/fixtures/bundled');
const ENTRIES = ['program', 'parts'];
/** As if it were installed; TensorFlow.js, which is large, is left out. */
const alias = {
  millrace: resolve('dist/exports/index.js'),
  ...Object.fromEntries(
    ['core', 'layers', 'backend-cpu', 'backend-wasm'].map((part) => [
      `@tensorflow/tfjs-${part}`,
      `${FIXTURES}/empty.cjs`,
    ]),
  ),
};

async function withEsbuild(outdir: string): Promise<void> {
  const entryPoints = ENTRIES.map((name) => `${FIXTURES}/${name}.js`);
  await esbuild({
    ...{ entryPoints, outdir, alias, outExtension: { '.js': '.mjs' }, logLevel: 'error' },
    ...{ bundle: true, platform: 'node', format: 'esm' },
  });
}

async function withVite(outDir: string): Promise<void> {
  for (const name of ENTRIES)
    await vite({
      configFile: false,
      logLevel: 'error',
      resolve: { alias },
      ssr: { noExternal: true },
      build: {
        ssr: `${FIXTURES}/${name}.js`,
        outDir,
        emptyOutDir: false,
        rolldownOptions: { output: { entryFileNames: '[name].mjs', codeSplitting: false } },
      },
    });
}

/** What the program says of its engines and its run. */
async function said(bundle: string) {
  const child = spawn(process.execPath, [join(folder, bundle, 'program.mjs')], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, XDG_CACHE_HOME: folder },
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return JSON.parse(output);
}

const bundlers = [
  ['esbuild', withEsbuild],
  ['vite', withVite],
] as const;
beforeAll(() => isWhole && Promise.all(bundlers.map(([name, bundle]) => bundle(join(folder, name)))));

wholeTest('a program that has been bundled says what to copy where', async () => {
  const beside = join(folder, 'esbuild', 'millrace');
  const missing = (file: string) => ({
    code: 'ASSET_NOT_FOUND',
    message: expect.stringMatching(
      `^${join(beside, file)}: .*Copy the folder node_modules/millrace/dist/assets to ${beside}/, `,
    ),
  });
  expect(await said('esbuild')).toEqual([missing('kernels.wasm'), missing('kernels.wasm'), missing('runThread.mjs')]);
});

test.runIf(isWhole).each(bundlers)(
  'bundled by %s it trains as it does here, with threads and in a thread',
  async (name) => {
    cpSync('dist/assets', join(folder, name, 'millrace'), { recursive: true });
    const engine = await createEngine({ network: checkArchitecture(preset('transpose', [28, 28, 1])), threads: 1 });
    const pixels = Uint8Array.from({ length: 20 * 784 }, (_, at) => (at * 37) % 256);
    const losses = [1, 2, 3].map(() => engine.trainStep({ pixels, length: 20 }));
    engine.dispose();
    const run = { stages: ['invert', 'later'], source: 'embedded sample', version: VERSION, steps: 2 };
    expect(await said(name)).toEqual([losses, losses, run]);
  },
);
