import { CALLER_OPTIONS } from '../../../events/callerOptions.js';
import type { RunEvent } from '../../../events/schema.js';
import type { Setting } from './sessions.js';

/** What computes the same in another place. */
const LEFT_OUT: readonly string[] = [...CALLER_OPTIONS, 'output', 'offline'];

/** What a run was given, by the names of its options, to compare runs by. A network that is a value goes by its name. */
export function settingsOf({ config = {}, dataset, architecture, engine, parameters }: RunEvent): Map<string, Setting> {
  const settings = new Map<string, Setting>();
  const known = { ...config, data: dataset.name, engine: engine.name, parameters };
  for (const [name, value] of Object.entries({ ...known, architecture: architecture?.name ?? config.architecture }))
    if (LEFT_OUT.includes(name)) continue;
    else if (isSetting(value)) settings.set(name, value);
    else if (value !== undefined && value !== null) settings.set(name, JSON.stringify(value));
  return settings;
}

function isSetting(value: unknown): value is Setting {
  return typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
}
