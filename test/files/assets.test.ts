import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { firstValueFrom } from 'rxjs';
import { expect, test, vi } from 'vitest';
import { mnist } from '../../src/data/node/mnist/mnist.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import { createEngine } from '../../src/model/node/createEngine.js';
import { run } from '../../src/run/run.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';

const folder = temporaryFolder();
const network = checkArchitecture(TINY_NETWORK);

test.each<[string, string, () => Promise<unknown>]>([
  ['kernels', 'kernels.wasm', () => createEngine({ network })],
  ['relaxed kernels', 'kernels.wasm', () => createEngine({ network, relaxed: true })],
  [
    'the sample',
    'mnist-sample/train-images-idx3-ubyte.gz',
    () => mnist({ offline: true, cacheFolder: folder, env: {} }),
  ],
  [
    'the code of a run’s thread',
    'runThread.mjs',
    () => firstValueFrom(run({}, { worker: new URL('data:text/javascript,') })),
  ],
])('where %s are missing, the folder that was named is told, and what belongs there', async (_, file, use) => {
  vi.stubEnv('MILLRACE_ASSETS', folder);
  await expect(use()).rejects.toMatchObject({
    name: 'FileError',
    code: 'ASSET_NOT_FOUND',
    path: join(folder, file),
    advice: expect.stringMatching(`Copy the folder node_modules/millrace/dist/assets to ${folder}/, or `),
  });
});

test('a folder that is named is the one that is taken', async () => {
  vi.stubEnv('MILLRACE_ASSETS', 'dist/assets');
  const engine = await createEngine({ network, threads: 2 });
  expect(engine.description).toMatchObject({ name: 'simd', threads: 2 });
  engine.dispose();
});

test('bundlers see every asset but the code of a run’s thread, each under a name that is there', () => {
  const literals = (readdirSync('dist', { recursive: true }) as string[])
    .filter((path) => path.endsWith('.js') && !path.startsWith('assets'))
    .flatMap((path) =>
      [
        ...readFileSync(join('dist', path), 'utf8').matchAll(
          /new URL\(\s*'([./]+assets\/[^']+)',\s*import\.meta\.url/g,
        ),
      ].map(([, name = '']) => new URL(name, pathToFileURL(join('dist', path)))),
    );
  expect(literals.filter((url) => !existsSync(url))).toEqual([]);
  expect(literals.map(({ pathname }) => pathname.split('/dist/assets/')[1]).sort()).toEqual([
    'kernelThread.mjs',
    'kernels.relaxed.wasm',
    // In Node, and in a browser.
    'kernels.wasm',
    'kernels.wasm',
    'mnist-sample/t10k-images-idx3-ubyte.gz',
    'mnist-sample/t10k-labels-idx1-ubyte.gz',
    'mnist-sample/train-images-idx3-ubyte.gz',
    'mnist-sample/train-labels-idx1-ubyte.gz',
  ]);
});
