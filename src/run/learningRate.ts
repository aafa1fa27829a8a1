// The learning rate of a run as a function of the step, where it does not stay as it is.
import { OptionError } from '../errors.js';
import { SCHEDULE_DEFAULTS, schedules } from '../training/schedules/schedules.js';
import { warmUp } from '../training/schedules/warmUp.js';
import type { RunConfig } from './config.js';
import type { RunProgress } from './runProgress.js';

/**
 * The planned updates become part of the configuration: more epochs later do not change the rates of before.
 * @throws OptionError where the schedule needs to know how many there are, and the data do not say
 */
export function withPlannedSteps(config: RunConfig, stepsPerEpoch: number | undefined): RunConfig {
  const { schedule, epochs, scheduleSteps = stepsPerEpoch && epochs * stepsPerEpoch } = config;
  if (schedule === 'step' && stepsPerEpoch === undefined) throw unplanned(schedule, 'Take another schedule.');
  if (schedule !== 'cosine' && schedule !== 'one-cycle') return config;
  if (scheduleSteps === undefined) throw unplanned(schedule, 'Give scheduleSteps, too, or take another schedule.');
  return { ...config, scheduleSteps };
}

function unplanned(schedule: string, advice: string): OptionError {
  return new OptionError(
    'schedule',
    schedule,
    'a schedule without an end: the data do not say how many images there are',
    advice,
  );
}

/** `undefined` where the rate stays as it is until a command changes it. */
export function learningRateOf(
  config: RunConfig,
  progress: Pick<RunProgress, 'plateaus' | 'rollbacks'>,
  stepsPerEpoch = 1,
): ((step: number) => number) | undefined {
  const { schedule, learningRate, learningRateWarmUp, scheduleSteps = 1 } = config;
  if (schedule === 'constant' && learningRateWarmUp === 0) return undefined;
  const { scheduleFactor: factor = SCHEDULE_DEFAULTS.factor, scheduleEpochs: epochs = SCHEDULE_DEFAULTS.epochs } =
    config;
  const factorOf = schedules[schedule]({ steps: scheduleSteps, stepsPerEpoch, factor, epochs });
  return (step) => {
    const { plateaus, rollbacks } = progress;
    return learningRate * 0.5 ** rollbacks * warmUp(step, learningRateWarmUp) * factorOf({ step, plateaus });
  };
}
