// The message `Event` and the summaries in it. https://github.com/tensorflow/tensorboard/tree/master/tensorboard/compat/proto
import { MessageReader } from '../../protobuf/read.js';
import { printable } from '../../text/printable.js';
import type { Told, ToldBody } from '../format.js';
import { EVENT, HPARAMS_TAGS, IMAGE, METADATA, PLUGIN, SUMMARY, VALUE } from './fields.js';
import { histogramOfMessage, histogramOfTriples } from './histogram.js';
import { hyperparametersOf } from './hyperparameters.js';
import { numbersOf, textsOf } from './tensor.js';

/** Tags whose plugin is remembered: only the first value of one has to name it. */
const MOST_TAGS = 10_000;
/** Pictures of one value that are taken. */
const MOST_PICTURES = 64;
const LONGEST_TEXT = 64 * 1024;

interface Value {
  tag: string;
  plugin: string | undefined;
  content: Uint8Array | undefined;
  number: number | undefined;
  image: Uint8Array | undefined;
  histogram: Uint8Array | undefined;
  tensor: Uint8Array | undefined;
}

/** Reads the summaries of one file. */
export class SummaryReader {
  readonly #plugins = new Map<string, string>();
  readonly #leftOut = new Set<string>();

  get remarks(): readonly string[] {
    if (this.#leftOut.size === 0) return [];
    return [`what the plugins ${[...this.#leftOut].sort().join(', ')} wrote is not shown`];
  }

  /** @throws WireError */
  read(data: Uint8Array, told: Told[]): void {
    const event = new MessageReader(data);
    let [time, step] = [Number.NaN, 0];
    const summaries: Uint8Array[] = [];
    while (event.next()) {
      if (event.field === EVENT.wallTime) time = event.real() * 1000;
      else if (event.field === EVENT.step) step = event.integer();
      else if (event.field === EVENT.summary) summaries.push(event.bytes());
    }
    for (const summary of summaries)
      for (const body of this.#bodiesOf(new MessageReader(summary)))
        told.push({ body, step, ...(Number.isFinite(time) && { time }) });
  }

  *#bodiesOf(summary: MessageReader): Generator<ToldBody> {
    while (summary.next()) if (summary.field === SUMMARY.value) yield* this.#bodyOf(readValue(summary.message()));
  }

  *#bodyOf(value: Value): Generator<ToldBody> {
    const { tag, number, image, histogram, tensor } = value;
    if (number !== undefined) yield { type: 'metric', name: tag, value: number };
    if (image !== undefined) yield { type: 'encodedImage', name: tag, bytes: image };
    if (histogram !== undefined) yield* some(histogramOfMessage(tag, histogram));
    const plugin = this.#pluginOf(value);
    if (plugin === 'hparams')
      yield* some(value.content && tag === HPARAMS_TAGS.start ? hyperparametersOf(value.content) : undefined);
    else if (tensor !== undefined) yield* this.#tensorBody(tag, plugin, tensor);
  }

  #pluginOf({ tag, plugin }: Value): string | undefined {
    if (plugin === undefined) return this.#plugins.get(tag);
    if (this.#plugins.size < MOST_TAGS) this.#plugins.set(tag, plugin);
    return plugin;
  }

  *#tensorBody(tag: string, plugin: string | undefined, tensor: Uint8Array): Generator<ToldBody> {
    switch (plugin) {
      case 'scalars': {
        const [value] = numbersOf(tensor);
        if (value !== undefined) yield { type: 'metric', name: tag, value };
        break;
      }
      case 'histograms':
        yield* some(histogramOfTriples(tag, numbersOf(tensor)));
        break;
      case 'images': {
        // The first two are its width and height, in digits.
        const pictures = textsOf(tensor).slice(2, 2 + MOST_PICTURES);
        for (const [index, bytes] of pictures.entries())
          yield { type: 'encodedImage', name: pictures.length === 1 ? tag : `${tag}/${index}`, bytes };
        break;
      }
      case 'text':
        yield { type: 'text', name: tag, text: joinedText(textsOf(tensor)) };
        break;
      default:
        if (plugin !== undefined && this.#leftOut.size < 8) this.#leftOut.add(printable(plugin.slice(0, 32)));
    }
  }
}

function* some(body: ToldBody | undefined): Generator<ToldBody> {
  if (body !== undefined) yield body;
}

function readValue(message: MessageReader): Value {
  const value: Value = {
    tag: '',
    plugin: undefined,
    content: undefined,
    number: undefined,
    image: undefined,
    histogram: undefined,
    tensor: undefined,
  };
  while (message.next()) {
    if (message.field === VALUE.tag) value.tag = message.text();
    else if (message.field === VALUE.number) value.number = message.real();
    else if (message.field === VALUE.image) value.image = bytesIn(message.message(), IMAGE.encoded);
    else if (message.field === VALUE.histogram) value.histogram = message.bytes();
    else if (message.field === VALUE.tensor) value.tensor = message.bytes();
    else if (message.field === VALUE.metadata) readMetadata(message.message(), value);
  }
  return value;
}

function readMetadata(metadata: MessageReader, value: Value): void {
  while (metadata.next()) {
    if (metadata.field !== METADATA.plugin) continue;
    const plugin = metadata.message();
    while (plugin.next()) {
      if (plugin.field === PLUGIN.name) value.plugin = plugin.text();
      else if (plugin.field === PLUGIN.content) value.content = plugin.bytes();
    }
  }
}

function bytesIn(message: MessageReader, field: number): Uint8Array | undefined {
  let found: Uint8Array | undefined;
  while (message.next()) if (message.field === field) found = message.bytes();
  return found;
}

const decoder = new TextDecoder();

function joinedText(texts: readonly Uint8Array[]): string {
  let joined = '';
  for (const text of texts) {
    joined += (joined === '' ? '' : '\n') + decoder.decode(text.subarray(0, LONGEST_TEXT));
    if (joined.length > LONGEST_TEXT) break;
  }
  return joined.slice(0, LONGEST_TEXT);
}
