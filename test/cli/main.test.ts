import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeIdx } from '../../src/data/idx/encoder.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { millrace, millraceInto } from './millrace.js';

const folder = temporaryFolder();
writeFileSync(join(folder, 'images'), encodeIdx([1, 4, 4], new Uint8Array(16)));
mkdirSync(join(folder, 'runs', 'kept'), { recursive: true });
writeFileSync(join(folder, 'runs', 'kept', 'events.ndjson'), '');

const FULL = '/dev/full';
const withFullDevice = test.skipIf(!existsSync(FULL));

withFullDevice.each(['--help', '--version', 'watch --list', 'data show images', 'data verify images', 'doctor --json'])(
  'says in one sentence that the disk is full: %s',
  async (args) => {
    const { code, stderr } = await millraceInto(FULL, folder, ...args.split(' '));
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(
      'millrace: stdout: expected a place that takes the output, found a full disk. Make room or choose another place.',
    );
    expect(stderr.match(/millrace: /g)).toHaveLength(1);
    expect(stderr).not.toContain('    at ');
  },
);

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
