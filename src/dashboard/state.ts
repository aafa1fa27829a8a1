// What the dashboard knows: a pure function of the events so far, in bounded memory.

import type { LiveSample } from '../events/liveSample.js';
import { isKnown, type KnownViewEvent, type LossPoint, type ViewEvent } from '../events/packedEvents.js';
import type {
  CommandEvent,
  EndEvent,
  EpochEvent,
  MetricEvent,
  ProfileEvent,
  RunEvent,
  SampleEvent,
  StatsEvent,
  WarningEvent,
} from '../events/schema.js';
import type { UnknownEvent } from '../events/unknownEvent.js';
import { type Alerts, afterLook, isDue, noAlerts } from './diagnosis/alerts.js';
import { diagnose } from './diagnosis/diagnose.js';
import { addFilters, addFrame, cutBackFilm, emptyFilm, type Film, FRAME_BYTES, showLive } from './film/film.js';
import { type FilmFrame, filtersOf, sampleOf } from './film/filmFrame.js';
import { addLosses, cutBack, emptyHistory, type LossHistory } from './history/lossHistory.js';
import { type StepValue, valuesUpTo, withChange, withValue } from './history/stepValues.js';
import { addToTrend, emptyTrend, type Trend } from './history/trend.js';
import { type LoggedEvent, logged } from './log.js';
import { withMetric } from './metrics.js';
import { speedOf } from './performance/imagesPerSecond.js';
import { type Pace, paceAt, paceFrom } from './performance/stepTime.js';
import { addFigures, addOther, cutBackTags, emptyTags, type Tags } from './tags/tags.js';

export type RunStatus = 'waiting' | 'running' | 'paused' | 'stopping' | EndEvent['status'];

export interface DashboardState {
  readonly status: RunStatus;
  /** The newest `run` event; its `epochs` are those of the newest command that has changed them. */
  readonly run: RunEvent | undefined;
  /** Epoch, step and time of the newest event. */
  readonly epoch: number;
  readonly step: number;
  readonly elapsedMs: number;
  /** The pace of the present process; what came before a resume does not count. */
  readonly pace: Pace;
  /** The newest loss, finite or not. */
  readonly loss: number | undefined;
  readonly history: LossHistory;
  /** What the diagnosis remembers of the losses. */
  readonly trend: Trend;
  /** What it has found, and for how long. */
  readonly alerts: Alerts;
  /** Losses over the test images, after epochs and whenever it was asked for. */
  readonly testLosses: readonly StepValue[];
  readonly learningRate: number | undefined;
  /** The learning rates so far, each with the first step that took it. */
  readonly learningRates: readonly StepValue[];
  /** Over the last seconds; after an epoch without a reading, over that epoch. */
  readonly imagesPerSecond: number | undefined;
  /** The last readings of the pipeline, the newest last. */
  readonly stats: readonly StatsEvent[];
  readonly profile: ProfileEvent | undefined;
  /** The newest value of each thing that was measured beside the losses. */
  readonly metrics: readonly MetricEvent[];
  /** All values of these, and whatever else was told under names, in buckets. */
  readonly tags: Tags;
  /** The last epochs, in order. */
  readonly epochs: readonly EpochEvent[];
  /** The one with the lowest test loss; without test data, with the lowest training loss. */
  readonly bestEpoch: EpochEvent | undefined;
  /** Samples of the whole run. */
  readonly film: Film;
  /** The newest frame of the film. */
  readonly sample: FilmFrame | undefined;
  readonly warning: WarningEvent | undefined;
  /** What has happened, the newest last. */
  readonly log: readonly LoggedEvent[];
  readonly end: EndEvent | undefined;
}

const EPOCHS_KEPT = 1000;
/** The code of a warning that answers a command. It is news to the person who asked, and does not stay. */
export const COMMAND_REFUSED = 'COMMAND';
/** A minute of them. */
const STATS_KEPT = 60;

export const initialState: DashboardState = {
  status: 'waiting',
  run: undefined,
  epoch: 1,
  step: 0,
  elapsedMs: 0,
  pace: paceFrom(0, 0),
  loss: undefined,
  history: emptyHistory,
  trend: emptyTrend,
  alerts: noAlerts,
  testLosses: [],
  learningRate: undefined,
  learningRates: [],
  imagesPerSecond: undefined,
  stats: [],
  profile: undefined,
  metrics: [],
  tags: emptyTags,
  epochs: [],
  bestEpoch: undefined,
  film: emptyFilm,
  sample: undefined,
  warning: undefined,
  log: [],
  end: undefined,
};

/**
 * The next state. Takes any order of events that a file may hold; those of unknown types leave a row in the log.
 *
 * @example
 * import { initialState, reduce } from 'millrace/tui';
 *
 * let state = initialState;
 * await run({ limit: 20, epochs: 2, output: false }).forEach((event) => {
 *   state = reduce(state, event);
 * });
 * console.log(state.status, state.epoch, state.epochs.length); // completed 2 2
 */
