import { expect, test } from 'vitest';
import { type EventChunk, messagePortSink } from '../../../src/streams/sinks/messagePort.js';

function fakePort() {
  const chunks: EventChunk[] = [];
  return { chunks, postMessage: (chunk: EventChunk) => void chunks.push(chunk) };
}

test('sends lines in chunks, all of them and in order', async () => {
  const port = fakePort();
  const sink = messagePortSink(port);
  for (let line = 0; line < 200; line++) sink.write(`${line}\n`, 1);
  await sink.close();
  expect(port.chunks.map(({ lines }) => lines).join('')).toBe(
    Array.from({ length: 200 }, (_, line) => `${line}\n`).join(''),
  );
  expect(port.chunks.length).toBeLessThan(20);
});

test('makes its writer wait when too much is unacknowledged, until the reader catches up', async () => {
  const port = fakePort();
  const sink = messagePortSink(port);
  let written = 0;
  const writeOne = (): void | Promise<void> => {
    written += 1;
    return sink.write('x\n', 1);
  };
  let waiting = writeOne();
  while (waiting === undefined && written < 100_000) waiting = writeOne();
  expect(written).toBeLessThan(5000);
  expect(port.chunks.reduce((total, { count }) => total + count, 0)).toBe(written);
  sink.acknowledge(written);
  await waiting;
  expect(sink.write('x\n', 1)).toBeUndefined();
  await sink.close();
});

test('does not keep a lone line back', async () => {
  const port = fakePort();
  const sink = messagePortSink(port);
  sink.write('x\n', 1);
  await expect.poll(() => port.chunks.length).toBe(1);
});
