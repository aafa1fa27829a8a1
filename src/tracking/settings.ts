import { MOST_SETTINGS } from '../events/measurements/limits.js';

/** A value of a configuration. */
export type Setting = string | number | boolean | null;

const LONGEST = 4096;
const DEEPEST = 16;

/** Settings of a JSON value from outside, by names with dots; lists become their JSON. At most 1,000, the first ones. */
export function settingsOf(value: unknown): Record<string, Setting> {
  const settings: Record<string, Setting> = Object.create(null);
  gather('', value, settings, { left: MOST_SETTINGS }, 0);
  return { ...settings };
}

function gather(
  name: string,
  value: unknown,
  into: Record<string, Setting>,
  budget: { left: number },
  depth: number,
): void {
  if (budget.left === 0 || depth > DEEPEST) return;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value))
      gather(name === '' ? key : `${name}.${key}`, inner, into, budget, depth + 1);
    return;
  }
  if (name === '') return;
  into[name.slice(0, LONGEST)] = settingOf(value);
  budget.left -= 1;
}

function settingOf(value: unknown): Setting {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, LONGEST);
}
