// The schedules that there are. One more is a file beside these and a line here.
import { constant } from './constant.js';
import { cosine } from './cosine.js';
import { oneCycle } from './oneCycle.js';
import { plateau } from './plateau.js';
import type { Schedule, ScheduleSettings } from './schedule.js';
import { stepDecay } from './stepDecay.js';

/** What `--schedule` takes; the default comes first. */
export const SCHEDULES = ['constant', 'step', 'cosine', 'one-cycle', 'plateau'] as const;
export type ScheduleName = (typeof SCHEDULES)[number];

/** What schedules take where nothing else is said. */
export const SCHEDULE_DEFAULTS = { factor: 0.1, epochs: 10 } as const;

export const schedules: Readonly<Record<ScheduleName, (settings: ScheduleSettings) => Schedule>> = {
  constant,
  step: stepDecay,
  cosine,
  'one-cycle': oneCycle,
  plateau,
};
