import type { Schedule, ScheduleSettings } from './schedule.js';

/** Less by a factor, every so many epochs. @see torch.optim.lr_scheduler.StepLR */
export function stepDecay({ stepsPerEpoch, epochs, factor }: ScheduleSettings): Schedule {
  return ({ step }) => factor ** Math.floor(step / (stepsPerEpoch * epochs));
}
