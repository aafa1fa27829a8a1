// What is known of a stream that is watched for anomalies: a value that grows with the images.
import type { SampleImage } from '../film/filmFrame.js';
import { addLosses, emptyHistory, type LossHistory } from '../history/lossHistory.js';

export interface Detection {
  /** Which model watches, for people. */
  readonly model: string;
  /** `[height, width, channels]` of an image. */
  readonly shape: readonly [number, number, number];
  /** An error above it is an anomaly. */
  readonly threshold: number;
  /** How the threshold was found, for people. */
  readonly fitted: string;
  readonly seen: number;
  readonly found: number;
  /** The errors, image by image. */
  readonly errors: LossHistory;
  /** The newest first. */
  readonly anomalies: readonly SampleImage[];
}

/** More than the widest terminal shows. */
const ANOMALIES_KEPT = 24;

export function newDetection(about: Pick<Detection, 'model' | 'shape' | 'threshold' | 'fitted'>): Detection {
  return { ...about, seen: 0, found: 0, errors: emptyHistory, anomalies: [] };
}

/** @param losses of the next images, in their order @param anomalies those above the threshold, in the same order */
export function withImages(detection: Detection, losses: Float32Array, anomalies: readonly SampleImage[]): Detection {
  const { seen, found, errors } = detection;
  return {
    ...detection,
    seen: seen + losses.length,
    found: found + anomalies.length,
    errors: addLosses(
      errors,
      Array.from(losses, (loss, item) => ({ step: seen + item + 1, loss })),
    ),
    anomalies:
      anomalies.length === 0
        ? detection.anomalies
        : [...anomalies.toReversed(), ...detection.anomalies].slice(0, ANOMALIES_KEPT),
  };
}
