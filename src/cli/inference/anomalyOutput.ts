// Where `detect` says what it finds: lines on stdout, or a screen on the terminal.

import { newDetection, withImages } from '../../dashboard/detection/detection.js';
import type { SampleImage } from '../../dashboard/film/filmFrame.js';
import type { Batch } from '../../data/batch.js';
import { imageSize } from '../../data/batch.js';
import type { Threshold } from '../../inference/fitThreshold.js';
import type { Model } from '../../inference/model.js';
import { toBytes } from '../../inference/pictureBatch.js';
import type { Terminal } from '../../tui/screen/terminal.js';
import { writeChunk, writeText } from '../writeText.js';
import { scoreLine } from './scoreLine.js';
import type { Work } from './work.js';

export interface AnomalyOutput {
  /** It has the terminal to itself. */
  readonly drawn: boolean;
  /** Aborts when nobody wants to see more. */
  readonly ended: AbortSignal;
  /** Takes the images that were looked at; the places of those whose error is above the threshold. */
  take(batch: Batch, losses: Float32Array, anomalies: readonly number[]): Promise<void>;
  /** No more come. May be called more than once. */
  close(): Promise<void>;
}

/** A line of JSON for each anomaly, as it is found. */
export function anomalyLines({ context, line }: Work): AnomalyOutput {
  const ended = new AbortController();
  return {
    drawn: false,
    ended: ended.signal,
    async take(batch, losses, anomalies) {
      if (anomalies.length === 0) return;
      line.clear();
      const text = anomalies.map((item) => scoreLine(scoreOf(batch, losses, item))).join('');
      if (!(await writeChunk(context.stdout, text))) ended.abort();
    },
    close: async () => undefined,
  };
}

/** The errors over the images, and the last anomalies as pictures; at the end their lines, where the screen has gone. */
export async function anomalyScreen(
  terminal: Terminal,
  model: Model,
  { loss: threshold }: Threshold,
  fitted: string,
  { context, interrupt }: Work,
): Promise<AnomalyOutput> {
  const ended = new AbortController();
  const { openDetection } = await import('../../tui/openDetection.js');
  let detection = newDetection({ model: model.name, shape: model.inputShape, threshold, fitted });
  let isOpen = true;
  const screen = await openDetection(detection, {
    terminal,
    environment: context.environment,
    onQuit: () => ended.abort(),
    onInterrupt: interrupt,
  });
  return {
    drawn: true,
    ended: ended.signal,
    async take(batch, losses, anomalies) {
      const pictures = anomalies.map((item) => pictureOf(model, batch, losses, item));
      detection = withImages(detection, losses, pictures);
      screen.show(detection);
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      screen.close();
      await writeText(context.stdout, detection.anomalies.toReversed().map(scoreLine).join(''));
    },
  };
}

function scoreOf({ indices, labels }: Batch, losses: Float32Array, item: number) {
  const label = labels?.[item];
  return { index: indices[item]!, ...(label !== undefined && { label }), loss: losses[item]! };
}

function pictureOf(model: Model, batch: Batch, losses: Float32Array, item: number): SampleImage {
  const size = imageSize(model.inputShape);
  const input = batch.pixels.slice(item * size, (item + 1) * size);
  return {
    label: undefined,
    ...scoreOf(batch, losses, item),
    input: toBytes(input),
    reconstruction: model.reconstructBytes(input),
    target: undefined,
    latent: undefined,
  };
}
