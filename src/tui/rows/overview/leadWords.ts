// How the run stands beside its comparison, in words.

import { formatCount } from '../../../dashboard/format.js';
import type { Lead, LeadTime } from '../../../dashboard/lead.js';
import { printable } from '../../../text/printable.js';
import type { Span } from '../../theme/theme.js';

/**
 * The same in ever fewer words; nothing where there is nothing to compare yet.
 * @param comparison its name, where it has not just been said
 */
export function leadWords({ above, ahead }: Lead, comparison?: string): Span[][] {
  const share = above === undefined || !(Math.abs(above) < 100) ? undefined : shareWords(above);
  const name = comparison === undefined ? [] : [printable(comparison)];
  if (ahead === undefined) return share === undefined ? [] : said(above! <= 0, [share, ...name].join(' '), share);
  const [lead, joint] = leadTimeWords(ahead);
  const full = name.length === 0 ? lead : [lead, ...joint, ...name].join(' ');
  return said(ahead.amount >= 0, ...(share === undefined ? [] : [`${full} · ${share}`]), full, lead);
}

function said(good: boolean, ...texts: string[]): Span[][] {
  return texts.map((text) => [good ? ['good', `✓ ${text}`] : ['label', text]]);
}

/** How much, and the word between it and a name. */
function leadTimeWords({ amount, unit, atLeast }: LeadTime): [lead: string, joint: string[]] {
  const size = Math.abs(amount);
  if (size < (unit === 'steps' ? 1 : 0.05)) return ['even', ['with']];
  const precise = unit === 'epochs' && size < 10 && !(atLeast && Number.isInteger(size));
  const figure = precise ? size.toFixed(1) : formatCount(Math.floor(size));
  const much = `${figure}${atLeast ? '+' : ''} ${figure === '1' && !atLeast ? unit.slice(0, -1) : unit}`;
  return amount >= 0 ? [`${much} ahead`, ['of']] : [`${much} behind`, []];
}

function shareWords(above: number): string {
  return `${(Math.abs(above) * 100).toFixed(1)} % ${above <= 0 ? 'below' : 'above'}`;
}
