// millrace/web: bundled as a user's page is, it computes in a browser what Node computes, to the bit.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openModel } from '../../src/inference/node/openModel.js';
import { openModel as openWebModel } from '../../src/inference/web/openModel.js';
import { trainTiny } from '../cli/inference/trainedModel.js';
import { millrace } from '../cli/millrace.js';
import { isWhole } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

const folder = temporaryFolder();
const page = join(folder, 'page');
const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);
const pixels = Uint8Array.from({ length: 300 * 16 }, (_, at) => (at * 37) % 256);
const kernels = new Uint8Array(readFileSync('dist/assets/kernels.wasm'));

beforeAll(async () => {
  await trainTiny(folder, '--output', 'run');
  const shared = ['encode', 'images.idx', '--share', 'shared.safetensors', '--model', 'run', '--threads', '1'];
  expect((await millrace(folder, ...shared)).code).toBe(0);
});

/** What Node makes of the same images. */
async function expectedAnswer() {
  const model = await openModel(join(folder, 'run'), { threads: 1 });
  const latents = model.encode(pixels);
  const answer = {
    latents: [...latents],
    images: [...model.reconstruct(pixels.subarray(0, 32))],
    decoded: [...model.decode(latents.subarray(0, 4))],
    losses: [...model.score(pixels.subarray(0, 32))],
  };
  model.dispose();
  return answer;
}

describe('from bytes', () => {
  const model = () => readFileSync(join(folder, 'run/model.safetensors'));

  test('a model computes what it computes in Node', async () => {
    const opened = await openWebModel(new Uint8Array(model()), { kernels });
    const { latents, images } = await expectedAnswer();
    expect([...(await opened.encodeAsync(pixels))]).toEqual(latents);
    expect([...opened.reconstruct(pixels.subarray(0, 32))]).toEqual(images);
    expect([opened.loss, opened.engine.threads]).toEqual(['mse', 1]);
    opened.dispose();
  });

  test.each<[string, () => Promise<unknown>, object]>([
    ['a torn model', () => openWebModel(new Uint8Array(model()).fill(1, -9), { kernels }), { code: 'WEIGHTS_DIGEST' }],
    ['a path without a page', () => openWebModel('model.safetensors', { kernels }), { code: 'MODEL_NOT_FOUND' }],
    ['no source', () => openWebModel(7 as never, { kernels }), { code: 'OPTION' }],
    [
      'what serves no kernels',
      () => openWebModel(new Uint8Array(model()), { kernels: 'kernels.wasm' }),
      { code: 'ENGINE_UNAVAILABLE' },
    ],
    ['other kernels', () => openWebModel(new Uint8Array(model()), { kernels: pixels }), { code: 'ENGINE_UNAVAILABLE' }],
  ])('%s is refused', async (_, open, error) => {
    await expect(open()).rejects.toMatchObject(error);
  });
});

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Serves the page and its models, and hears its answer. */
function serve(onAnswer: (answer: string) => void): Server {
  const files: Readonly<Record<string, string>> = {
    '/': join(page, 'index.html'),
    '/model.safetensors': join(folder, 'run/model.safetensors'),
    '/shared.safetensors': join(folder, 'shared.safetensors'),
  };
  return createServer(async (request, response) => {
    const { url = '/' } = request;
    if (url === '/answer') {
      onAnswer(await text(request));
      response.end();
      return;
    }
    const path = files[url] ?? join(page, url);
    try {
      response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream').end(readFileSync(path));
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
}

// A build and a browser take seconds.
describe.runIf(isWhole)('bundled for a page (where laws are tried whole)', () => {
  beforeAll(async () => {
    await build({
      configFile: false,
      logLevel: 'silent',
      root: resolve('test/exports/fixtures/page'),
      resolve: { alias: { 'millrace/web': resolve('dist/exports/web.js') } },
      build: { outDir: page, emptyOutDir: true, minify: false, target: 'es2022' },
    });
  });

  test('the bundle has the kernels beside it, and asks for nothing of Node', () => {
    const assets = readdirSync(join(page, 'assets'));
    expect(assets.filter((name) => name.endsWith('.wasm'))).toEqual([expect.stringMatching(/^kernels-/)]);
    const code = assets
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(page, 'assets', name), 'utf8'));
    expect(code.join('')).not.toMatch(/__vite-browser-external|["']node:|\brequire\(|\bprocess\./);
  });

  test.skipIf(CHROMIUM === undefined)(
    'in Chromium (where it is installed) a page that is not isolated opens models and computes, to the bit',
    async () => {
      let answered: (answer: string) => void;
      const answer = new Promise<string>((resolve) => {
        answered = resolve;
      });
      const server = serve((text) => answered(text));
      await once(server, 'listening');
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const flags = [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        `--user-data-dir=${folder}/profile`,
      ];
      const browser = spawn(CHROMIUM!, [...flags, address], { stdio: 'ignore' });
      afterAll(() => browser.kill('SIGKILL'));
      expect(JSON.parse(await answer)).toEqual({
        ...(await expectedAnswer()),
        isIsolated: false,
        engine: 'wasm-simd',
        streamed: 600,
        refused: 'MODEL_NOT_FOUND',
      });
      browser.kill('SIGTERM');
      await once(browser, 'exit');
      server.close();
      server.closeAllConnections();
    },
    60_000,
  );
});
