// What the README shows is run: its commands in a shell, its code as it stands.
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { encodeIdx } from '../src/data/idx/encoder.js';
import { mnist } from '../src/data/node/mnist/mnist.js';
import { millrace } from './cli/millrace.js';
import { colourPng } from './fixtures/imageFiles.js';
import { isWhole, wholeTest } from './fixtures/laws.js';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({
  language,
  text: text ?? '',
}));
const commands = blocks
  .filter(({ language, text }) => language === 'sh' && text.startsWith('millrace'))
  .flatMap(({ text }) =>
    text
      .trim()
      .replaceAll(/\\\n\s*/g, '')
      .split('\n'),
  )
  .map((line) => line.replace(/ +#.*/, ''));

const folder = mkdtempSync(join(tmpdir(), 'millrace-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());
afterEach(() => vi.unstubAllEnvs());

/** The first images of the embedded sample under MNIST's names: what a data folder of a user's may hold. */
const data = join(folder, 'data');
mkdirSync(data);
const sample = await mnist({ offline: true, cacheFolder: folder });
for (const [set, name, items] of [
  [sample.train, 'train', 40],
  [sample.test, 't10k', 20],
] as const) {
  writeFileSync(join(data, `${name}-images-idx3-ubyte`), encodeIdx([items, 28, 28], await set.read(0, items)));
  writeFileSync(
    join(data, `${name}-labels-idx1-ubyte`),
    encodeIdx([items], set.labels?.slice(0, items) ?? new Uint8Array(items)),
  );
}
// Of a run that is over: the command follows others.
cpSync('test/fixtures/tracking/wandb/completed', join(folder, 'lightning_logs'), { recursive: true });
mkdirSync(join(folder, 'photos'));
writeFileSync(join(folder, 'photos', '1.png'), colourPng(50, 70, [200, 100, 0]));
symlinkSync(resolve('bin/millrace.js'), join(folder, 'millrace'));
const env = {
  ...process.env,
  PATH: `${folder}:${process.env.PATH}`,
  MILLRACE_DATA: data,
  XDG_CACHE_HOME: join(folder, 'cache'),
  CI: 'true',
};
const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

test('the README shows the two commands that do all the set-up', () => {
  expect(readme).toContain('npm ci && npm start');
  expect(readme).toContain('npm ci && npm test');
});

/** Where laws are not tried whole, the first of each of the program's commands, and the first that goes through a pipe. */
const tried = isWhole
  ? commands
  : commands.filter((command, at) => at === commands.findIndex((other) => subject(other) === subject(command)));

function subject(command: string): string | undefined {
  return command.includes('|') ? '|' : command.split(' ')[1];
}

for (const command of tried)
  test.skipIf(command.includes('jq') && !has('jq'))(
    command.includes('jq') ? `${command} (needs jq)` : command,
    async () => {
      if (/^[\w ./-]*$/.test(command) && !isWhole) return runInside(command);
      const options = { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' } as const;
      const output = execFileSync('bash', ['-o', 'pipefail', '-c', command], options);
      if (command.includes('--events -')) expect(output).not.toBe('');
    },
  );

/** A shell adds nothing where there is only the program. */
async function runInside(command: string): Promise<void> {
  vi.stubEnv('MILLRACE_DATA', data);
  const { code, stderr } = await millrace(folder, ...command.split(/ +/).slice(1));
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
}

test('the code in the README is the example, and runs', async () => {
  const example = readFileSync('examples/denoise.ts', 'utf8').replace(/^\/\/.*\n/, '');
  expect(blocks.filter(({ language }) => language === 'ts').map(({ text }) => text)).toEqual([example]);
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  vi.stubEnv('MILLRACE_DATA', data);
  await import('../examples/denoise.js');
  expect(lines).toContainEqual(expect.stringMatching(/^epoch 1: test loss 0\.\d+$/));
});

test.each([
  ['boundedWork', /^written .*\.ndjson$/],
  ['ownOperator', /^20 out, bound held: true, closed: true$/],
  ['pushSource', /^of 50 readings stored and dropped 50, the last was 49$/],
  ['nearestNeighbours', /^\d+ of \d+ have the label of their nearest neighbour$/],
  ['ownRun', /^stopped after 3 steps, \d+ lines$/],
  ['ownAugmentation', /^epoch 2: test loss 0\.\d+$/],
  ['ownEngine', /^epoch 2: test loss 0\.\d+$/],
  ['ownMetric', /^completed after 4 steps, in the file \d+ events$/],
  ['ownStage', /^1 2 3 4 5$/],
  ['steer', /^stopped after 4 steps$/],
  ['digitClassifier', /^epoch 3: accuracy 0\.\d+$/],
  ['ownModel', /^completed after \d+ steps$/],
])('the example %s runs', async (name, last) => {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  vi.stubEnv('MILLRACE_DATA', data);
  vi.stubEnv('EVENTS', join(folder, `${name}.ndjson`));
  vi.stubEnv('RESULTS', join(folder, `${name}.ndjson`));
  await import(`../examples/${name}.ts`);
  expect(lines.at(-1)).toMatch(last);
});

test('the example eventsElsewhere writes pictures, a table and server-sent events', async () => {
  const lines: string[] = [];
  let stream: Promise<Response> | undefined;
  vi.spyOn(console, 'log').mockImplementation((line: string) => {
    if (lines.push(line) === 1) stream = fetch(line);
  });
  vi.stubEnv('MILLRACE_DATA', data);
  vi.stubEnv('FOLDER', join(folder, 'elsewhere'));
  await import('../examples/eventsElsewhere.js');
  expect(lines.at(-1)).toBe('completed after 4 steps');
  expect(readFileSync(join(folder, 'elsewhere', 'losses.csv'), 'utf8')).toMatch(
    /^epoch,step,loss\n(?:[12],\d+,0\.\d+\n){4}$/,
  );
  expect([...readFileSync(join(folder, 'elsewhere', 'step-4.png')).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  const events = (await (await stream!).text()).trimEnd().split('\n\n');
  expect(events.every((text) => text.startsWith('data: {'))).toBe(true);
  expect(events.at(-1)).toContain('"type":"end"');
});

test('the example openTelemetry tells a collector of every epoch', async () => {
  const bodies: string[] = [];
  const collector = createServer(async (request, response) => {
    bodies.push(await textOf(request));
    response.end('{}');
  });
  await once(collector.listen(0, '127.0.0.1'), 'listening');
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.stubEnv('MILLRACE_DATA', data);
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${(collector.address() as AddressInfo).port}`);
  await import('../examples/openTelemetry.js');
  collector.close();
  const told = bodies.flatMap((body) => JSON.parse(body).resourceMetrics[0].scopeMetrics[0].metrics);
  expect(told.filter(({ name }) => name === 'millrace.loss.test')).toHaveLength(2);
});

wholeTest('the example ownScreen draws panels in an Ink app', async () => {
  const written: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  vi.stubEnv('MILLRACE_DATA', data);
  await import('../examples/ownScreen.js');
  const last = stripVTControlCharacters(written.join(''));
  expect(last).toContain('My training: epoch 2, step 4');
  expect(last).toMatch(/─ loss ─+ .*\n[\s\S]*─ test digits ─+ sample 5 of 5 · after step 4 ─/);
});
