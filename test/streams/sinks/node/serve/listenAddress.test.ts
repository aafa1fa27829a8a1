import { expect, test } from 'vitest';
import { OptionError } from '../../../../../src/errors.js';
import { isLoopback, listenAddress } from '../../../../../src/streams/sinks/node/serve/listenAddress.js';

test.each([
  ['8080', '127.0.0.1', 8080, true],
  ['0', '127.0.0.1', 0, true],
  ['0.0.0.0:80', '0.0.0.0', 80, false],
  ['[::1]:65535', '::1', 65_535, true],
  ['my-box.local:1', 'my-box.local', 1, false],
])('%s is %s, port %i', (text, host, port, loopback) => {
  expect(listenAddress(text)).toEqual({ host, port });
  expect(isLoopback(host)).toBe(loopback);
});

test.each(['', 'localhost', '65536', '-1', '1.5', ':8080', 'http://localhost:80', 'a b:1', '::1:80'])(
  '%j is refused',
  (text) => {
    expect(() => listenAddress(text)).toThrow(OptionError);
  },
);
