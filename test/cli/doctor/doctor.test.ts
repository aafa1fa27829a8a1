// What this machine offers, asked of the real program.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PRESETS } from '../../../src/model/presets/presets.js';
import { firstCases, wholeTest } from '../../fixtures/laws.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../../fixtures/tinyNetwork.js';
import { closeShells, shellOn } from '../../tui/pseudoTerminal.js';
import { environment, millrace, millraceProcess } from '../millrace.js';
import { programInside } from '../programInside.js';

const folder = temporaryFolder();
afterEach(closeShells);
afterEach(() => vi.unstubAllEnvs());

async function findings(...flags: readonly string[]) {
  const { code, stdout } = await millrace(folder, 'doctor', '--json', ...flags);
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

test('names every engine and backend, the terminal and the data', async () => {
  const { code, stdout } = await millrace(folder, 'doctor');
  expect(code).toBe(0);
  for (const name of ['simd', 'simd --relaxed', 'tfjs tensorflow', 'tfjs wasm', 'tfjs cpu'])
    expect(stdout).toMatch(new RegExp(`^  ${name} +(runs on|does not run: )`, 'm'));
  expect(stdout).toMatch(/train takes +simd: the fastest that runs here/);
  expect(stdout).toMatch(/train shows +plain lines: neither stdout nor stderr is a terminal/);
  expect(stdout).toMatch(/mnist +not here; train fetches it \(11\.6 MB\)/);
});

test('--json gives the same as one object', async () => {
  expect(await findings()).toMatchObject({
    node: process.versions.node,
    engines: expect.arrayContaining([{ name: 'tfjs', backend: 'cpu', available: true, threads: 1 }]),
    defaultEngine: { name: 'simd', backend: 'wasm-simd', available: true },
    terminal: { stdout: false, stderr: false, ui: 'plain' },
    data: { name: 'mnist', available: true, items: 10_000, testItems: 2000, sample: true },
  });
});

wholeTest('says why an engine does not run, and what train takes instead', async () => {
  // The flag of V8 that leaves WebAssembly out.
  vi.stubEnv('NODE_OPTIONS', '--jitless');
  const { code, stdout, stderr } = await millraceProcess(folder, 'doctor');
  expect(code).toBe(0);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(stdout).toMatch(/simd +does not run: WebAssembly is missing here\n/);
  expect(stdout).toMatch(/tfjs wasm +does not run: WebAssembly is missing here\n/);
  expect(stdout).toMatch(/train takes +tfjs \w+: not simd, since WebAssembly is missing here\n/);
});

test('says what is wrong with the data that the environment names, and still exits with 0', async () => {
  mkdirSync(join(folder, 'empty'));
  const { stdout, finished } = programInside(folder, ['doctor'], { ...environment(folder), MILLRACE_DATA: 'empty' });
  expect(await finished).toBe(0);
  expect(stdout.text).toContain('mnist            empty: expected train-images-idx3-ubyte');
});

wholeTest('on a terminal it tells its size and colours, and leaves the dashboard to train', async () => {
  const { ended, text } = shellOn(folder, `"${process.execPath}" "${resolve('bin/millrace.js')}" doctor`);
  await ended;
  expect(await text()).toMatch(/size +80×24\n +colours +256\n +characters +braille\n +train shows +the dashboard: /);
});

describe('--architecture', () => {
  test.each(firstCases(PRESETS, 2))('of the preset %s has every layer, and totals that are the sums', async (name) => {
    const { architecture } = await findings('--architecture', name);
    expect(architecture).toMatchObject({ name, input: [28, 28, 1] });
    const planned = new Set(architecture.plan.flatMap(({ layers }: { layers: string }) => layers.split(' + ')));
    for (const layer of architecture.layers) expect(planned).toContain(layer.name);
    for (const field of ['bytes', 'multiplyAdds'])
      expect(architecture.total[field]).toBe(
        architecture.plan.reduce((sum: number, kernel: Record<string, number>) => sum + kernel[field]!, 0),
      );
    expect(architecture.total.multiplyAdds).toBeGreaterThan(0);
  });

  test('of a preset prints shapes, parameters and a plan that fit into 80 columns', async () => {
    const { code, stdout } = await millrace(folder, 'doctor', '--architecture', 'transpose');
    expect(code).toBe(0);
    expect(stdout).toContain('network transpose: 28×28×1 → 7×7×4 → 28×28×1, 1,077 parameters\n');
    expect(stdout).toMatch(/^encoder\.0 +conv2d +28×28×16 +160$/m);
    expect(stdout).toMatch(/^total +1,077$/m);
    for (const pass of ['forward', 'backward', 'update'])
      expect(stdout).toMatch(new RegExp(`^${pass} +[\\d,]+ +[\\d,]+\\n  \\S`, 'm'));
    expect(stdout).toMatch(/^ {2}input +loadImages /m);
    expect(stdout).toMatch(/^total +[\d,]{2,} +[\d,]{4,}$/m);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('says where a skip connection reads, and that latents alone make no image', async () => {
    const { stdout } = await millrace(folder, 'doctor', '--architecture', 'unet');
    expect(stdout).toMatch(/^decoder\.1 +concatenate encoder\.2 +14×14×32 +0$/m);
    expect(stdout).toContain('decoder.1 reads encoder.2 past the latent: latents alone make no image.\n');
    const { architecture } = await findings('--architecture', 'unet');
    expect(architecture).toMatchObject({ latentSkip: 'decoder.1' });
    expect(architecture.layers[6]).toMatchObject({ name: 'decoder.1', from: 'encoder.2' });
  });

  test('has the kernels of the loss that is asked for', async () => {
    const { architecture } = await findings('--architecture', 'transpose', '--loss', 'bce');
    const kernels = (architecture.plan as { kernel: string }[]).map(({ kernel }) => kernel);
    expect(kernels).toContain('binaryCrossEntropyOfLogits');
    expect((await millrace(folder, 'doctor', '--loss', 'mae')).stderr).toContain(
      'loss: expected nothing without architecture',
    );
  });

  test("of a file is the user's own network", async () => {
    writeFileSync(join(folder, 'tiny.json'), JSON.stringify(TINY_NETWORK));
    const { architecture } = await findings('--architecture', 'tiny.json');
    expect(architecture).toMatchObject({ name: 'tiny', input: [4, 4, 1], latentShape: [2], parameters: 82 });
  });

  test.each([
    [2, 'transpos', /^millrace: --architecture: .*Did you mean transpose\?\n$/],
    [1, 'absent.json', /^millrace: absent\.json: .*no such file.*\n$/i],
    [1, 'broken.json', /^millrace: broken\.json: line 1, column 2: .*\n$/],
    [1, 'growing.json', /^millrace: growing\.json: .*\n$/],
  ])('exits with %i for %s, in the sentence of train', async (code, name, sentence) => {
    writeFileSync(join(folder, 'broken.json'), '{');
    const decoder = [{ type: 'dense', units: 25 }, ...TINY_NETWORK.decoder.slice(1)];
    writeFileSync(join(folder, 'growing.json'), JSON.stringify({ ...TINY_NETWORK, decoder }));
    const finished = await millrace(folder, 'doctor', '--architecture', name);
    expect(finished).toEqual({ code, stdout: '', stderr: expect.stringMatching(sentence) });
    const trained = await millrace(folder, 'train', '--ui', 'none', '--offline', '--architecture', name);
    expect(trained.stderr).toBe(finished.stderr);
  });
});

test.each([[['--jsn']], [['extra']], [['--architecture']]])('exits with 2 for the arguments %j', async (flags) => {
  expect(await millrace(folder, 'doctor', ...flags)).toMatchObject({ code: 2, stdout: '' });
});