export function reduce(before: DashboardState, event: ViewEvent): DashboardState {
  if (!isKnown(event)) return heard(before, event);
  if (event.type === 'loss') return judged(trained(before, [event]));
  if (event.type === 'metric') return judged(figured(before, [event]));
  const after = judged(told(before, event));
  return event.type === 'end'
    ? { ...after, alerts: afterLook(after.alerts, diagnose(after), after.elapsedMs, true) }
    : after;
}

/** Looks for what is wrong, now and then. */
function judged(state: DashboardState): DashboardState {
  const { alerts, elapsedMs, end } = state;
  if (end !== undefined || !isDue(alerts, elapsedMs)) return state;
  return { ...state, alerts: afterLook(alerts, diagnose(state), elapsedMs) };
}

function told(before: DashboardState, event: Exclude<KnownViewEvent, LossPoint | MetricEvent>): DashboardState {
  const { epoch, step, elapsedMs } = event;
  const pace = paceAt(before.pace, step, elapsedMs);
  const log = logged(before.log, event, before);
  const state = { ...before, status: begunBy(before), epoch, step, elapsedMs, pace, log };
  switch (event.type) {
    case 'run':
      return begun(event.resumedFrom === undefined ? initialState : before, event);
    case 'sample':
      return filmed(state, event);
    case 'weights': {
      const filters = filtersOf(event);
      return filters === undefined ? state : { ...state, ...shown(addFilters(state.film, filters)) };
    }
    case 'profile':
      return { ...state, profile: event };
    case 'epoch':
      return finishedEpoch(state, event);
    case 'evaluation':
      return { ...state, testLosses: withValue(state.testLosses, step, event.testLoss) };
    case 'stats':
      return measured(state, event);
    case 'command':
      return commanded(state, event);
    case 'warning':
      return event.code === COMMAND_REFUSED ? state : { ...state, warning: event };
    case 'image':
    case 'histogram':
    case 'text':
    case 'configuration':
      return { ...state, tags: addOther(state.tags, event) };
    case 'checkpoint':
      return state;
    case 'end':
      return { ...state, status: event.status, end: event };
  }
}

/** Others may count steps of their own: what they say leaves a row, and the run where it is. */
function heard(before: DashboardState, event: UnknownEvent): DashboardState {
  return { ...before, status: begunBy(before), log: logged(before.log, event, before) };
}

/** What sends events runs, also where it has not said what it is. */
function begunBy({ status }: DashboardState): RunStatus {
  return status === 'waiting' ? 'running' : status;
}

/**
 * The state after all of them. Losses in a row make one state, and one history and one trend in it: copying for each of them what
 * it leaves as it is would cost four times as much as taking them in (0.5 µs a loss instead of 2.1, warm; 1.9 instead of 5, cold).
 * So do metrics in a row.
 *
 * @example
 * import { initialState, reduceAll } from 'millrace/tui';
 *
 * const events = new EventReader().push(readFileSync(`${place}/baseline/events.ndjson`)).filter(isEvent);
 * const state = reduceAll(initialState, events);
 * console.log(state.status, state.run.dataset.items); // completed 20
 */
export function reduceAll(before: DashboardState, events: readonly ViewEvent[]): DashboardState {
  let state = before;
  let losses: LossPoint[] = [];
  let figures: MetricEvent[] = [];
  for (const event of events) {
    if (isKnown(event) && event.type === 'loss') {
      state = figured(state, figures);
      figures = [];
      losses.push(event);
      if (!isDue(state.alerts, event.elapsedMs)) continue;
      state = judged(trained(state, losses));
      losses = [];
    } else if (isKnown(event) && event.type === 'metric') {
      state = trained(state, losses);
      losses = [];
      figures.push(event);
      if (!isDue(state.alerts, event.elapsedMs)) continue;
      state = judged(figured(state, figures));
      figures = [];
    } else {
      state = reduce(figured(trained(state, losses), figures), event);
      losses = [];
      figures = [];
    }
  }
  return figured(trained(state, losses), figures);
}

/** Of what comes again in a batch, the newest values and the log need the last alone. */
function figured(before: DashboardState, events: readonly MetricEvent[]): DashboardState {
  const last = events.at(-1);
  if (last === undefined) return before;
  let { pace, metrics, log } = before;
  for (const { step, elapsedMs } of events) pace = paceAt(pace, step, elapsedMs);
  const newest = new Map<string, MetricEvent>();
  const latest = new Map<string, MetricEvent>();
  for (const event of events) {
    const name = `${event.split ?? ''}/${event.name}`;
    newest.set(name, event);
    latest.delete(name);
    latest.set(name, event);
  }
  for (const event of newest.values()) metrics = withMetric(metrics, event);
  for (const event of latest.values()) log = logged(log, event, before);
  const { epoch, step, elapsedMs } = last;
  const tags = addFigures(before.tags, events);
  return { ...before, status: begunBy(before), epoch, step, elapsedMs, pace, log, metrics, tags };
}

