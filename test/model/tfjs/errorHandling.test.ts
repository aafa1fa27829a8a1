import { expect, test } from 'vitest';
import { createEngine } from '../../../src/model/node/createEngine.js';
import { small } from './tensorTests.js';

test('loading the wasm backend leaves the process its own handling of errors', async () => {
  const listeners = () => [process.listenerCount('uncaughtException'), process.listenerCount('unhandledRejection')];
  const before = listeners();
  await createEngine({ network: small, backend: 'wasm' });
  expect(listeners()).toEqual(before);
});
