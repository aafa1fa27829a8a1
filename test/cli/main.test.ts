import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeIdx } from '../../src/data/idx/encoder.js';
import { firstCases } from '../fixtures/laws.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { TINY_NETWORK } from '../fixtures/tinyNetwork.js';
import { millrace, millraceInto, millraceProcess } from './millrace.js';

const folder = temporaryFolder();
writeFileSync(join(folder, 'images'), encodeIdx([1, 4, 4], new Uint8Array(16)));
writeFileSync(join(folder, 'tiny.json'), JSON.stringify(TINY_NETWORK));
mkdirSync(join(folder, 'runs', 'kept'), { recursive: true });
writeFileSync(join(folder, 'runs', 'kept', 'events.ndjson'), '');

const FULL = '/dev/full';
const withFullDevice = test.skipIf(!existsSync(FULL));

const writing = ['watch --list', 'data show images', 'doctor --json', '--help', '--version', 'data verify images'];

withFullDevice.each(firstCases(writing, 2))('says in one sentence that the disk is full: %s', async (args) => {
  const { code, stderr } = await millraceInto(FULL, folder, ...args.split(' '));
  expect(code).toBe(1);
  expect(stderr.trimEnd().split('\n').at(-1)).toBe(
    'millrace: stdout: expected a place that takes the output, found a full disk. Make room or choose another place.',
  );
  expect(stderr.match(/millrace: /g)).toHaveLength(1);
  expect(stderr).not.toContain('    at ');
});

test('repeats no escape of a file name, in whatever it complains about', async () => {
  const name = '\u001b]0;owned\u0007\u202e';
  const complaints = [
    ['watch', name],
    ['data', 'verify', name],
    ['data', 'show', name],
    ['doctor', '--architecture', `./${name}.json`],
    ['train', '--offline', '--no-output', '--data', name],
    ['data', 'show', 'images', `--${name}`],
    [name],
  ].map(async (args) => {
    const { code, stdout, stderr } = await millrace(folder, ...args);
    expect({ args, code }).not.toMatchObject({ code: 0 });
    expect(stdout + stderr).toContain('\\x1b]0;owned\\x07\\u202e');
    expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  });
  await Promise.all(complaints);
}, 60_000);

describe('a process of its own', () => {
  test.each([
    [
      'train --data images --batch-size 1 --epochs 1 --architecture tiny.json --output trained --ui plain',
      /^completed/m,
    ],
    ['watch trained', /^completed/m],
    ['watch --list', /^kept .*unreadable/m],
    ['runs show trained', /^model\.safetensors +1 /m],
    ['data verify images', /^images +ok +uint8/],
    ['data show images', /^images: image 0 of 1, 4×4$/m],
    ['doctor', /train takes +simd/],
    ['--version', /^\d+\.\d+\.\d+\n$/],
    ['train --help', /--epochs <count>/],
  ])('does its work and exits with 0: millrace %s', async (args, output) => {
    const { code, stdout, stderr } = await millraceProcess(folder, ...args.split(' '));
    expect({ code, output: stdout + stderr }).toEqual({ code: 0, output: expect.stringMatching(output) });
  });

  test('exits with the code of its command', async () => {
    expect(await millraceProcess(folder, 'data', 'verify', 'absent')).toMatchObject({ code: 1 });
    expect(await millraceProcess(folder, 'watch', '--speeed')).toMatchObject({ code: 2 });
  });
});
