// Events of a run in three other forms: samples as PNG files, losses as CSV, and all events as server-sent events
// (`curl -N` the address that is printed, or `new EventSource(address)` in a page).
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { isEvent, parseEvent, run, type Sink, samplePng } from 'millrace';

const folder = process.env.FOLDER ?? 'events';
await mkdir(folder, { recursive: true });
const csv = createWriteStream(join(folder, 'losses.csv'));
csv.write('epoch,step,loss\n');

/** A sink's promise makes the training wait: whatever is slow, nothing piles up. */
const write = async (stream: Writable, text: string) => {
  if (!stream.write(text)) await once(stream, 'drain');
};

const files: Sink = {
  async write(lines) {
    for (const line of lines.trimEnd().split('\n')) {
      const event = parseEvent(line);
      if (event === undefined || !isEvent(event)) continue;
      if (event.type === 'loss') await write(csv, `${event.epoch},${event.step},${event.loss}\n`);
      if (event.type === 'sample') await writeFile(join(folder, `step-${event.step}.png`), samplePng(event));
    }
  },
  close: async () => undefined,
};

const readers = new Set<ServerResponse>();
const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
  readers.add(response.once('close', () => readers.delete(response)));
});
await once(server.listen(Number(process.env.PORT ?? 0), '127.0.0.1'), 'listening');
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

const browsers: Sink = {
  // A page that does not keep up is let go, and comes back by itself: the training does not wait for a page.
  write(lines) {
    for (const reader of readers)
      if (reader.writableLength > 1e6) reader.destroy();
      else reader.write(lines.replaceAll(/^(.+)$/gm, 'data: $1\n'));
  },
  close: async () => undefined,
};

await run({ limit: 200, epochs: 2, output: false }, { sinks: [files, browsers] }).forEach((event) => {
  if (event.type === 'end') console.log(`${event.status} after ${event.steps} steps`);
});
csv.end();
for (const reader of readers) reader.end();
server.close();
await once(csv, 'finish');
