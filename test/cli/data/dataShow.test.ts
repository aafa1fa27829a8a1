import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Command, CommanderError } from 'commander';
import { decode } from 'fast-png';
import { afterAll, expect, test } from 'vitest';
import { registerDataShow } from '../../../src/cli/data/dataShow.js';
import { encodeIdx, encodeIdxHeader } from '../../../src/data/idx/encoder.js';
import { type FakeStreams, fakeStreams } from '../fakeStreams.js';

const root = mkdtempSync(join(tmpdir(), 'millrace-data-show-'));
afterAll(() => rmSync(root, { recursive: true }));

async function show(streams: FakeStreams, ...args: string[]): Promise<FakeStreams> {
  const data = new Command('data').exitOverride();
  registerDataShow(data, streams);
  for (const command of data.commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
  await data.parseAsync(['show', ...args], { from: 'user' });
  return streams;
}

function file(name: string, bytes: Uint8Array): string {
  const path = join(root, name);
  writeFileSync(path, bytes);
  return path;
}

// Two images of 4 × 4: black, and one that brightens from left to right.
const bright = [0, 90, 170, 255];
const grey = file(
  'grey',
  encodeIdx([2, 4, 4], Uint8Array.from([...Array(16).fill(0), ...Array(4).fill(bright).flat()])),
);
const colour = file('colour', gzipSync(encodeIdx([1, 1, 2, 3], Uint8Array.of(255, 0, 0, 0, 0, 255))));
const labels = file('labels', encodeIdx([3], new Uint8Array(3)));
const floats = file('floats', encodeIdx([1, 1, 1], Float32Array.of(1)));
const layers = file('layers', encodeIdx([1, 1, 1, 2], new Uint8Array(2)));

test('draws in characters where there is no terminal', async () => {
  const { stdout, stderr } = await show(fakeStreams({ TERM: 'xterm-256color', LANG: 'C.UTF-8' }), grey, '--index', '1');
  expect(stdout.lines).toEqual([' -*@', ' -*@']);
  expect(stderr.text).toBe(`${grey}: image 1 of 2, 4×4\n`);
});

test.each([
  [{ TERM: 'dumb' }, ' -*@'],
  [{ NO_COLOR: '1', TERM: 'xterm-256color' }, ' ▄██'],
])('draws without colours where %o', async (env, row) => {
  const { stdout } = await show(fakeStreams({ LANG: 'C.UTF-8', ...env }, { isTTY: true }), grey, '--index', '1');
  expect(stdout.lines).toEqual([row, row]);
});

test('draws half blocks in 24 greys on a terminal with colours', async () => {
  const env = { TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const { stdout } = await show(fakeStreams(env, { isTTY: true }), grey, '--index', '1');
  expect(stdout.lines).toHaveLength(2);
  expect(stdout.text).toContain('\u001b[38;5;255m█');
});

test('draws the first image unless told otherwise, and no wider than the terminal', async () => {
  const wide = file('wide', encodeIdx([1, 10, 200], new Uint8Array(2000).fill(255)));
  const { stdout } = await show(fakeStreams({ TERM: 'dumb' }, { isTTY: true, columns: 40 }), wide);
  expect(stdout.lines).toEqual(['@'.repeat(40)]);
});

test('draws as many images as fit beside and below each other', async () => {
  const { stdout, stderr } = await show(fakeStreams({ TERM: 'dumb' }, { isTTY: true, columns: 9 }), grey);
  expect(stdout.lines).toEqual(['      -*@', '      -*@']);
  expect(stderr.text).toBe(`${grey}: images 0 to 1 of 2, 4×4\n`);
  const narrow = await show(fakeStreams({ TERM: 'dumb' }, { isTTY: true, columns: 4 }), grey, '--count', '2');
  expect(narrow.stdout.lines).toEqual(['    ', '    ', '    ', ' -*@', ' -*@']);
  const second = await show(fakeStreams({ TERM: 'dumb' }), grey, '--index', '1', '--count', '5');
  expect(second.stderr.text).toContain('image 1 of 2');
});

test('writes a sheet of images, and turns them where it is told', async () => {
  const png = join(root, 'sheet.png');
  const { stderr } = await show(fakeStreams(), grey, '--png', png, '--transpose');
  const { width, height, data } = decode(readFileSync(png));
  expect([width, height]).toEqual([9, 4]);
  expect([...data.subarray(9, 18)]).toEqual([0, 0, 0, 0, 0, 90, 90, 90, 90]);
  expect(stderr.text).toContain(`images 0 to 1 of 2, 4×4, written to ${png}`);
});

test('writes a grey PNG, and nothing to stdout', async () => {
  const png = join(root, 'grey.png');
  const { stdout, stderr } = await show(fakeStreams(), grey, '--index', '1', '--png', png);
  expect(decode(readFileSync(png))).toMatchObject({ width: 4, height: 4, channels: 1, depth: 8 });
  expect([...decode(readFileSync(png)).data]).toEqual(Array(4).fill(bright).flat());
  expect(stdout.text).toBe('');
  expect(stderr.text).toContain(`written to ${png}`);
});

test('writes a colour PNG in the place of an older file', async () => {
  const png = file('colour.png', Uint8Array.of(1));
  await show(fakeStreams(), colour, '--png', png);
  expect(decode(readFileSync(png))).toMatchObject({ width: 2, height: 1, channels: 3 });
  expect([...decode(readFileSync(png)).data]).toEqual([255, 0, 0, 0, 0, 255]);
});

test('leaves nothing behind where a PNG cannot be written', async () => {
  const folder = join(root, 'folder');
  mkdirSync(folder);
  const before = readdirSync(root);
  for (const png of [folder, join(root, 'absent', 'x.png')])
    await expect(show(fakeStreams(), grey, '--png', png)).rejects.toMatchObject({
      name: 'FileError',
      code: 'FILE_UNWRITABLE',
      path: png,
    });
  expect(readdirSync(root)).toEqual(before);
});

test.each([
  {
    fault: 'an index beyond the last image',
    args: [grey, '--index', '2'],
    code: 'DATA_INDEX',
    expected: 'an image of index 2',
    actual: '2 images, 0 to 1',
  },
  {
    fault: 'labels',
    args: [labels],
    code: 'IDX_UNSUITABLE',
    expected: 'images: uint8 of rank 3 or 4',
    actual: 'uint8 of rank 1 (3)',
  },
  {
    fault: 'floats',
    args: [floats],
    code: 'IDX_UNSUITABLE',
    expected: 'images: uint8 of rank 3 or 4',
    actual: 'float32 of rank 3 (1×1×1)',
  },
  {
    fault: 'two channels',
    args: [layers],
    code: 'DATA_SHAPE',
    expected: 'images of 1 channel (grey) or 3 (red, green, blue)',
    actual: '2 channels',
  },
])('refuses $fault with one sentence', async ({ args, code, expected, actual }) => {
  const png = join(root, 'refused.png');
  await expect(show(fakeStreams(), ...args, '--png', png)).rejects.toMatchObject({
    code,
    path: args[0],
    expected,
    actual,
  });
  expect(readdirSync(root)).not.toContain('refused.png');
});

test.each(['-1', '1.5', 'abc', '', '1e3', '99999999999999999999'])(
  'refuses %j as an index before any file is opened',
  async (index) => {
    const refused = show(fakeStreams(), join(root, 'absent'), `--index=${index}`);
    await expect(refused).rejects.toBeInstanceOf(CommanderError);
    await expect(refused).rejects.toThrow(/whole number, 0 or more/);
  },
);

test('draws no picture that would take gigabytes', async () => {
  const path = join(root, 'huge');
  writeFileSync(path, encodeIdxHeader('uint8', [1, 4097, 4096]));
  truncateSync(path, 16 + 4097 * 4096);
  await expect(show(fakeStreams(), path)).rejects.toMatchObject({ code: 'DATA_TOO_LARGE', actual: '4097×4096' });
});
