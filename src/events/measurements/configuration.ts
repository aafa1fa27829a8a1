import { OptionError } from '../../errors.js';
import type { EventBody } from '../schema.js';
import { MOST_SETTINGS } from './limits.js';

/** A `configuration` event before it is stamped. */
export type ConfigurationBody = Extract<EventBody, { type: 'configuration' }>;

type Setting = ConfigurationBody['values'][string];

/** Deeper than any configuration, and than a circle of objects gets. */
const DEEPEST_NESTING = 16;

/**
 * What a training was set to, as the body of an event: hyperparameters by name. Objects in objects are flattened with dots, lists
 * become their JSON, NaN and infinities texts; what is undefined is left out.
 *
 * @example
 * const { values } = configuration({ model: { width: 32, skip: true }, rates: [0.1, 0.01] });
 * console.log(values); // { 'model.width': 32, 'model.skip': true, rates: '[0.1,0.01]' }
 *
 * @throws OptionError when `settings` are no object, hold more than 1,000 values, nest too deep, or hold what is no value
 */
export function configuration(settings: Readonly<Record<string, unknown>>): ConfigurationBody {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings))
    throw new OptionError('settings', settings, 'an object of values by name');
  const values = Object.fromEntries(flattened(settings, '', 1));
  if (Object.keys(values).length > MOST_SETTINGS)
    throw new OptionError('settings', `${Object.keys(values).length} values`, `at most ${MOST_SETTINGS}`);
  return { type: 'configuration', values };
}

function* flattened(settings: object, before: string, depth: number): Generator<readonly [string, Setting]> {
  for (const [key, value] of Object.entries(settings)) {
    const name = before + key;
    if (value === undefined) continue;
    if (isGroup(value)) {
      if (depth === DEEPEST_NESTING)
        throw new OptionError(name, undefined, `at most ${DEEPEST_NESTING} objects in each other`);
      yield* flattened(value, `${name}.`, depth + 1);
    } else yield [name, settingOf(name, value)];
  }
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

function settingOf(name: string, value: unknown): Setting {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  // JSON has no words for these: a text in memory, too, so that a file reads back as what was told.
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return listOf(name, value);
  throw new OptionError(name, value, 'a text, a number, true, false, null, a list, or an object of these');
}

function listOf(name: string, list: object): string {
  try {
    return JSON.stringify(Array.isArray(list) ? list : Array.from(list as unknown as Iterable<unknown>));
  } catch {
    throw new OptionError(name, undefined, 'a list that JSON can write');
  }
}
