// What the dashboard knows: a pure function of the events so far, in bounded memory.
import type { EndEvent, EpochEvent, MillraceEvent, RunEvent, SampleEvent, WarningEvent } from '../streams/events.js';
import { addLoss, cutBack, emptyHistory, type LossHistory } from './lossHistory.js';
import { type StepValue, valuesUpTo, withChange, withValue } from './stepValues.js';

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
  /** The newest `run` event. */
  readonly run: RunEvent | undefined;
  /** Of the newest event. */
  readonly epoch: number;
  readonly step: number;
  readonly elapsedMs: number;
  /** Where the present process began, for the speed: not 0 after a resume. */
  readonly began: { readonly step: number; readonly elapsedMs: number };
  /** The newest loss, finite or not. */
  readonly loss: number | undefined;
  readonly history: LossHistory;
  /** Losses over the test images, after epochs and whenever it was asked for. */
  readonly testLosses: readonly StepValue[];
  readonly learningRate: number | undefined;
  /** The learning rates so far, each with the first step that took it. */
  readonly learningRates: readonly StepValue[];
  readonly imagesPerSecond: number | undefined;
  /** The last epochs, in order. */
  readonly epochs: readonly EpochEvent[];
  readonly bestTestLoss: number | undefined;
  readonly probes: Probes | undefined;
  readonly warning: WarningEvent | undefined;
  readonly end: EndEvent | undefined;
}

const EPOCHS_KEPT = 1000;
const PROBES_KEPT = 10;

export const initialState: DashboardState = {
  status: 'waiting',
  run: undefined,
  epoch: 1,
  step: 0,
  elapsedMs: 0,
  began: { step: 0, elapsedMs: 0 },
  loss: undefined,
  history: emptyHistory,
  testLosses: [],
  learningRate: undefined,
  learningRates: [],
  imagesPerSecond: undefined,
  epochs: [],
  bestTestLoss: undefined,
  probes: undefined,
  warning: undefined,
  end: undefined,
};

/** The next state. Takes any order of events that a file may hold; unknown types change nothing. */
export function reduce(before: DashboardState, event: MillraceEvent): DashboardState {
  const { epoch, step, elapsedMs } = event;
  const state = { ...before, epoch, step, elapsedMs };
  switch (event.type) {
    case 'run':
      return begun(event.resumedFrom === undefined ? initialState : before, event);
    case 'loss':
      return {
        ...state,
        loss: event.loss,
        history: addLoss(state.history, step, event.loss),
        learningRate: event.learningRate,
        learningRates: withChange(state.learningRates, step, event.learningRate),
      };
    case 'sample':
      return { ...state, probes: decoded(event) ?? state.probes };
    case 'epoch':
      return finishedEpoch(state, event);
    case 'evaluation':
      return { ...state, testLosses: withValue(state.testLosses, step, event.testLoss) };
    case 'stats':
      return { ...state, imagesPerSecond: event.imagesPerSecond };
    case 'command':
      return { ...state, status: afterCommand(state.status, event.action) };
    case 'warning':
      return { ...state, warning: event };
    case 'end':
      return { ...state, status: event.status, end: event };
    default:
      return before;
  }
}

/** A resumed run keeps what came before the checkpoint. */
function begun(before: DashboardState, run: RunEvent): DashboardState {
  const { epoch, step, elapsedMs } = run;
  return {
    ...before,
    status: 'running',
    run,
    epoch,
    step,
    elapsedMs,
    began: { step, elapsedMs },
    history: cutBack(before.history, step),
    testLosses: valuesUpTo(before.testLosses, step),
    learningRates: valuesUpTo(before.learningRates, step),
    epochs: before.epochs.filter((finished) => finished.step <= step),
    end: undefined,
  };
}

function finishedEpoch(state: DashboardState, event: EpochEvent): DashboardState {
  const earlier = state.epochs.filter(({ epoch }) => epoch < event.epoch);
  const { testLoss = Number.NaN } = event;
  const { bestTestLoss = Number.POSITIVE_INFINITY } = state;
  return {
    ...state,
    epochs: [...earlier, event].slice(-EPOCHS_KEPT),
    imagesPerSecond: event.imagesPerSecond,
    testLosses:
      event.testLoss === undefined ? state.testLosses : withValue(state.testLosses, event.step, event.testLoss),
    bestTestLoss: testLoss < bestTestLoss ? testLoss : state.bestTestLoss,
  };
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
