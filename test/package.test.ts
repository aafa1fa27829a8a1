// What is published: the README of the package leads to nothing that the package does not carry.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const { files, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly files: readonly string[];
  readonly peerDependencies: Readonly<Record<string, string>>;
};
const readme = readFileSync('README.md', 'utf8');
const links = [...readme.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, path]) => path!);

test('has links to follow', () => expect(links.length).toBeGreaterThan(5));

test.each([...new Set(links)])('carries %s', (path) => {
  expect(existsSync(path)).toBe(true);
  expect(files.some((entry) => path === entry || path.startsWith(`${entry}/`))).toBe(true);
});

test('is installed with its peers', () => {
  const line = readme.match(/^npm install millrace.*$/m)?.[0];
  for (const peer of Object.keys(peerDependencies)) expect(line?.split(' ')).toContain(peer);
});
