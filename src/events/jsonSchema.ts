import * as z from 'zod';
import { eventSchema } from './schema.js';

/** The JSON Schema (draft 2020-12) of one event on the wire: the build writes it to `millrace/events.schema.json`. */
export function eventsSchema(): object {
  return z.toJSONSchema(eventSchema, { io: 'input' });
}
