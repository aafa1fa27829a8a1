// What TensorBoard is shown of each event.
import { encode } from 'fast-png';
import { EventError } from '../../../errors.js';
import { samplePng } from '../../../events/samplePng.js';
import type {
  ImageEvent,
  MetricEvent,
  MillraceEvent,
  RunEvent,
  SampleEvent,
  WeightsEvent,
} from '../../../events/schema.js';
import { joinBytes } from '../../../joinBytes.js';
import type { Message } from '../../../protobuf/write.js';
import { decodeBase64, decodeBytes } from '../../../text/base64.js';
import { filterPicture } from './filterPicture.js';
import { chartLayout } from './layout.js';
import { levelHistogram } from './levelHistogram.js';
import { architectureTable } from './runText.js';
import { type Setting, sessionEnd, sessionStart } from './sessions.js';
import { settingsOf } from './settings.js';
import { histogramValue, imageValue, scalarValue, textValue } from './values.js';

/** The values of an event; of most kinds there are none. */
export function eventValues(event: MillraceEvent): readonly Message[] {
  switch (event.type) {
    case 'loss':
      return [scalarValue('loss/batch', event.loss), scalarValue('learning_rate', event.learningRate)];
    case 'epoch':
      return [
        scalarValue('loss/train', event.trainLoss),
        ...(event.testLoss === undefined ? [] : [scalarValue('loss/test', event.testLoss)]),
        scalarValue('images_per_second/epoch', event.imagesPerSecond),
      ];
    case 'evaluation':
      return [scalarValue('loss/test', event.testLoss)];
    case 'stats':
      return [scalarValue('images_per_second/now', event.imagesPerSecond)];
    case 'metric':
      return [scalarValue(metricTag(event), event.value)];
    case 'image':
      return ownPicture(event);
    case 'histogram':
      return [histogramValue(event.name, event)];
    case 'text':
      return [textValue(event.name, event.text)];
    case 'configuration':
      return [sessionStart(new Map(Object.entries(event.values).filter(isSetting)), secondsOf(event))];
    case 'sample':
      return [...samplePicture(event), ...latentHistogram(event)];
    case 'weights':
      return weightValues(event);
    case 'run':
      return runValues(event);
    case 'end':
      return [sessionEnd(event.status === 'completed' || event.status === 'stopped', secondsOf(event))];
    default:
      return [];
  }
}

/** Of an event, since 1970; the beginning of 1970 where it does not tell. */
export function secondsOf({ time }: Pick<MillraceEvent, 'time'>): number {
  return (Date.parse(time) || 0) / 1000;
}

function metricTag({ name, split }: MetricEvent): string {
  return split === undefined ? name : `${name}/${split}`;
}

function samplePicture(event: SampleEvent): Message[] {
  try {
    return [imageValue(`sample/${event.split}`, pictureOf(samplePng(event), event.shape[2]))];
  } catch (error) {
    // Images of two channels, say, or pixels that are not there in the file of another program.
    if (error instanceof EventError) return [];
    throw error;
  }
}

function ownPicture({ name, shape, pixels }: ImageEvent): Message[] {
  const [height, width, channels] = shape;
  const data = decodeBytes(pixels, height * width * channels);
  if (data === undefined) return [];
  return [imageValue(name, { width, height, channels, png: encode({ width, height, channels, data }) })];
}

function isSetting(entry: readonly [string, Setting | null]): entry is [string, Setting] {
  return entry[1] !== null;
}

/** The size is that which its first chunk says. */
function pictureOf(png: Uint8Array, channels: number) {
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20), channels, png };
}

function latentHistogram({ split, items }: SampleEvent): Message[] {
  const latents = items.flatMap(({ latent }) => latent ?? []);
  const [first] = latents;
  if (first === undefined) return [];
  const bytes = joinBytes(latents.map(({ values }) => decodeBase64(values)));
  // All items of a sample have one range.
  const histogram = levelHistogram({ low: first.low, high: first.high, bytes });
  return histogram === undefined ? [] : [histogramValue(`latent/${split}`, histogram)];
}

function weightValues(event: WeightsEvent): Message[] {
  const { layer, filters } = event;
  const picture = filterPicture(event);
  const histogram = levelHistogram({ ...filters, bytes: decodeBase64(filters.values) });
  return [
    ...(picture === undefined ? [] : [imageValue(`filters/${layer}`, picture)]),
    ...(histogram === undefined ? [] : [histogramValue(`weights/${layer}`, histogram)]),
  ];
}

function runValues(event: RunEvent): Message[] {
  const table = architectureTable(event);
  return [
    sessionStart(settingsOf(event), secondsOf(event)),
    chartLayout('training and test loss', ['^loss/train$', '^loss/test$']),
    ...(table === undefined ? [] : [textValue('architecture', table)]),
  ];
}
