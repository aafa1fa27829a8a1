import { diagnose } from '../../dashboard/diagnosis/diagnose.js';
import type { Finding } from '../../dashboard/diagnosis/finding.js';
import { initialState, reduce } from '../../dashboard/state.js';
import type { ViewEvent } from '../../events/packedEvents.js';
import type { RunEvent } from '../../events/schema.js';
import { printable } from '../../text/printable.js';
import { commandSentence, endSentence, epochSentence, progressSentence, runSentence } from './eventSentences.js';
import { type RunView, silentView } from './runView.js';

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
  let run: RunEvent | undefined;
  let lastProgress = now();
  let lastNotice = '';
  let lastNoticeAt = Number.NEGATIVE_INFINITY;
  const print = (line: string): void => {
    output.write(`${printable(line)}\n`);
  };
  let state = initialState;
  let found: readonly Finding[] = [];
  /** Only what was not found after the epoch before. */
  const newFindings = (): string[] => {
    const before = new Set(found.map(({ rule }) => rule));
    found = diagnose(state);
    return found.flatMap(({ rule, sentences: [sentence] }) => (before.has(rule) ? [] : [printable(sentence)]));
  };
  const show = (event: ViewEvent): void => {
    state = reduce(state, event);
    if (event.type === 'run') {
      run = event;
      print(runSentence(event));
    } else if (event.type === 'epoch') {
      print(epochSentence(event, run));
      for (const sentence of newFindings()) print(sentence);
      lastProgress = now();
    } else if (event.type === 'evaluation') print(`test loss ${event.testLoss.toFixed(6)} at step ${event.step}`);
    else if (event.type === 'warning') print(`warning: ${event.message}`);
    else if (event.type === 'command') print(commandSentence(event));
    else if (event.type === 'end') print(endSentence(event, mode === 'watch'));
    else if (event.type === 'loss' && !quiet && now() - lastProgress >= PROGRESS_MS) {
      lastProgress = now();
      print(progressSentence(event, run));
    }
  };
  const view: RunView = {
    staysOpen: false,
    push: (events) => events.forEach(show),
    // What was said then is not said again.
    recall: () => undefined,
    notice(text) {
      const moving = text.includes('%') && lastNotice.includes('%');
      if (text === lastNotice || (moving && (quiet || now() - lastNoticeAt < PROGRESS_MS))) return;
      lastNotice = text;
      lastNoticeAt = now();
      print(text);
    },
    close: async () => undefined,
    summary: () => '',
    hangUp: () => (output.isTTY ? silentView : view),
  };
  return view;
}
