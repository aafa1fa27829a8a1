import type { EventBody } from '../../events/schema.js';

/** A limit that takes nothing away. */
export function limitWarning(limit: number, items: number): Extract<EventBody, { type: 'warning' }> {
  return {
    type: 'warning',
    code: 'LIMIT',
    message: `The limit is ${limit} training images, but there are only ${items}: all are taken.`,
  };
}
