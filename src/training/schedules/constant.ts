import type { Schedule } from './schedule.js';

/** The learning rate as it is given. */
export function constant(): Schedule {
  return () => 1;
}
