// Of two texts for the same cells, the cells that differ: on a large screen most of a row stays as it was.

/** Cells in a row of the same colours. */
interface Run {
  /** The codes of ink and paper; empty for the terminal's own. */
  readonly ink: string;
  readonly paper: string;
  /** Place of the cell after its last one. */
  readonly end: number;
}

interface Cells {
  readonly runs: readonly Run[];
  /** One cell each. */
  readonly characters: string;
}

export interface ChangedCells {
  /** Place of the first cell. */
  readonly column: number;
  /** Leaves the terminal's own colours behind. */
  readonly text: string;
}

/** Fewer cells between two changes are written again: that is shorter than going to the next one. */
const LEAST_GAP = 12;

/** Letters that take two cells, or two units, begin here: their neighbours are not where they are counted. */
const WIDE = /[\u2fff-\uffff]/;

/**
 * Nothing where one of the texts has other sequences than those of colours, or letters that may be wide, or where they are not for
 * as many cells.
 */
export function changedCells(before: string, after: string): ChangedCells[] | undefined {
  if (WIDE.test(before) || WIDE.test(after)) return undefined;
  const [old, now] = [cellsOf(before), cellsOf(after)];
  if (old === undefined || now === undefined || old.characters.length !== now.characters.length) return undefined;
  return rangesOf(old, now).map(([from, to]) => ({ column: from, text: textOf(now, from, to) }));
}

function cellsOf(text: string): Cells | undefined {
  const runs: Run[] = [];
  let [ink, paper, characters, from] = ['', '', '', 0];
  while (from < text.length) {
    const sequence = text.indexOf('\u001b', from);
    const until = sequence < 0 ? text.length : sequence;
    if (until > from) {
      characters += text.slice(from, until);
      runs.push({ ink, paper, end: characters.length });
    }
    if (sequence < 0) break;
    const end = text.indexOf('m', sequence);
    if (text[sequence + 1] !== '[' || end < 0) return undefined;
    const colors = colorsIn(text.slice(sequence + 2, end));
    if (colors === undefined) return undefined;
    ink = colors.ink ?? ink;
    paper = colors.paper ?? paper;
    from = end + 1;
  }
  return { runs, characters };
}

const BASIC_INK = /^(?:3[0-7]|9[0-7])$/;
const EXTENDED = /^(?:(38;(?:5;\d+|2;\d+;\d+;\d+)))?;?(48;(?:5;\d+|2;\d+;\d+;\d+))?$/;

/** The codes that a sequence sets; nothing where it sets something else. */
function colorsIn(codes: string): { readonly ink?: string; readonly paper?: string } | undefined {
  if (codes === '39') return { ink: '' };
  if (codes === '49') return { paper: '' };
  if (codes === '0' || codes === '' || codes === '39;49') return { ink: '', paper: '' };
  if (BASIC_INK.test(codes)) return { ink: codes };
  const [, ink, paper] = EXTENDED.exec(codes) ?? [];
  if (ink === undefined && paper === undefined) return undefined;
  return { ...(ink !== undefined && { ink }), ...(paper !== undefined && { paper }) };
}

/** Where they differ, from a cell to the one after the last. */
function rangesOf(old: Cells, now: Cells): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  let [oldRun, nowRun] = [0, 0];
  for (let cell = 0; cell < now.characters.length; cell++) {
    while (old.runs[oldRun]!.end <= cell) oldRun++;
    while (now.runs[nowRun]!.end <= cell) nowRun++;
    const [one, other] = [old.runs[oldRun]!, now.runs[nowRun]!];
    if (
      old.characters.charCodeAt(cell) === now.characters.charCodeAt(cell) &&
      one.ink === other.ink &&
      one.paper === other.paper
    )
      continue;
    const last = ranges.at(-1);
    if (last !== undefined && cell - last[1] < LEAST_GAP) last[1] = cell + 1;
    else ranges.push([cell, cell + 1]);
  }
  return ranges;
}

function textOf({ runs, characters }: Cells, from: number, to: number): string {
  let [text, ink, paper, at] = ['', '', '', from];
  for (const run of runs) {
    if (run.end <= at) continue;
    if (at >= to) break;
    const codes = [
      ...(run.ink === ink ? [] : [run.ink || '39']),
      ...(run.paper === paper ? [] : [run.paper || '49']),
    ].join(';');
    const end = Math.min(run.end, to);
    text += (codes === '' ? '' : `\u001b[${codes}m`) + characters.slice(at, end);
    [ink, paper, at] = [run.ink, run.paper, end];
  }
  return text + (ink === '' ? '' : '\u001b[39m') + (paper === '' ? '' : '\u001b[49m');
}
