// What subscriptions, however many, leave behind: nothing.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { encodeIdx, encodeIdxHeader } from '../../src/data/idx/encoder.js';
import { isWhole } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';

const SCRIPT = fileURLToPath(new URL('fixtures/leaks.mjs', import.meta.url));
const folder = temporaryFolder();
const pixels = Uint8Array.from({ length: 12 * 16 }, (_, at) => (at * 37) % 256);
writeFileSync(join(folder, 'images-idx3-ubyte'), encodeIdx([12, 4, 4], pixels));
// Large enough to be read in place, so that each subscription opens it; it takes no room on the disk.
const inPlace = join(folder, 'in-place-idx3-ubyte');
writeFileSync(inPlace, encodeIdxHeader('uint8', [2 ** 25, 4, 4]));
truncateSync(inPlace, 16 + 2 ** 29);
writeFileSync(join(folder, 'network.json'), JSON.stringify(TINY_NETWORK));

const leaving = [
  ['pipelines over files, asynchronous stages, a training and a sink', 'pipelines', 1000, 0],
  // Each starts a thread and compiles a network: a thousand would take a minute.
  ['whole runs with a thread each', 'runs', 60, 60],
] as const;

test.runIf(isWhole).each(leaving)(
  '%s leave no file, thread, listener, memory or timer behind',
  { timeout: 60_000 },
  async (_, what, cycles, memories) => {
    const child = spawn(process.execPath, ['--expose-gc', SCRIPT, what, String(cycles), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
    const { before, after, memoriesMade } = JSON.parse(output);
    const { heapMegabytes, buffersMegabytes, ...counts } = after;
    expect(before).toMatchObject(counts);
    expect(counts.abortListeners).toBe(0);
    expect(memoriesMade).toBeGreaterThanOrEqual(memories);
    expect(counts.memories).toBe(0);
    expect(heapMegabytes - before.heapMegabytes).toBeLessThan(4);
    expect(buffersMegabytes - before.buffersMegabytes).toBeLessThan(1);
  },
);
