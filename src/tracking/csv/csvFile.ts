// Tables of measurements: Lightning's metrics.csv, in whose rows most cells are empty, Keras's CSVLogger, TensorBoard's download, and
// others that say where a row stands.
import { printable } from '../../text/printable.js';
import type { Decoded, Decoder, Rest, Told, TrackingFormat } from '../format.js';
import { rowPosition } from '../rowPosition.js';
import { type PositionNames, positionNames, timeOf } from '../stepName.js';
import { TextLines } from '../textLines.js';
import { cellsOf, SEPARATORS } from './cells.js';

export const csvFile: TrackingFormat = {
  title: 'CSV with a column of steps or epochs (Lightning, Keras and others)',
  recognise: (start) => tableOf(firstLine(start)) !== undefined,
  decoder: () => new CsvDecoder(undefined),
};

interface Table {
  readonly header: string;
  readonly separator: string;
  readonly names: readonly string[];
  readonly position: PositionNames;
}

const LONGEST_HEADER = 64 * 1024;
const text = new TextDecoder();

function firstLine(start: Uint8Array): string {
  if (start.subarray(0, LONGEST_HEADER).includes(0)) return '';
  const end = start.indexOf(10);
  return text.decode(start.subarray(0, end < 0 ? LONGEST_HEADER : end));
}

/** What a header says; `undefined` where it is none, or does not say where a row stands. */
function tableOf(line: string): Table | undefined {
  const header = line.trim();
  const separator = SEPARATORS.find((candidate) => header.includes(candidate));
  if (separator === undefined || /^[[{<]/.test(header)) return undefined;
  const names = cellsOf(header, separator);
  const position = positionNames(names);
  return position.step === undefined || names.some(isNumber) ? undefined : { header, separator, names, position };
}

class CsvDecoder implements Decoder {
  readonly #lines = new TextLines();
  #table: Table | undefined;

  constructor(table: Table | undefined) {
    this.#table = table;
  }

  get remarks(): readonly string[] {
    const step = this.#table?.position.step;
    return step === undefined || step === 'step'
      ? []
      : [`its steps are those of the column ${printable(step.slice(0, 64))}`];
  }

  copy(): Decoder {
    return new CsvDecoder(this.#table);
  }

  decode(bytes: Uint8Array, rest: Rest): Decoded {
    const { lines, decoded } = this.#lines.in(bytes, rest, this.#table === undefined);
    const told: Told[] = [];
    for (const line of lines) {
      const row = line.trim();
      if (row === '') continue;
      if (this.#table === undefined) {
        this.#table = tableOf(row);
        if (this.#table === undefined) return { told, used: 0, broken: 'its first line names no column of steps' };
      } else if (row !== this.#table.header) this.#readRow(row, this.#table, told);
    }
    return { told, ...decoded };
  }

  #readRow(row: string, { separator, names, position }: Table, told: Told[]): void {
    const cells = cellsOf(row, separator);
    // Another training may have begun its own table below.
    if (!cells.some(isNumber)) {
      this.#table = tableOf(row) ?? this.#table;
      return;
    }
    const at = rowPosition(position, (name) => cells[names.indexOf(name)]);
    for (const [index, cell] of cells.entries()) {
      const name = names[index];
      if (name === undefined || name === position.step || name === position.epoch || !isNumber(cell)) continue;
      if (name === position.time && timeOf(cell) !== undefined) continue;
      told.push({ body: { type: 'metric', name, value: numberOf(cell) }, ...at });
    }
  }
}

/** What Python, R and spreadsheets write for NaN and infinities. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
]);

/** `NA` is a cell without a value. */
function isNumber(cell: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell) || WORDS.has(cell.toLowerCase());
}

function numberOf(cell: string): number {
  return WORDS.get(cell.toLowerCase()) ?? Number(cell);
}
