import type { RunEvent } from '../../events/schema.js';
import { OPTION_NAMES, resolveConfig } from '../../run/config.js';
import { shellWord } from '../../text/shellWord.js';

/** What this machine has chosen, and where things were. */
const LEFT_OUT: readonly string[] = ['output', 'offline', 'engine', 'backend', 'threads', 'initial', 'name', 'resume'];

/** The command line that trains the same: the options that are not the default ones. A network that is a value stands as a file to be given. */
export function repeatCommand({ config = {} }: RunEvent): string {
  const defaults = defaultsBeside(config.architecture);
  const flags = Object.entries(config).flatMap(([option, value]) => {
    const isGiven = OPTION_NAMES.includes(option) && !LEFT_OUT.includes(option);
    if (!isGiven || JSON.stringify(value) === JSON.stringify(defaults[option])) return [];
    const flag = `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (typeof value === 'boolean') return value ? [flag] : [];
    if (typeof value === 'object') return [flag, `${option.toUpperCase()}.json`];
    return [flag, shellWord(String(value))];
  });
  return ['millrace train', ...flags].join(' ');
}

/** Some presets have defaults of their own. */
function defaultsBeside(architecture: unknown): Readonly<Record<string, unknown>> {
  try {
    return { ...resolveConfig(typeof architecture === 'string' ? { architecture } : {}) };
  } catch {
    return { ...resolveConfig({}) };
  }
}
