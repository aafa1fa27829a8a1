import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkArchitecture } from '../src/model/checkArchitecture.js';
import { eventSchema } from '../src/streams/events.js';

test('the network in docs/NETWORKS.md can be built', () => {
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/NETWORKS.md', 'utf8')) ?? [];
  expect(checkArchitecture(JSON.parse(json)).latentShape).toEqual([16]);
});

test('docs/EVENTS.md names every event and every field of its own', () => {
  const text = readFileSync('docs/EVENTS.md', 'utf8');
  for (const option of eventSchema.def.options) {
    for (const field of Object.keys(option.shape)) if (field !== 'resumedFrom') expect(text).toContain(`\`${field}\``);
    for (const type of option.shape.type.values) expect(text).toContain(`| \`${type}\` |`);
  }
});
