import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Connections } from '../../../../../src/streams/sinks/node/serve/connections.js';

class FakeSocket extends EventEmitter {
  bytesWritten = 0;
  writableLength = 0;
  destroyed = false;

  setKeepAlive(): void {}

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

let time = 0;
let connections: Connections | undefined;
afterEach(() => connections?.close());
function connect(): FakeSocket {
  const socket = new FakeSocket();
  connections!.add(socket as unknown as Socket);
  return socket;
}

test('one that has taken nothing for a minute gives its place, the longest first; one that is slow or idle does not', () => {
  connections = new Connections(3, () => time);
  const [slow, idle, stalled] = [connect(), connect(), connect()];
  Object.assign(slow, { bytesWritten: 1000, writableLength: 500 });
  Object.assign(stalled, { bytesWritten: 1000, writableLength: 1000 });
  const late = connect();
  expect(connections.hasRoom()).toBe(false);
  time += 59_000;
  slow.writableLength = 400;
  expect(connections.hasRoom()).toBe(false);
  time += 1000;
  expect(connections.hasRoom()).toBe(true);
  expect([slow, idle, stalled, late].map(({ destroyed }) => destroyed)).toEqual([false, false, true, false]);
  connect();
  expect(connections.hasRoom()).toBe(false);
});
