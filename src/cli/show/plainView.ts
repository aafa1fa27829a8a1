import { inBrief, isTold, toldInBrief } from '../../dashboard/briefEvent.js';
import { alertsOf } from '../../dashboard/diagnosis/alerts.js';
import type { Finding } from '../../dashboard/diagnosis/finding.js';
import { initialState, reduce } from '../../dashboard/state.js';
import { isKnown, type LossPoint, type ViewEvent } from '../../events/packedEvents.js';
import type { MetricEvent } from '../../events/schema.js';
import { printable } from '../../text/printable.js';
import {
  commandSentence,
  endSentence,
  epochSentence,
  metricSentence,
  progressSentence,
  runSentence,
} from './eventSentences.js';
import { type RunView, silentView } from './runView.js';

/** A stream that is somebody else's, or whose beginning is missing. */
const NO_RUN = 'these events do not say what is trained: no run event comes before them';
/** More kinds of figures than this are none: they are forgotten, whatever a file makes up. */
const MOST_KINDS = 100;
/** Between progress lines. */
const PROGRESS_MS = 5000;

export interface PlainViewOptions {
  readonly mode: 'live' | 'watch';
  /** For a screen reader, which reads every line out: nothing moves between the epochs. @default false */
  readonly quiet?: boolean;
  /** Milliseconds. @default Date.now */
  readonly now?: () => number;
}

/** Lines without escapes: what runs, a sentence an epoch beside the notebook's figure, and how far a long epoch is every five seconds. */
export function plainView(
  output: { write(text: string): unknown; readonly isTTY?: boolean },
  { mode, quiet = false, now = Date.now }: PlainViewOptions,
): RunView {
  let lastProgress = now();
  /** The newest loss that no line has told of. */
  let untold: LossPoint | undefined;
  const lastFigures = new Map<string, number>();
  let lastNotice = '';
  let lastNoticeAt = Number.NEGATIVE_INFINITY;
  const print = (line: string): void => {
    output.write(`${printable(line)}\n`);
    untold = undefined;
  };
  let state = initialState;
  let found: readonly Finding[] = [];
  /** Only what was not said before. */
  const newFindings = (): string[] => {
    const before = new Set(found.map(({ rule }) => rule));
    found = alertsOf(state.alerts);
    return found.flatMap(({ rule, sentences: [sentence] }) => (before.has(rule) ? [] : [printable(sentence)]));
  };
  /** Figures of others may come with every step: of each kind there is a line now and then. */
  const isTime = (kind: string): boolean => {
    if (now() - (lastFigures.get(kind) ?? Number.NEGATIVE_INFINITY) < PROGRESS_MS) return false;
    if (lastFigures.size >= MOST_KINDS) lastFigures.clear();
    lastFigures.set(kind, now());
    return true;
  };
  const showMetric = (event: MetricEvent): void => {
    const endsEpoch = event.step === state.epochs.at(-1)?.step;
    const isNews = !quiet && isTime(`metric ${event.name} ${event.split ?? ''}`);
    if (endsEpoch || isNews) print(metricSentence(event));
  };
  const show = (event: ViewEvent): void => {
    if (state === initialState && event.type !== 'run') print(NO_RUN);
    state = reduce(state, event);
    if (!isKnown(event)) {
      if (!quiet && isTime(event.type)) print(inBrief(event, state).text);
    } else if (isTold(event)) {
      const { text, subject } = toldInBrief(event);
      if (!quiet && isTime(subject)) print(text);
    } else if (event.type === 'run') {
      print(runSentence(event));
    } else if (event.type === 'epoch') {
      print(epochSentence(event, state.run));
      for (const sentence of newFindings()) print(sentence);
      lastProgress = now();
    } else if (event.type === 'evaluation') print(`test loss ${event.testLoss.toFixed(6)} at step ${event.step}`);
    else if (event.type === 'warning') print(`warning: ${event.message}`);
    else if (event.type === 'metric') showMetric(event);
    else if (event.type === 'command') print(commandSentence(event));
    else if (event.type === 'end') {
      for (const sentence of newFindings()) print(sentence);
      print(endSentence(event, mode === 'watch'));
    } else if (event.type === 'loss') {
      untold = event;
      if (quiet || now() - lastProgress < PROGRESS_MS) return;
      lastProgress = now();
      print(progressSentence(event, state.run));
    }
  };
  const view: RunView = {
    staysOpen: false,
    push: (events) => events.forEach(show),
    pushLive: () => undefined,
    // What was said then is not said again.
    recall: () => undefined,
    notice(text) {
      const moving = text.includes('%') && lastNotice.includes('%');
      if (text === lastNotice || (moving && (quiet || now() - lastNoticeAt < PROGRESS_MS))) return;
      lastNotice = text;
      lastNoticeAt = now();
      print(text);
    },
    // A recording that ends in the midst of an epoch has come somewhere.
    close: async () => {
      if (mode === 'watch' && untold !== undefined) print(progressSentence(untold, state.run));
    },
    summary: () => '',
    hangUp: () => (output.isTTY ? silentView : view),
  };
  return view;
}
