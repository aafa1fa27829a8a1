// What happens in a run, as sentences for a person who reads lines, or has them read out. No control character of an event
// gets through: names, paths and messages come from files.

import { formatCount, formatMetric } from '../../dashboard/format.js';
import type { LossPoint } from '../../events/packedEvents.js';
import { runNameOf } from '../../events/runName.js';
import type { CommandEvent, EndEvent, EpochEvent, MetricEvent, RunEvent } from '../../events/schema.js';
import { printable } from '../../text/printable.js';

/** What is not said is left out. */
export function runSentence(event: RunEvent): string {
  const { dataset, architecture, parameters, engine, config, run, resumedFrom } = event;
  const name = runNameOf(event);
  const called = name === undefined ? '' : ` (${name})`;
  const network = architecture === undefined ? '' : `${architecture.name}, `;
  const size = parameters === undefined ? '' : `${formatCount(parameters)} parameters, `;
  const items = dataset.items === undefined ? '' : ` ${formatCount(dataset.items)}`;
  const sample = dataset.sample === true ? ' (the embedded sample; millrace data fetch gets all)' : '';
  const backend = engine.backend === undefined ? '' : ` on ${engine.backend}`;
  const kept = typeof config?.output === 'string' ? `, kept in ${config.output}` : '';
  const from = resumedFrom === undefined ? '' : `, resumed at step ${formatCount(resumedFrom.step)}, digest ok`;
  return printable(
    `run ${run}${called}: ${network}${size}on ${dataset.name}${items}${sample}; ` +
      `engine ${engine.name}${backend}${kept}${from}`,
  );
}

export function epochSentence(event: EpochEvent, run: RunEvent | undefined): string {
  const { epoch, trainLoss, testLoss, printedLoss, notebookLoss, imagesPerSecond, durationMs } = event;
  const batchSize = run?.config?.batchSize;
  const losses = [
    `training loss ${trainLoss.toFixed(6)}`,
    testLoss === undefined ? '' : `, test loss ${testLoss.toFixed(6)}`,
    // What the notebook prints is of use beside the notebook's figure alone.
    typeof batchSize === 'number' && notebookLoss !== undefined
      ? `, ${batchSize} × training loss ${printedLoss.toFixed(6)} (the notebook ${notebookLoss.toFixed(6)})`
      : '',
  ].join('');
  const of = run === undefined ? '' : ` of ${run.epochs}`;
  return `epoch ${epoch}${of}: ${losses}; ${formatCount(imagesPerSecond)} images/s, ${seconds(durationMs)}`;
}

/** How far a long epoch is. */
export function progressSentence({ epoch, step, loss }: LossPoint, run: RunEvent | undefined): string {
  const of = run?.stepsPerEpoch === undefined ? '' : ` of ${formatCount(run.stepsPerEpoch * run.epochs)}`;
  return `epoch ${epoch}, step ${formatCount(step)}${of}: loss ${loss.toFixed(4)}`;
}

/** Something that somebody measures. */
export function metricSentence({ name, value, unit, split, step }: MetricEvent): string {
  const behind = `${unit === undefined ? '' : ` ${unit}`}${split === undefined ? '' : ` (${split})`}`;
  return printable(`${name} ${formatMetric(value)}${behind} at step ${formatCount(step)}`);
}

export function commandSentence({ action, value, step }: CommandEvent): string {
  return `${action}${value === undefined ? '' : ` ${value}`} at step ${formatCount(step)}`;
}

/** @param reason whether to say what went wrong; a command says that of its own run itself */
export function endSentence({ status, steps, durationMs, reason: rule, error }: EndEvent, reason: boolean): string {
  const because = rule !== undefined ? `: ${rule}` : error === undefined || !reason ? '' : `: ${error.message}`;
  return printable(`${status} after ${formatCount(steps)} steps in ${seconds(durationMs)}${because}`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
