// What a page in a browser gets: one file that asks for nothing of Node's, and works where only the web's globals are.
import { runInNewContext } from 'node:vm';
import { decode } from 'fast-png';
import { build, type Rollup } from 'vite';
import { expect, test } from 'vitest';
import { encodeEvent } from '../../src/events/ndjson.js';
import { recordedRun } from '../fixtures/events.js';

/** Bundles a module for a browser, as a user's build would. */
async function bundled(entry: string): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry, formats: ['iife'], name: 'millrace', fileName: 'millrace' },
    },
  });
  const [{ output: chunks }] = [output].flat() as [Rollup.RollupOutput];
  expect(chunks).toHaveLength(1);
  return chunks[0].code;
}

test('millrace/events is bundled for a browser, and reads and draws events there', { timeout: 30_000 }, async () => {
  const code = await bundled('src/exports/events.ts');
  expect(code).not.toMatch(/__vite-browser-external|["']node:|\brequire\(/);
  const lines = [...recordedRun({ epochs: 1, stepsPerEpoch: 1 })].map(encodeEvent).join('');
  const reader = `
    const events = new millrace.EventReader().push(lines);
    const sample = events.find(({ type }) => type === 'sample');
    const { input } = millrace.samplePixels(sample.items[0], sample.shape);
    ({ types: events.map(({ type }) => type).join(), pixels: input.length, png: millrace.samplePng(sample) });`;
  const web = { atob, TextDecoder, TextEncoder, performance, lines };
  const { types, pixels, png } = runInNewContext(`${code};${reader}`, web);
  expect(types).toMatch(/^run,sample,weights,loss,.*end$/);
  expect(pixels).toBe(28 * 28);
  expect(decode(Uint8Array.from(png)).height).toBe(28 + 2 + 28);
});
