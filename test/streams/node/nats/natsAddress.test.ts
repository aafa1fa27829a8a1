import { expect, test } from 'vitest';
import { OptionError } from '../../../../src/errors.js';
import { natsAddress } from '../../../../src/streams/node/nats/natsAddress.js';

test.each([
  [
    'nats://broker',
    { host: 'broker', port: 4222, tls: false, subject: 'millrace', shown: 'nats://broker:4222/millrace' },
  ],
  [
    'tls://me:p%40ss@10.0.0.1:1/lab.two',
    { user: 'me', password: 'p@ss', tls: true, subject: 'lab.two', shown: 'tls://10.0.0.1:1/lab.two' },
  ],
  ['nats://t0ken@[::1]/', { token: 't0ken', host: '::1', shown: 'nats://[::1]:4222/millrace' }],
])('%s is read, and shown without what is secret', (text, address) => {
  expect(natsAddress(text)).toMatchObject(address);
});

test('a run may stand behind the subject where one is to be watched', () => {
  expect(natsAddress('nats://broker/lab/20261130-031941-e031', true)).toMatchObject({
    subject: 'lab',
    run: '20261130-031941-e031',
  });
});

test.each([
  'nats://',
  'http://x',
  'broker',
  'nats://x/a/b',
  'nats://x/a b',
  'nats://x/>',
  'nats://x/a..b',
  'nats://me:secret@x/?y',
  'nats://x#y',
])('%s is refused', (text) => {
  expect(() => natsAddress(text)).toThrow(OptionError);
  expect(() => natsAddress(text)).toThrow(/^(?!.*secret)/);
});
