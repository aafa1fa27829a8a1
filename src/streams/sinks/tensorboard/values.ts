// What stands in a summary: a tag and a value. Numbers, pictures and histograms in the older of TensorBoard's two forms, which its own
// readers convert and all others know.
import { bytes, double, doubles, float, integer, type Message, message, text } from '../../../protobuf/write.js';
import {
  DATA_CLASS,
  DTYPE,
  HISTOGRAM,
  IMAGE,
  METADATA,
  PLUGIN,
  TENSOR,
  VALUE,
} from '../../../tracking/tensorboard/fields.js';

/** A figure, as a 32-bit float: what TensorBoard keeps. */
export function scalarValue(tag: string, value: number): Message {
  return [text(VALUE.tag, tag), float(VALUE.number, value)];
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly png: Uint8Array;
}

export function imageValue(tag: string, { width, height, channels, png }: Picture): Message {
  const image = [
    integer(IMAGE.height, height),
    integer(IMAGE.width, width),
    integer(IMAGE.channels, channels),
    bytes(IMAGE.encoded, png),
  ];
  return [text(VALUE.tag, tag), message(VALUE.image, image)];
}

export interface Histogram {
  /** Ascending, one more than `counts`. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** Sums are those of the middles of the buckets. */
export function histogramValue(tag: string, { edges, counts }: Histogram): Message {
  const middles = counts.map((_, at) => (edges[at]! + edges[at + 1]!) / 2);
  const total = (of: (middle: number) => number): number =>
    counts.reduce((sum, count, at) => sum + count * of(middles[at]!), 0);
  const histogram = [
    double(HISTOGRAM.minimum, edges[0]!),
    double(HISTOGRAM.maximum, edges.at(-1)!),
    double(
      HISTOGRAM.count,
      total(() => 1),
    ),
    double(HISTOGRAM.sum, total(Number)),
    double(
      HISTOGRAM.sumOfSquares,
      total((middle) => middle ** 2),
    ),
    doubles(HISTOGRAM.limits, edges.slice(1)),
    doubles(HISTOGRAM.counts, counts),
  ];
  return [text(VALUE.tag, tag), message(VALUE.histogram, histogram)];
}

/** Markdown. */
export function textValue(tag: string, markdown: string): Message {
  return tensorValue(tag, 'text', new TextEncoder().encode(markdown));
}

/** A string that a plugin reads. */
export function tensorValue(tag: string, plugin: string, content: Uint8Array): Message {
  const tensor = [integer(TENSOR.dtype, DTYPE.string), message(TENSOR.shape, []), bytes(TENSOR.string, content)];
  return [
    text(VALUE.tag, tag),
    message(VALUE.metadata, [
      message(METADATA.plugin, [text(PLUGIN.name, plugin)]),
      integer(METADATA.dataClass, DATA_CLASS.tensor),
    ]),
    message(VALUE.tensor, tensor),
  ];
}
