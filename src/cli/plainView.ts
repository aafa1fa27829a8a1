import type { EndEvent, EpochEvent, MillraceEvent, RunEvent } from '../streams/events.js';
import { printable } from '../text/printable.js';
import type { View } from './view.js';

/** Between progress lines. */
const PROGRESS_MS = 5000;

/** Lines without escapes: what runs, how far it is every five seconds, and one line an epoch beside the notebook's figure. */
export function plainView(
  output: { write(text: string): unknown },
  mode: 'live' | 'watch',
  now: () => number = Date.now,
): View {
  let run: RunEvent | undefined;
  let lastProgress = now();
  let lastNotice = '';
  let lastNoticeAt = Number.NEGATIVE_INFINITY;
  const print = (line: string): void => {
    output.write(`${printable(line)}\n`);
  };
  const show = (event: MillraceEvent): void => {
    if (event.type === 'run') {
      run = event;
      print(describeRun(event));
    } else if (event.type === 'epoch') {
      print(describeEpoch(event, run));
      lastProgress = now();
    } else if (event.type === 'warning') print(`warning: ${event.message}`);
    else if (event.type === 'end') print(describeEnd(event, mode));
    else if (event.type === 'loss' && now() - lastProgress >= PROGRESS_MS) {
      lastProgress = now();
      print(`epoch ${event.epoch}  step ${event.step}${ofSteps(run)}  loss ${event.loss.toFixed(4)}`);
    }
  };
  return {
    staysOpen: false,
    push: (events) => events.forEach(show),
    notice(text) {
      const moving = text.includes('%') && lastNotice.includes('%');
      if (text === lastNotice || (moving && now() - lastNoticeAt < PROGRESS_MS)) return;
      lastNotice = text;
      lastNoticeAt = now();
      print(text);
    },
    close: async () => undefined,
    summary: () => '',
  };
}

function ofSteps(run: RunEvent | undefined): string {
  return run?.stepsPerEpoch === undefined ? '' : ` of ${run.stepsPerEpoch * run.epochs}`;
}

function describeRun({ dataset, architecture, parameters, engine, config, run }: RunEvent): string {
  const items = dataset.items === undefined ? '' : ` ${dataset.items.toLocaleString('en')}`;
  const sample = dataset.sample ? ' (the embedded sample; millrace data fetch gets all)' : '';
  const kept = typeof config.output === 'string' ? `, kept in ${config.output}` : '';
  return (
    `run ${run}: ${architecture.name}, ${parameters.toLocaleString('en')} parameters, on ${dataset.name}${items}${sample}; ` +
    `engine ${engine.name} on ${engine.backend}${kept}`
  );
}

function describeEpoch(event: EpochEvent, run: RunEvent | undefined): string {
  const batchSize = run?.config.batchSize;
  const printed = typeof batchSize === 'number' ? `${batchSize} × train ${event.printedLoss.toFixed(6)}` : '';
  return [
    `epoch ${event.epoch}${run === undefined ? '' : ` of ${run.epochs}`}`,
    `train ${event.trainLoss.toFixed(6)}`,
    event.testLoss === undefined ? undefined : `test ${event.testLoss.toFixed(6)}`,
    printed,
    event.notebookLoss === undefined ? undefined : `notebook ${event.notebookLoss.toFixed(6)}`,
    `${Math.round(event.imagesPerSecond).toLocaleString('en')} images/s`,
    `${(event.durationMs / 1000).toFixed(1)} s`,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('  ');
}

/** What ended a run of this process is said by the command itself. */
function describeEnd({ status, steps, durationMs, error }: EndEvent, mode: 'live' | 'watch'): string {
  const reason = error === undefined || mode === 'live' ? '' : `: ${error.message}`;
  return `${status} after ${steps} steps in ${(durationMs / 1000).toFixed(1)} s${reason}`;
}
