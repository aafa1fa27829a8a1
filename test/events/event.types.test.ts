import { readFileSync } from 'node:fs';
import { expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { MillraceEvent } from '../../src/events/event.js';
import type { eventSchema } from '../../src/events/schema.js';

test('the documented events are what the schema gives', () => {
  expectTypeOf<z.output<typeof eventSchema>>().toExtend<MillraceEvent>();
  expectTypeOf<MillraceEvent>().toExtend<z.output<typeof eventSchema>>();
  type Fields<E> = E extends { readonly type: infer T } ? [T, keyof E] : never;
  expectTypeOf<Fields<MillraceEvent>>().toEqualTypeOf<Fields<z.output<typeof eventSchema>>>();
});

test('every field of every event has a docstring', () => {
  const lines = readFileSync('src/events/event.ts', 'utf8').split('\n');
  const bare = lines.filter((line, at) => /^ +\w+\??: /.test(line) && !lines[at - 1]!.endsWith('*/'));
  expect(bare).toEqual([]);
});
