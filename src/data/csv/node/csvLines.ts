import { DataError } from '../../../errors.js';
import { LineReader } from '../../../text/lineReader.js';
import type { ImageShape } from '../../batch.js';
import { imageSize } from '../../batch.js';
import type { FileInput } from '../../dataFormat.js';
import { type CsvColumns, columnsOf, readLine } from '../csvImages.js';

/** One image. */
export interface CsvImage {
  readonly pixels: Uint8Array;
  readonly label: number;
}

/** Bytes of the longest line: an image of 1,000 × 1,000. */
const LONGEST = 4 * 2 ** 20;

/** Images of a file of lines, whose columns the first line tells. Empty lines are passed over. */
export class CsvLines {
  readonly #file: FileInput;
  readonly #shape: ImageShape | undefined;
  #columns: CsvColumns | undefined;
  #number = 0;

  /** @param shape of an image that is no square */
  constructor(file: FileInput, shape: ImageShape | undefined) {
    this.#file = file;
    this.#shape = shape;
  }

  /**
   * What the first line says, which is waited for.
   * @throws DataError `CSV_COLUMNS`, `CSV_LINE`
   */
  async columns(): Promise<CsvColumns> {
    let start = await this.#file.start(1);
    while (this.#columns === undefined) {
      const lines = new LineReader({ longest: LONGEST });
      const more = await this.#file.start(start.length + 1);
      const isEnd = more.length === start.length;
      const read = lines.push(more);
      const [first] = isEnd ? [...read, ...lines.flush()] : read;
      start = more;
      if (first === undefined && !isEnd && start.length <= LONGEST) continue;
      if (first?.text === undefined) throw tooLong(this.#file.path, 1);
      this.#columns = columnsOf(first.text, this.#file.path, this.#shape);
    }
    return this.#columns;
  }

  /** @throws DataError `CSV_VALUE`, `CSV_COLUMNS`, `CSV_LINE`, and whatever reading throws */
  async *images(): AsyncGenerator<CsvImage, void> {
    const columns = await this.columns();
    const lines = new LineReader({ longest: LONGEST });
    for await (const chunk of this.#file.bytes())
      for (const line of lines.push(chunk)) yield* this.#image(line.text, columns);
    for (const line of lines.flush()) yield* this.#image(line.text, columns);
  }

  *#image(text: string | undefined, columns: CsvColumns): Generator<CsvImage, void> {
    this.#number += 1;
    if (text === undefined) throw tooLong(this.#file.path, this.#number);
    if (text.trim() === '' || (this.#number === 1 && columns.hasHeader)) return;
    const pixels = new Uint8Array(imageSize(columns.shape));
    const label = readLine(text, columns, pixels, this.#file.path, this.#number);
    yield { pixels, label };
  }
}

function tooLong(path: string, number: number): DataError {
  return new DataError({
    code: 'CSV_LINE',
    path,
    problem: `line ${number}`,
    expected: `at most ${LONGEST} bytes a line`,
    actual: 'more',
    advice: 'Each image takes a line of its own: check how the file was written.',
  });
}
