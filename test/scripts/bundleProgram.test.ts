import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { expect, test } from 'vitest';

const chunks = readdirSync('dist/program').filter((name) => name.endsWith('.js'));
const imported = (chunk: string): string[] =>
  [...readFileSync(`dist/program/${chunk}`, 'utf8').matchAll(/\b(?:from |import\(?)"([^"\n]+)"/g)].map(
    ([, name]) => name!,
  );

test('the program carries all that it needs but TensorFlow and the client of a broker', () => {
  const others = chunks.flatMap(imported).filter((name) => !name.startsWith('./') && !isBuiltin(name));
  expect([...new Set(others)].toSorted()).toEqual(expect.arrayContaining(['@tensorflow/tfjs-core']));
  expect(
    others.filter((name) => !/^@(?:tensorflow|nats-io)\//.test(name) && !['react-devtools-core', 'ws'].includes(name)),
  ).toEqual([]);
});

test('its parts begin with each other, not with files that are loaded one by one', () => {
  const begun = chunks.flatMap((chunk) =>
    [...readFileSync(`dist/program/${chunk}`, 'utf8').matchAll(/new URL\("(\.\/[^"]+\.js)", import\.meta\.url\)/g)].map(
      ([, name]) => name!,
    ),
  );
  expect(begun).toEqual(['./runThread.js']);
  for (const name of begun) expect(existsSync(`dist/program/${name}`)).toBe(true);
});

test('it carries the licences of what is in it', () => {
  const licences = readFileSync('dist/program/LICENSES.txt', 'utf8');
  for (const name of ['rxjs', 'zod', 'commander', 'ink', 'react'])
    expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+, `, 'm'));
});
