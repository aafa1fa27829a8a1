import type { MessageReader } from '../../protobuf/read.js';
import { parseShallowJson } from '../../text/parseShallowJson.js';
import { ITEM } from './fields.js';

/** A name and its value, of a history or a configuration. */
export interface Item {
  /** Of a value in dictionaries: all their keys. */
  readonly keys: readonly string[];
  /** As in JSON. */
  readonly value: unknown;
}

/** Deeper than any dictionary that is logged. */
const MOST_KEYS = 16;

/** @throws WireError */
export function itemOf(item: MessageReader): Item {
  const nested: string[] = [];
  let key: string | undefined;
  let value: unknown = null;
  while (item.next()) {
    if (item.field === ITEM.key) key = item.text();
    else if (item.field === ITEM.nestedKey && nested.length < MOST_KEYS) nested.push(item.text());
    else if (item.field === ITEM.boolean) value = item.integer() !== 0;
    else if (item.field === ITEM.integer) value = withSign(item.integer());
    else if (item.field === ITEM.number) value = item.real();
    else if (item.field === ITEM.text) value = item.text();
    else if (item.field === ITEM.json || item.field === ITEM.valueJson) value = valueOfJson(item.text());
  }
  return { keys: key === undefined ? nested : [key], value };
}

const TYPE = '_type';

/**
 * What is one value though its parts are items of their own: histograms and pictures, which say their type, become objects again.
 */
export function joinedMedia(items: readonly Item[]): readonly Item[] {
  const media = items
    .filter(({ keys }) => keys.length > 1 && keys.at(-1) === TYPE)
    .map(({ keys }) => keys.slice(0, -1));
  if (media.length === 0) return items;
  const partOf = (item: Item): readonly string[] | undefined =>
    media.find((keys) => item.keys.length > keys.length && keys.every((key, at) => key === item.keys[at]));
  const whole = media.map((keys) => ({
    keys,
    value: objectOf(
      items.filter((item) => partOf(item) === keys),
      keys.length,
    ),
  }));
  return [...items.filter((item) => partOf(item) === undefined), ...whole];
}

/** @param depth of the object whose parts they are */
function objectOf(items: readonly Item[], depth: number): Record<string, unknown> {
  const object: Record<string, unknown> = Object.create(null);
  for (const { keys, value } of items) {
    const [key = '', inner] = keys.slice(depth);
    if (inner === undefined) object[key] = value;
    // `packedBins` is as deep as it goes.
    else object[key] = { ...(object[key] as object | undefined), [inner]: value };
  }
  return object;
}

/** Signed numbers stand there in turn: 0, −1, 1, −2 … */
function withSign(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** Python writes NaN and infinities as no JSON does. */
function valueOfJson(text: string): unknown {
  if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') return Number(text);
  return parseShallowJson(text);
}
