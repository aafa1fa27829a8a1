// The plugin `hparams`: what a session was set to.
// https://github.com/tensorflow/tensorboard/blob/master/tensorboard/plugins/hparams/plugin_data.proto
import { MOST_SETTINGS } from '../../events/measurements/limits.js';
import { MessageReader } from '../../protobuf/read.js';
import type { ToldBody } from '../format.js';
import type { Setting } from '../settings.js';
import { ANY, HPARAMS, MAP_ENTRY, SESSION_START_INFO } from './fields.js';

/** @param content of the tag that begins a session @throws WireError */
export function hyperparametersOf(content: Uint8Array): ToldBody | undefined {
  const values: Record<string, Setting> = Object.create(null);
  const data = new MessageReader(content);
  let count = 0;
  while (data.next()) {
    if (data.field !== HPARAMS.start) continue;
    const start = data.message();
    while (start.next() && count < MOST_SETTINGS) {
      if (start.field !== SESSION_START_INFO.values) continue;
      readEntry(start.message(), values);
      count += 1;
    }
  }
  return count === 0 ? undefined : { type: 'configuration', values: { ...values } };
}

function readEntry(entry: MessageReader, values: Record<string, Setting>): void {
  let name = '';
  let value: Setting = null;
  while (entry.next()) {
    if (entry.field === MAP_ENTRY.key) name = entry.text();
    else if (entry.field === MAP_ENTRY.value) value = settingOf(entry.message());
  }
  values[name.slice(0, 512)] = value;
}

function settingOf(any: MessageReader): Setting {
  let value: Setting = null;
  while (any.next()) {
    if (any.field === ANY.number) {
      const number = any.real();
      value = Number.isFinite(number) ? number : String(number);
    } else if (any.field === ANY.string) value = any.text().slice(0, 4096);
    else if (any.field === ANY.boolean) value = any.integer() !== 0;
  }
  return value;
}
