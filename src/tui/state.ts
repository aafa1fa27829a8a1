// What the dashboard knows: a pure function of the events so far, in bounded memory.
import type { EndEvent, EpochEvent, MillraceEvent, RunEvent, SampleEvent, WarningEvent } from '../streams/events.js';
import { addFilters, addFrame, cutBackFilm, emptyFilm, type Film, FRAME_BYTES } from './film.js';
import { type FilmFrame, filtersOf, sampleOf } from './filmFrame.js';
import { addLoss, cutBack, emptyHistory, type LossHistory } from './lossHistory.js';
import { type StepValue, valuesUpTo, withChange, withValue } from './stepValues.js';

export type RunStatus = 'waiting' | 'running' | 'paused' | 'stopping' | EndEvent['status'];

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
  /** Samples of the whole run. */
  readonly film: Film;
  /** The newest frame of the film. */
  readonly probes: FilmFrame | undefined;
  readonly warning: WarningEvent | undefined;
  readonly end: EndEvent | undefined;
}

const EPOCHS_KEPT = 1000;

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
  film: emptyFilm,
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
      return filmed(state, event);
    case 'weights': {
      const filters = filtersOf(event);
      return filters === undefined ? state : { ...state, ...shown(addFilters(state.film, filters)) };
    }
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
    ...shown(cutBackFilm(before.film, step)),
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

function filmed(state: DashboardState, event: SampleEvent): DashboardState {
  const sample = sampleOf(event, FRAME_BYTES);
  return sample === undefined ? state : { ...state, ...shown(addFrame(state.film, sample, state.loss)) };
}

function shown(film: Film): Pick<DashboardState, 'film' | 'probes'> {
  return { film, probes: film.frames.at(-1) };
}
