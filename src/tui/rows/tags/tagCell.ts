// A tag in a cell of the grid: its title, and below it a chart, a picture, ridges or words.
import type { KeptImage } from '../../../dashboard/tags/keptImage.js';
import { printable } from '../../../text/printable.js';
import { drawTile, tileSize } from '../../charts/images/tile.js';
import { memoize } from '../../charts/memoize.js';
import { drawRidges } from '../../charts/tags/ridges.js';
import { drawTagBars } from '../../charts/tags/tagBars.js';
import { drawTagChart, type TagCurve } from '../../charts/tags/tagChart.js';
import type { Size } from '../../screen/size.js';
import { type Span, type Theme, widthOf } from '../../theme/theme.js';
import { wrapped } from '../fitWords.js';
import { configurationRows } from './configurationRows.js';
import { figureOf, itemsOf, type ShownTags, shownItem, stepsOfTag } from './shownTags.js';
import { CONFIGURATION, type TagItem } from './tagItems.js';
import { fromTheEnd, tagLabel, tagReading, tagTitle } from './tagTitle.js';

export interface TagCellLook extends Size {
  readonly isChosen: boolean;
  /** The name with its group. */
  readonly isWhole: boolean;
}

/** Exactly `rows` rows of exactly `columns` cells, with SGR codes. */
export function drawTagCell(item: TagItem, shown: ShownTags, look: TagCellLook): string[] {
  const { theme } = shown;
  if (look.rows === 1) return [theme.line(tagRow(item, shown, look))];
  const title = theme.line(tagTitle(item, shown, look));
  return [title, ...drawTagBody(item, shown, { columns: look.columns, rows: look.rows - 1 })];
}

/** @param scroll rows that words are moved by */
export function drawTagBody(item: TagItem, shown: ShownTags, size: Size, scroll = 0): string[] {
  const { runs, chosen, theme } = shown;
  if (item.kind === 'figure') return figureRows(item, shown, size);
  if (item.kind === 'image') {
    const image = shownItem(runs, ({ state }) => state.tags.images, item.name, chosen.cursor);
    return image === undefined ? blank(size) : imageRows(image, size, theme);
  }
  if (item.kind === 'histogram') {
    const all = itemsOf(runs, ({ state }) => state.tags.histograms, item.name);
    const at = shownItem(runs, ({ state }) => state.tags.histograms, item.name, chosen.cursor);
    return drawRidges(all, at, size, theme.glyphs).map(theme.line);
  }
  const rows = wordRows(item, shown, size.columns);
  const moved = Math.min(Math.max(0, rows.length - size.rows), scroll);
  return padded(rows.slice(moved, moved + size.rows), size, theme);
}

/** All rows of a text, or of the configuration. */
export function wordRows(item: TagItem, { runs, chosen }: ShownTags, columns: number): Span[][] {
  if (item.id === CONFIGURATION) return configurationRows(runs, columns);
  const text = shownItem(runs, ({ state }) => state.tags.texts, item.name, chosen.cursor)?.text ?? '';
  return textLines(text, columns - 2).map((line) => [['value', `  ${line}`.slice(0, columns)]]);
}

/** Lines that stay lines, in as many as each takes. */
function textLines(text: string, columns: number): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .slice(0, MOST_LINES)
    .flatMap((line) => wrapped(printable(line.replace(/\t/g, '    ')), columns));
}

/** Of a text of 65,536 line feeds. */
const MOST_LINES = 2000;

function figureRows(item: TagItem, shown: ShownTags, size: Size): string[] {
  const { runs, chosen, look, theme } = shown;
  const steps = stepsOfTag(shown, item);
  const curves = runs.flatMap((run): TagCurve[] => {
    const history = figureOf(run, item.name)?.history;
    return history === undefined ? [] : [{ history, tone: run.tone, ascii: run.ascii }];
  });
  if (curves.length === 0) return blank(size);
  const { cursor } = chosen;
  const { scale } = look;
  const draw = (): string[] =>
    drawTagChart({ curves, steps, scale, cursor, smoothing: look.smoothing }, size, theme.glyphs).map(theme.line);
  if (curves.length > 1) return draw();
  const { color, glyphs, black } = theme;
  const key = [...[size.columns, size.rows, steps.from, steps.to, steps.logarithmic, scale, cursor], look.smoothing];
  return charts(curves[0]!.history, [...key, curves[0]!.tone, color, glyphs, black].join(' '), draw);
}

/** A chart is drawn anew only where its figure has changed, or how it is looked at. */
const charts = memoize<TagCurve['history'], string[]>();
const images = memoize<KeptImage, string[]>();

const MOST_MAGNIFICATION = 8;

function imageRows(image: KeptImage, size: Size, theme: Theme): string[] {
  const { color, glyphs, black } = theme;
  return images(image, [size.columns, size.rows, color, glyphs, black].join(' '), () => {
    const space = { columns: size.columns, rows: size.rows };
    const options = { color, glyphs, black, space, magnification: MOST_MAGNIFICATION };
    const { columns } = tileSize(image.shape, space, MOST_MAGNIFICATION);
    const rows = drawTile(image.pixels, image.shape, options).map((row) => row + ' '.repeat(size.columns - columns));
    return [...rows, ...blank({ ...size, rows: size.rows - rows.length })];
  });
}

const NAME_SHARE = 0.42;
const VALUE_COLUMNS = 11;

/** Name, bars and value in one row. */
function tagRow(item: TagItem, shown: ShownTags, { columns, isChosen, isWhole }: TagCellLook): Span[] {
  const { runs, look, theme } = shown;
  const nameColumns = Math.max(1, Math.floor((columns - 2) * NAME_SHARE));
  const valueColumns = Math.min(VALUE_COLUMNS, Math.max(0, columns - 4 - nameColumns));
  const barColumns = Math.max(0, columns - 4 - nameColumns - valueColumns);
  const run = runs.find((candidate) => figureOf(candidate, item.name) !== undefined);
  const figure = item.kind === 'figure' && run ? figureOf(run, item.name) : undefined;
  const bars =
    figure === undefined || barColumns < 1
      ? item.kind.padEnd(barColumns).slice(0, barColumns)
      : drawTagBars(figure.history, stepsOfTag(shown, item), barColumns, look.smoothing, theme.glyphs);
  return [
    isChosen ? ['accent', '▸ '] : ['value', '  '],
    [isChosen ? 'accent' : 'value', fromTheEnd(tagLabel(item, isWhole), nameColumns).padEnd(nameColumns)],
    [figure === undefined ? 'label' : run!.tone, ` ${bars} `],
    ['value', tagReading(item, shown).slice(0, valueColumns).padStart(valueColumns)],
  ];
}

function blank({ columns, rows }: Size): string[] {
  return Array.from({ length: Math.max(0, rows) }, () => ' '.repeat(columns));
}

function padded(rows: readonly (readonly Span[])[], { columns, rows: count }: Size, theme: Theme): string[] {
  return Array.from({ length: count }, (_, row) => {
    const spans = rows[row] ?? [];
    return theme.line(spans) + ' '.repeat(Math.max(0, columns - widthOf(spans)));
  });
}
