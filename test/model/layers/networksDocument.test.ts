// docs/NETWORKS.md, by the tables that it is about.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ACTIVATIONS } from '../../../src/model/activations.js';
import { layers } from '../../../src/model/layers/layers.js';

const document = readFileSync(new URL('../../../docs/NETWORKS.md', import.meta.url), 'utf8');

test.each(Object.entries(layers))('has a line on %s with each of its keys', (type, { schema }) => {
  const line = document.split('\n').find((each) => each.startsWith('| `') && each.includes(`\`${type}\``)) ?? '';
  const { type: _, ...keys } = schema.shape;
  expect(Object.keys(keys).filter((key) => !line.includes(`\`${key}\``))).toEqual([]);
  expect(line).not.toBe('');
});

test('names every activation', () => {
  expect(ACTIVATIONS.filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
});
