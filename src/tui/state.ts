// What the dashboard knows: a pure function of the events so far, in bounded memory.
import type {
  CommandEvent,
  EndEvent,
  EpochEvent,
  MillraceEvent,
  ProfileEvent,
  RunEvent,
  SampleEvent,
  StatsEvent,
  WarningEvent,
} from '../streams/events.js';
import { type LoggedEvent, logged } from './eventLog.js';
import { addLoss, cutBack, emptyHistory, type LossHistory } from './lossHistory.js';
import { type Pace, paceAt, paceFrom } from './pace.js';
import { speedOf } from './speed.js';

export type RunStatus = 'waiting' | 'running' | 'paused' | 'stopping' | EndEvent['status'];

/** One probe: what the network saw and what it made of it. */
export interface ProbeImage {
  readonly index: number;
  readonly label: number | undefined;
  readonly loss: number;
  /** 8-bit pixels in (h, w, c) order. */
  readonly input: Uint8Array;
  readonly reconstruction: Uint8Array;
}

export interface Probes {
  readonly split: SampleEvent['split'];
  readonly step: number;
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly images: readonly ProbeImage[];
}

export interface DashboardState {
  readonly status: RunStatus;
  /** The newest `run` event; its `epochs` are those of the newest command that has changed them. */
  readonly run: RunEvent | undefined;
  /** Of the newest event. */
  readonly epoch: number;
  readonly step: number;
  readonly elapsedMs: number;
  /** Of the present process. */
  readonly pace: Pace;
  /** The newest loss, finite or not. */
  readonly loss: number | undefined;
  readonly history: LossHistory;
  readonly learningRate: number | undefined;
  /** Over the last seconds; after an epoch without a reading, over that epoch. */
  readonly imagesPerSecond: number | undefined;
  /** The last readings of the pipeline, the newest last. */
  readonly stats: readonly StatsEvent[];
  readonly profile: ProfileEvent | undefined;
  /** The last epochs, in order. */
  readonly epochs: readonly EpochEvent[];
  /** The one with the lowest test loss; without test data, with the lowest training loss. */
  readonly bestEpoch: EpochEvent | undefined;
  readonly probes: Probes | undefined;
  readonly warning: WarningEvent | undefined;
  /** What has happened, the newest last. */
  readonly log: readonly LoggedEvent[];
  readonly end: EndEvent | undefined;
}

const EPOCHS_KEPT = 100;
/** Of a warning that answers a command. It is news to who asked, and nothing that stays. */
export const COMMAND_REFUSED = 'COMMAND';
/** A minute of them. */
const STATS_KEPT = 60;
const PROBES_KEPT = 10;

export const initialState: DashboardState = {
  status: 'waiting',
  run: undefined,
  epoch: 1,
  step: 0,
  elapsedMs: 0,
  pace: paceFrom(0, 0),
  loss: undefined,
  history: emptyHistory,
  learningRate: undefined,
  imagesPerSecond: undefined,
  stats: [],
  profile: undefined,
  epochs: [],
  bestEpoch: undefined,
  probes: undefined,
  warning: undefined,
  log: [],
  end: undefined,
};

/** The next state. Takes any order of events that a file may hold; unknown types change nothing. */
export function reduce(before: DashboardState, event: MillraceEvent): DashboardState {
  const { epoch, step, elapsedMs } = event;
  const pace = paceAt(before.pace, step, elapsedMs);
  const state = { ...before, epoch, step, elapsedMs, pace, log: logged(before.log, event) };
  switch (event.type) {
    case 'run':
      return begun(event.resumedFrom === undefined ? initialState : before, event);
    case 'loss':
      return {
        ...state,
        loss: event.loss,
        history: addLoss(state.history, step, event.loss),
        learningRate: event.learningRate,
      };
    case 'sample':
      return { ...state, probes: decoded(event) ?? state.probes };
    case 'profile':
      return { ...state, profile: event };
    case 'epoch':
      return finishedEpoch(state, event);
    case 'stats':
      return measured(state, event);
    case 'command':
      return commanded(state, event);
    case 'warning':
      return event.code === COMMAND_REFUSED ? state : { ...state, warning: event };
    case 'checkpoint':
    case 'evaluation':
      return state;
    case 'end':
      return { ...state, status: event.status, end: event };
    default:
      return before;
  }
}

/** A resumed run keeps what came before the checkpoint. */
function begun(before: DashboardState, run: RunEvent): DashboardState {
  const { epoch, step, elapsedMs } = run;
  const epochs = before.epochs.filter((finished) => finished.step <= step);
  return {
    ...before,
    status: 'running',
    run,
    epoch,
    step,
    elapsedMs,
    pace: paceFrom(step, elapsedMs),
    history: cutBack(before.history, step),
    stats: [],
    epochs,
    bestEpoch: epochs.reduce<EpochEvent | undefined>(better, undefined),
    log: logged(before.log, run),
    end: undefined,
  };
}

function finishedEpoch(state: DashboardState, event: EpochEvent): DashboardState {
  const epochs = [...state.epochs.filter(({ epoch }) => epoch < event.epoch), event].slice(-EPOCHS_KEPT);
  return {
    ...state,
    epochs,
    imagesPerSecond: speedOf(state.stats, event.elapsedMs) ?? event.imagesPerSecond,
    bestEpoch: better(state.bestEpoch, event),
  };
}

/** A loss that is no number is never the better one. */
function better(best: EpochEvent | undefined, event: EpochEvent): EpochEvent | undefined {
  const loss = ({ testLoss, trainLoss }: EpochEvent): number => testLoss ?? trainLoss;
  return loss(event) < (best === undefined ? Number.POSITIVE_INFINITY : loss(best)) ? event : best;
}

function measured(state: DashboardState, event: StatsEvent): DashboardState {
  const stats = [...state.stats, event].slice(-STATS_KEPT);
  return { ...state, stats, imagesPerSecond: speedOf(stats, event.elapsedMs) };
}

function commanded(state: DashboardState, { action, value }: CommandEvent): DashboardState {
  const status = afterCommand(state.status, action);
  const { run } = state;
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

/** Nothing where the pixels are not as many as the shape says. */
function decoded({ split, step, shape, items }: SampleEvent): Probes | undefined {
  const size = shape[0] * shape[1] * shape[2];
  const images = items.slice(0, PROBES_KEPT).map(({ index, label, loss, input, reconstruction }) => ({
    index,
    label,
    loss,
    input: Buffer.from(input, 'base64'),
    reconstruction: Buffer.from(reconstruction, 'base64'),
  }));
  const whole = images.every(({ input, reconstruction }) => input.length === size && reconstruction.length === size);
  return whole ? { split, step, shape, images } : undefined;
}
