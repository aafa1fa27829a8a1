// `trainer_state.json`, which the Trainer of Hugging Face writes beside each checkpoint.
// https://github.com/huggingface/transformers/blob/main/src/transformers/trainer_callback.py (TrainerState)
import type { Decoded, Decoder, Rest, Told, TrackingFormat } from '../format.js';
import { flatNumbers } from '../ndjson/flatNumbers.js';
import { pythonJson } from '../ndjson/pythonJson.js';
import { rowPosition } from '../rowPosition.js';
import { settingsOf } from '../settings.js';
import { positionNames } from '../stepName.js';
import { ObjectEnd } from './objectEnd.js';

const LONGEST = 64 * 1024 * 1024;
const text = new TextDecoder();

export const trainerState: TrackingFormat = {
  title: 'trainer_state.json of Hugging Face',
  recognise(start, name) {
    const beginning = text.decode(start.subarray(0, 256 * 1024));
    if (!/^\s*\{/.test(beginning)) return false;
    return (
      beginning.includes('"log_history"') || (name === 'trainer_state.json' && beginning.includes('"global_step"'))
    );
  },
  decoder: () => new TrainerStateDecoder(),
};

/** The whole text at once: what is told of a part of it would be told again. */
class TrainerStateDecoder implements Decoder {
  readonly remarks: readonly string[] = [];
  readonly #end = new ObjectEnd();

  copy(): Decoder {
    return new TrainerStateDecoder();
  }

  decode(bytes: Uint8Array, rest: Rest): Decoded {
    const told: Told[] = [];
    if (bytes.length > LONGEST) return { told, used: 0, broken: 'it is longer than 64 MiB' };
    if (rest === 'more') return { told, used: 0, needed: 2 * bytes.length };
    const end = this.#end.in(bytes);
    if (end === undefined)
      return rest === 'nothing' && bytes.length > 0
        ? { told, used: 0, broken: 'it ends before its last brace' }
        : { told, used: 0 };
    const state = pythonJson(text.decode(bytes.subarray(0, end)));
    if (state === undefined) return { told, used: 0, broken: 'it is no JSON' };
    const { log_history: history, ...others } = state;
    const settings = Object.entries(others).filter(([, value]) => typeof value !== 'object' && value !== null);
    if (settings.length > 0)
      told.push({ body: { type: 'configuration', values: settingsOf(Object.fromEntries(settings)) }, step: 0 });
    if (Array.isArray(history)) for (const entry of history) readEntry(entry, told);
    return { told, used: bytes.length };
  }
}

const POSITION = positionNames(['step', 'epoch']);

function readEntry(entry: unknown, told: Told[]): void {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return;
  const numbers = flatNumbers(entry);
  const at = rowPosition(POSITION, (name) => numbers.get(name));
  for (const [name, value] of numbers)
    if (name !== POSITION.step && name !== POSITION.epoch) told.push({ body: { type: 'metric', name, value }, ...at });
}
