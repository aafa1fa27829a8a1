// What a file names is a text to show, and nothing else: no file is opened, no address asked, no program started for it.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeEvent } from '../../src/events/ndjson.js';
import type { EventBody } from '../../src/events/schema.js';
import { createStamp } from '../../src/events/stamp.js';
import { checkArchitecture } from '../../src/model/checkArchitecture.js';
import { initialWeights } from '../../src/model/initialWeights.js';
import { encodeSafetensors } from '../../src/model/safetensors/encoding.js';
import { millrace, tinyJob } from '../cli/millrace.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';

const folder = temporaryFolder();
const server = createServer((_, response) => response.end());
let requests = 0;
server.on('request', () => {
  requests += 1;
});
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => server.close());

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

/** A program that opens it waits forever, and the test with it. */
function trap(): string {
  const path = join(folder, `trap-${Math.random().toString(36).slice(2)}`);
  execFileSync('mkfifo', [path]);
  return path;
}

/** A text that would leave a file behind if a shell saw it. */
const COMMAND = '$(touch owned)`touch owned`;touch owned';

const onUnix = test.skipIf(process.platform === 'win32');

onUnix('a run that is watched names files, addresses and commands in vain', async () => {
  const stamp = createStamp();
  const position = { epoch: 1, step: 0 };
  const run: EventBody = {
    type: 'run',
    schema: 1,
    version: COMMAND,
    config: { output: trap(), data: trap(), weights: trap(), events: address(), architecture: trap() },
    dataset: { name: COMMAND, source: address(), shape: [4, 4, 1], sample: false },
    architecture: { name: COMMAND, input: [4, 4, 1], encoder: [], decoder: [] },
    parameters: 1,
    engine: { name: trap(), backend: COMMAND, threads: 1, reason: address() },
    seed: 1,
    epochs: 1,
    resumedFrom: { step: 0, checkpoint: trap() },
  };
  const bodies: EventBody[] = [
    run,
    { type: 'checkpoint', path: trap(), bytes: 1, durationMs: 1, best: true },
    { type: 'checkpoint', path: '../../../../etc/passwd', bytes: 1, durationMs: 1, best: true },
    { type: 'warning', code: COMMAND, message: `${address()} ${COMMAND}`, path: trap() },
    { type: 'end', status: 'failed', error: { code: COMMAND, message: COMMAND }, steps: 0, durationMs: 1 },
  ];
  writeFileSync(join(folder, 'events.ndjson'), bodies.map((body) => encodeEvent(stamp(body, position))).join(''));
  const { code, stderr } = await millrace(folder, 'watch', 'events.ndjson');
  expect({ code, requests, owned: existsSync(join(folder, 'owned')) }).toEqual({ code: 0, requests: 0, owned: false });
  expect(stderr).toContain(COMMAND);
});

onUnix('weights that a run begins with name files, addresses and commands in vain', async () => {
  const job = tinyJob(folder);
  const state = { version: 1, step: 1, epoch: 1, learningRate: 1, seed: 1 };
  const metadata = new Map([
    ['checkpoint', JSON.stringify({ ...state, config: { data: trap(), output: trap(), testData: address() } })],
    ['architecture', JSON.stringify({ ...TINY_NETWORK, name: COMMAND })],
    ['format', trap()],
    [trap(), address()],
  ]);
  const tensors = initialWeights(checkArchitecture(TINY_NETWORK), 1);
  writeFileSync(join(folder, 'weights.safetensors'), encodeSafetensors({ tensors, metadata }));
  const { code } = await millrace(
    folder,
    'train',
    ...job,
    '--weights',
    'weights.safetensors',
    '--epochs',
    '1',
    '--no-output',
  );
  expect({ code, requests, owned: existsSync(join(folder, 'owned')) }).toEqual({ code: 0, requests: 0, owned: false });
});

onUnix('an architecture names commands in vain', async () => {
  writeFileSync(join(folder, 'named.json'), JSON.stringify({ ...TINY_NETWORK, name: COMMAND }));
  const { code, stdout } = await millrace(folder, 'doctor', '--architecture', 'named.json');
  expect({ code, owned: existsSync(join(folder, 'owned')) }).toEqual({ code: 0, owned: false });
  expect(stdout).toContain(`network ${COMMAND}`);
});
