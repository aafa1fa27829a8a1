import { expect, test } from 'vitest';
import { COMMON_FIELDS, EVENT_TYPES } from '../../src/events/eventTypes.js';
import { common, eventSchema } from '../../src/events/schema.js';

test('the names are those of the schema', () => {
  expect([...EVENT_TYPES]).toEqual(eventSchema.def.options.flatMap(({ shape }) => [...shape.type.values]));
  expect([...COMMON_FIELDS]).toEqual(Object.keys(common));
});
