import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutBack, findCut } from '../../../src/run/folder/truncateEvents.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const path = join(temporaryFolder(), 'events.ndjson');

function line(seq: number, type = 'loss', elapsedMs = seq): string {
  return `${JSON.stringify({ type, run: 'a', seq, time: 't', elapsedMs, note: 'é'.repeat(seq % 5) })}\n`;
}

test('finds the place after any event and cuts there, whatever is torn at the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(30), fc.nat(30), fc.nat(40), async (first, second, torn) => {
      const [seq, count] = [Math.min(first, second), Math.max(first, second)];
      const lines = Array.from({ length: count }, (_, at) => line(at));
      writeFileSync(path, lines.join('') + line(count).slice(0, torn));
      const last = seq === 0 ? undefined : { time: 't', elapsedMs: seq - 1 };
      const cut = await findCut(path, { seq, ...(last && { last }) });
      await cutBack(path, cut!.bytes);
      expect(readFileSync(path, 'utf8')).toBe(lines.slice(0, seq).join(''));
    }),
    { numRuns: 50 },
  );
});

test('finds nothing where the event is missing, torn, or another one', async () => {
  writeFileSync(path, line(0) + line(1) + line(2).trimEnd());
  expect(await findCut(path, { seq: 4, last: { time: 't', elapsedMs: 3 } })).toBeUndefined();
  expect(await findCut(path, { seq: 3, last: { time: 't', elapsedMs: 2 } })).toBeUndefined();
  expect(await findCut(path, { seq: 2, last: { time: 't', elapsedMs: 9 } })).toBeUndefined();
});

test('passes damaged and endless lines over', async () => {
  const endless = `${'x'.repeat(20_000_000)}\n`;
  writeFileSync(path, `${line(0)}{"seq":1,\n${endless}${line(1)}`);
  const cut = await findCut(path, { seq: 2, last: { time: 't', elapsedMs: 1 } });
  expect(cut?.bytes).toBe(readFileSync(path).length);
});

test('tells whether the run has ended', async () => {
  writeFileSync(path, line(0) + line(1, 'end'));
  expect(await findCut(path, { seq: 1 })).toMatchObject({ ended: true });
  writeFileSync(path, line(0) + line(1, 'end') + line(2, 'run'));
  expect(await findCut(path, { seq: 1 })).toMatchObject({ ended: false });
});
