import type { Schedule, ScheduleSettings } from './schedule.js';

/**
 * Down to nearly nothing over the planned updates, along half a cosine; further updates have the last one's rate.
 * @see torch.optim.lr_scheduler.CosineAnnealingLR, with a least rate of 0
 */
export function cosine({ steps }: ScheduleSettings): Schedule {
  return ({ step }) => (1 + Math.cos((Math.PI * Math.min(step, steps - 1)) / steps)) / 2;
}
