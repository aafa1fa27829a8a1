import * as z from 'zod';
import { eventSchema } from './schema.js';

/**
 * The JSON Schema (draft 2020-12) of one event on the wire: the build writes it to `millrace/events.schema.json`.
 *
 * @example
 * console.log(eventsSchema().$schema); // https://json-schema.org/draft/2020-12/schema
 */
export function eventsSchema(): object {
  return z.toJSONSchema(eventSchema, { io: 'input' });
}