function trained(before: DashboardState, losses: readonly LossPoint[]): DashboardState {
  const last = losses.at(-1);
  if (last === undefined) return before;
  let { pace, learningRates } = before;
  const history = addLosses(before.history, losses);
  const trend = addToTrend(before.trend, losses);
  for (const { step, elapsedMs, learningRate } of losses) {
    pace = paceAt(pace, step, elapsedMs);
    if (!Number.isNaN(learningRate)) learningRates = withChange(learningRates, step, learningRate);
  }
  const { epoch, step, elapsedMs, loss } = last;
  // Not every loss of others says it.
  const learningRate = Number.isNaN(last.learningRate) ? before.learningRate : last.learningRate;
  return {
    ...before,
    status: begunBy(before),
    epoch,
    step,
    elapsedMs,
    pace,
    loss,
    history,
    trend,
    learningRate,
    learningRates,
  };
}

/** A resumed run keeps what came before the checkpoint. */
function begun(before: DashboardState, run: RunEvent): DashboardState {
  const { epoch, step, elapsedMs } = run;
  return {
    ...wentBack(before, step),
    status: 'running',
    run,
    epoch,
    step,
    elapsedMs,
    pace: paceFrom(step, elapsedMs),
    log: logged(before.log, run, before),
    end: undefined,
  };
}

/** What came after a step is forgotten. */
function wentBack(state: DashboardState, step: number): DashboardState {
  const epochs = state.epochs.filter((finished) => finished.step <= step);
  return {
    ...state,
    pace: paceFrom(step, state.elapsedMs),
    history: cutBack(state.history, step),
    trend: emptyTrend,
    alerts: noAlerts,
    testLosses: valuesUpTo(state.testLosses, step),
    metrics: state.metrics.filter((metric) => metric.step <= step),
    tags: cutBackTags(state.tags, step),
    learningRates: valuesUpTo(state.learningRates, step),
    ...shown(cutBackFilm(state.film, step)),
    stats: [],
    epochs,
    bestEpoch: epochs.reduce<EpochEvent | undefined>(better, undefined),
  };
}

function finishedEpoch(state: DashboardState, event: EpochEvent): DashboardState {
  const epochs = [...state.epochs.filter(({ epoch }) => epoch < event.epoch), event].slice(-EPOCHS_KEPT);
  return {
    ...state,
    epochs,
    imagesPerSecond: speedOf(state.stats, event.elapsedMs) ?? event.imagesPerSecond,
    testLosses:
      event.testLoss === undefined ? state.testLosses : withValue(state.testLosses, event.step, event.testLoss),
    bestEpoch: better(state.bestEpoch, event),
  };
}

/** A loss that is not a number is never the better one. */
function better(best: EpochEvent | undefined, event: EpochEvent): EpochEvent | undefined {
  const loss = ({ testLoss, trainLoss }: EpochEvent): number => testLoss ?? trainLoss;
  return loss(event) < (best === undefined ? Number.POSITIVE_INFINITY : loss(best)) ? event : best;
}

function measured(state: DashboardState, event: StatsEvent): DashboardState {
  const stats = [...state.stats, event].slice(-STATS_KEPT);
  return { ...state, stats, imagesPerSecond: speedOf(stats, event.elapsedMs) };
}

function commanded(state: DashboardState, { action, value, step }: CommandEvent): DashboardState {
  const status = afterCommand(state.status, action);
  const { run } = state;
  if (action === 'rollback') return { ...wentBack(state, step), status, learningRate: value ?? state.learningRate };
  if (action === 'learningRate') return { ...state, status, learningRate: value ?? state.learningRate };
  if (action === 'epochs' && run !== undefined)
    return { ...state, status, run: { ...run, epochs: value ?? run.epochs } };
  return { ...state, status };
}

function afterCommand(status: RunStatus, action: string): RunStatus {
  if (action === 'pause') return 'paused';
  if (action === 'resume') return 'running';
  if (action === 'stop' || action === 'abandon') return 'stopping';
  return status;
}

function filmed(state: DashboardState, event: SampleEvent): DashboardState {
  const sample = sampleOf(event, FRAME_BYTES);
  return sample === undefined ? state : { ...state, ...shown(addFrame(state.film, sample, state.loss)) };
}

/** The state with the sample images as they are between two samples: no event, so nothing else follows from it. */
export function withLiveSample(state: DashboardState, live: LiveSample): DashboardState {
  const sample = sampleOf(live, FRAME_BYTES);
  return sample === undefined ? state : { ...state, film: showLive(state.film, sample, state.loss) };
}

function shown(film: Film): Pick<DashboardState, 'film' | 'sample'> {
  return { film, sample: film.frames.at(-1) };
}
