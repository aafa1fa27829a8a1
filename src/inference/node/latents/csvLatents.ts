import { createReadStream } from 'node:fs';
import { DataError } from '../../../errors.js';
import { type LayerShape, shapeSize } from '../../../model/layers/definition/layerShape.js';
import { LineReader } from '../../../text/lineReader.js';
import { quote } from '../../../text/quote.js';
import type { LatentBatch } from '../../latentBatch.js';
import { foreignLatents, type OpenedLatents } from './openedLatents.js';

/** Latents in a CSV file as `writeLatentRows` writes it: with a head, and with labels or without. */
export function csvLatents(path: string, latentShape: LayerShape): OpenedLatents {
  return { path, batches: (size) => batchesOf(path, latentShape, size) };
}

async function* batchesOf(path: string, latentShape: LayerShape, batchSize: number): AsyncGenerator<LatentBatch> {
  const size = shapeSize(latentShape);
  let rows = new Rows(latentShape);
  let hasLabels = false;
  let line = 0;
  for await (const text of linesOf(path)) {
    line += 1;
    const cells = text.split(',');
    if (line === 1) {
      hasLabels = cells[0] === 'label';
      if (cells.length - Number(hasLabels) !== size)
        throw foreignLatents(path, latentShape, `${cells.length - Number(hasLabels)} columns of latents`);
      continue;
    }
    rows.add(valuesOf(cells, size, { path, line, hasLabels }), hasLabels ? Number(cells[0]) : undefined);
    if (rows.length < batchSize) continue;
    yield rows.batch();
    rows = new Rows(latentShape);
  }
  if (rows.length > 0) yield rows.batch();
}

class Rows {
  readonly #latentShape: LayerShape;
  readonly #values: number[] = [];
  readonly #labels: number[] = [];
  length = 0;

  constructor(latentShape: LayerShape) {
    this.#latentShape = latentShape;
  }

  add(values: readonly number[], label: number | undefined): void {
    for (const value of values) this.#values.push(value);
    if (label !== undefined) this.#labels.push(label);
    this.length += 1;
  }

  batch(): LatentBatch {
    const labels = this.#labels.length > 0 ? { labels: Uint8Array.from(this.#labels) } : {};
    return { length: this.length, latentShape: this.#latentShape, latents: Float32Array.from(this.#values), ...labels };
  }
}

interface Place {
  readonly path: string;
  readonly line: number;
  readonly hasLabels: boolean;
}

function valuesOf(cells: readonly string[], size: number, { path, line, hasLabels }: Place): readonly number[] {
  const expected = size + Number(hasLabels);
  const wrong = (code: 'CSV_COLUMNS' | 'CSV_VALUE', wanted: string, actual: string): DataError =>
    new DataError({ code, path, problem: `line ${line}`, expected: wanted, actual, advice: 'Make the file again.' });
  if (cells.length !== expected) throw wrong('CSV_COLUMNS', `${expected} columns`, String(cells.length));
  return cells.slice(Number(hasLabels)).map((cell) => {
    const value = cell.trim() === '' ? Number.NaN : Number(cell);
    if (Number.isNaN(value) && cell.trim() !== 'NaN') throw wrong('CSV_VALUE', 'a number', quote(cell.slice(0, 40)));
    return value;
  });
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const reader = new LineReader();
  for await (const chunk of createReadStream(path))
    for (const { text } of reader.push(chunk as Uint8Array)) yield text ?? '';
  if (reader.rest !== undefined && reader.rest !== '') yield reader.rest;
}
