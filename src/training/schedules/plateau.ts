import type { Schedule, ScheduleSettings } from './schedule.js';

/** Smaller than this no rate becomes. */
const LEAST = 1e-8;

/** Less by a factor whenever the loss has stopped falling. @see torch.optim.lr_scheduler.ReduceLROnPlateau */
export function plateau({ factor }: ScheduleSettings): Schedule {
  return ({ plateaus }) => Math.max(LEAST, factor ** plateaus);
}
