import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const { nodeProblem } = (await import(new URL('../../bin/nodeProblem.js', import.meta.url).href)) as {
  nodeProblem(version: string): string | undefined;
};
const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as { engines: { node: string } };

test.each(['18.20.4', '12.22.0', '20.8.1', '8.0.0'])('Node %s is told in a sentence that it is too old', (version) => {
  expect(nodeProblem(version)).toBe(
    `it needs Node 20.9 or newer, and this is ${version}. Install a newer one from https://nodejs.org.`,
  );
});

test.each(['20.9.0', '20.20.0', '22.1.0', '100.0.0', process.versions.node])('Node %s is not', (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

test('it asks for what the package asks for', () => {
  expect(nodeProblem('0.0.0')).toContain(`Node ${engines.node.replace('>=', '')} or newer`);
});

test.each(['millrace.js', 'nodeProblem.js'])(
  'an old Node understands bin/%s, and imports nothing of ours before',
  (name) => {
    const text = readFileSync(`bin/${name}`, 'utf8').replaceAll(/^\s*\/\/.*$/gm, '');
    expect(text).not.toMatch(/\bawait\b|\?\?|\?\.|\|\|=|&&=|#\w+\b(?=\s*[(=;])/);
    expect([...text.matchAll(/^import .* from '(.*)'/gm)].map(([, from]) => from)).toEqual(
      name === 'millrace.js' ? ['./nodeProblem.js'] : [],
    );
  },
);
