import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync('docs/RELIABILITY.md', 'utf8');

/** Every file with the names of the tests in it, as the page has them: `file`: “name”, “name”. */
const named = [...page.matchAll(/`(test\/[^`]+)`: ((?:“[^”]+”(?:, )?)+)/g)].map(([, file = '', names = '']) => ({
  file,
  names: [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name),
}));

test.each(named)('docs/RELIABILITY.md names tests that are in $file: $names', ({ file, names }) => {
  expect(existsSync(file)).toBe(true);
  const text = readFileSync(file, 'utf8');
  for (const name of names) expect(text).toContain(`'${name}'`);
});

test('docs/RELIABILITY.md names a test for every fault', () => {
  const tables = page.split('\n\n').filter((block) => /^\| .*\| test \|\n/.test(block));
  const rows = tables.flatMap((table) => table.trimEnd().split('\n').slice(2));
  expect(rows.length).toBeGreaterThan(30);
  for (const row of rows) expect(row).toMatch(/`test\/[^`]+\.test\.ts`: “[^”]+”[^|]* \|$/);
});
