// What a training was set to, a row each; of several runs beside each other, and what differs stands out.
import type { Setting } from '../../../dashboard/tags/tags.js';
import { printable } from '../../../text/printable.js';
import type { Span } from '../../theme/theme.js';
import type { TagRun } from './shownTags.js';

const GAP = 2;
const MOST_SHARE = 0.5;

export function configurationRows(runs: readonly Pick<TagRun, 'state' | 'tone'>[], columns: number): Span[][] {
  const settings = runs.map(({ state }) => state.tags.configuration);
  const names = [...new Set(settings.flatMap((values) => Object.keys(values)))];
  const longest = Math.max(0, ...names.map((name) => printable(name).length));
  const nameColumns = Math.min(longest, Math.max(1, Math.floor((columns - GAP) * MOST_SHARE)));
  const valueColumns = Math.max(1, Math.floor((columns - 2 * GAP - nameColumns) / Math.max(1, runs.length)));
  return names.map((name): Span[] => {
    const values = settings.map((all) => settingText(Object.hasOwn(all, name) ? all[name] : undefined));
    const differs = values.some((value) => value !== values[0]);
    return [
      ['label', `${' '.repeat(GAP)}${cut(printable(name), nameColumns).padEnd(nameColumns)}${' '.repeat(GAP)}`],
      ...values.map((value, place): Span => {
        const tone = differs ? runs[place]!.tone : 'value';
        return [tone, cut(value, valueColumns - (runs.length > 1 ? 1 : 0)).padEnd(valueColumns)];
      }),
    ];
  });
}

function settingText(value: Setting | undefined): string {
  return value === undefined ? '–' : printable(String(value));
}

function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`.slice(0, Math.max(0, columns));
}
