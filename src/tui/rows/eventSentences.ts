// What an event means, in words.

import {
  formatBytes,
  formatCount,
  formatDuration,
  formatLoss,
  formatMetric,
  formatSpeed,
} from '../../dashboard/format.js';
import type { LoggedEvent } from '../../dashboard/log.js';
import type { CommandEvent, EndEvent, MetricEvent } from '../../events/schema.js';
import type { Tone } from '../theme/palette.js';
import { datasetName } from './headerRow.js';

/** Not yet printable: it holds text from outside. */
export function sentenceOf(event: LoggedEvent): readonly [words: string, tone: Tone] {
  switch (event.type) {
    case 'run': {
      const { resumedFrom, architecture, dataset, run } = event;
      if (resumedFrom !== undefined)
        return [`resumed at step ${formatCount(resumedFrom.step)}, digest ok (${resumedFrom.checkpoint})`, 'accent'];
      const network = architecture === undefined ? '' : `${architecture.name} on `;
      return [`run ${run} begins: ${network}${datasetName(dataset.name)}`, 'accent'];
    }
    case 'epoch': {
      const test = event.testLoss === undefined ? '' : `, test ${formatLoss(event.testLoss)}`;
      const speed = `${formatSpeed(event.imagesPerSecond)} images/s`;
      return [`epoch ${event.epoch}: train ${formatLoss(event.trainLoss)}${test} · ${speed}`, 'value'];
    }
    case 'evaluation':
      return [`test loss ${formatLoss(event.testLoss)} over ${formatCount(event.items)} images`, 'value'];
    case 'metric':
      return [metricWords(event), 'value'];
    case 'other':
      return [event.text, 'label'];
    case 'checkpoint': {
      const best = event.best ? ', the best so far' : '';
      return [`saved ${event.path} (${formatBytes(event.bytes)}${best})`, 'good'];
    }
    case 'command':
      return [`${commandWords(event)} (${event.from})`, 'accent'];
    case 'warning':
      return [event.message, 'bad'];
    case 'end':
      return [endWords(event), event.status === 'completed' || event.status === 'stopped' ? 'good' : 'bad'];
  }
}

function metricWords({ name, value, unit, split }: MetricEvent): string {
  return `${name} ${formatMetric(value)}${unit === undefined ? '' : ` ${unit}`}${split === undefined ? '' : ` (${split})`}`;
}

function commandWords({ action, value }: CommandEvent): string {
  switch (action) {
    case 'pause':
      return 'paused';
    case 'resume':
      return 'resumed';
    case 'step':
      return 'one step';
    case 'learningRate':
      return `learning rate ${value ?? '?'}`;
    case 'epochs':
      return `ends after epoch ${value ?? '?'}`;
    case 'save':
      return 'saving';
    case 'evaluate':
      return 'measuring the test loss';
    case 'stop':
      return 'finishing';
    case 'rollback':
      return `the loss was not a number (NaN): back to the last checkpoint, learning rate ${value ?? '?'}`;
    case 'abandon':
      return 'abandoned';
  }
}

function endWords({ status, steps, durationMs, reason, error }: EndEvent): string {
  const words = `${status} after ${formatCount(steps)} steps in ${formatDuration(durationMs)}`;
  const because = error?.message ?? reason;
  return because === undefined ? words : `${words}: ${because}`;
}
