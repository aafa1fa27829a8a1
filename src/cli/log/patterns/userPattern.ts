// A pattern of the user's own: its named groups are figures, `step` and `epoch` the position.
import { createContext, Script } from 'node:vm';
import { MillraceError, OptionError } from '../../../errors.js';
import { type LinePattern, MOST_VALUES, numberIn, type Reading } from '../reading.js';

/** A pattern that goes back and forth takes exponential time; the engine can be interrupted in it from outside alone. */
const MOST_MS = 100;

const MATCHES = new Script(`[...line.matchAll(pattern)].slice(0, ${MOST_VALUES}).map(({ groups }) => groups)`);

/**
 * @throws OptionError where it is no regular expression, or has no named group. The pattern it gives throws a MillraceError `LOG_PATTERN` where a line
 * takes it longer than {@link MOST_MS}
 */
export function userPattern(source: string): LinePattern {
  const pattern = parsed(source);
  const room = createContext({ line: '', pattern });
  return (line) => {
    room.line = line;
    let matches: readonly Readonly<Record<string, string | undefined>>[];
    try {
      matches = MATCHES.runInContext(room, { timeout: MOST_MS });
    } catch {
      throw new MillraceError({
        code: 'LOG_PATTERN',
        problem: `the pattern ${source} takes more than ${MOST_MS} ms on a line of ${line.length} characters, so it is left out from here on`,
        advice: 'Repeat nothing that is repeated in itself, as (a+)+ does.',
      });
    }
    return readingOf(matches);
  };
}

function parsed(source: string): RegExp {
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, 'gu');
  } catch {
    try {
      // Without `u` more escapes are allowed, as people are used to.
      pattern = new RegExp(source, 'g');
    } catch (error) {
      throw new OptionError('regex', source, 'a regular expression', `JavaScript says: ${(error as Error).message}.`);
    }
  }
  if (/\(\?<[A-Za-z_$]/.test(source)) return pattern;
  throw new OptionError(
    'regex',
    source,
    'a named group for each figure',
    'Write loss[:= ]+(?<loss>[0-9.eE+-]+), where the group is called as the figure.',
  );
}

function readingOf(matches: readonly Readonly<Record<string, string | undefined>>[]): Reading | undefined {
  const values = new Map<string, number>();
  for (const groups of matches)
    for (const [name, text] of Object.entries(groups)) {
      const value = text === undefined ? undefined : numberIn(text.replace(/%$/, ''));
      if (value !== undefined) values.set(name, value);
    }
  if (values.size === 0) return undefined;
  const [epoch, step] = [values.get('epoch'), values.get('step')];
  values.delete('epoch');
  values.delete('step');
  return { values: [...values], epoch, step };
}
