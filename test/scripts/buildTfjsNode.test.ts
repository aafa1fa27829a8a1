import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/buildTfjsNode.js', import.meta.url));

/** In an environment without any program. */
const { status, stdout, stderr } = spawnSync(process.execPath, [script], { env: { PATH: '' }, encoding: 'utf8' });

test.skipIf(status === 0)('the build of tfjs-node says in one line what it misses', () => {
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^(python3 with pip is missing: .*|This builds on Linux x64 with glibc, and here is .*)\n$/);
});

test.skipIf(status !== 0)('the build of tfjs-node does nothing where tfjs-node loads', () => {
  expect(stdout).toBe('tfjs-node loads already, nothing to do.\n');
});
