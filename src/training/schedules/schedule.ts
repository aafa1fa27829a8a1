// What a learning rate is multiplied by in the course of a training.

/** What a schedule depends on: nothing else, so that a resume and a replay come to the same rates. */
export interface ScheduleMoment {
  /** Updates done. */
  readonly step: number;
  /** Times that the loss has stopped falling. */
  readonly plateaus: number;
}

/** What can be set of schedules. */
export interface ScheduleSettings {
  /** How many updates are planned. */
  readonly steps: number;
  /** Updates of an epoch. */
  readonly stepsPerEpoch: number;
  /** What the rate is multiplied by each time. */
  readonly factor: number;
  /** Epochs from one time to the next. */
  readonly epochs: number;
}

/** The factor of the update that comes next, above 0. */
export type Schedule = (moment: ScheduleMoment) => number;
