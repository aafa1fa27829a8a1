import type { Schedule, ScheduleSettings } from './schedule.js';

/** Of all planned updates. */
const RISING = 0.3;
/** Where it begins and where it ends, as shares of the learning rate, which is the highest one. */
const [FIRST, LAST] = [1 / 25, 1 / 25 / 1e4];

/**
 * From a 25th up to the learning rate over three tenths of the planned updates, then down to next to nothing.
 * @see torch.optim.lr_scheduler.OneCycleLR, of which momentum takes no part
 */
export function oneCycle({ steps }: ScheduleSettings): Schedule {
  const top = RISING * steps - 1;
  const end = steps - 1;
  return ({ step }) => {
    if (step < top) return between(FIRST, 1, step / top);
    return end <= top ? 1 : between(1, LAST, Math.min(1, (step - Math.max(0, top)) / (end - Math.max(0, top))));
  };
}

/** Along half a cosine. */
function between(from: number, to: number, share: number): number {
  return to + ((from - to) / 2) * (1 + Math.cos(Math.PI * share));
}
