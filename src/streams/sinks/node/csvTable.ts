import { rm, stat } from 'node:fs/promises';
import { SinkError } from '../../../errors.js';
import type { MillraceEvent } from '../../../events/schema.js';
import type { Sink } from '../sink.js';
import { fileSink } from './fileSink.js';

/** A new file of comma-separated values, a row an event (RFC 4180, with a row of names, LF). It is left with whole rows. */
export class CsvTable<Event extends MillraceEvent> {
  readonly #path: string;
  readonly #columns: readonly (keyof Event & string)[];
  #isNew = true;
  #hasRows = false;
  #file: Sink | undefined;

  constructor(path: string, columns: readonly (keyof Event & string)[]) {
    this.#path = path;
    this.#columns = columns;
  }

  /** @throws SinkError where there is something else in its place */
  async refuseOther(): Promise<void> {
    const present = await stat(this.#path).catch(() => undefined);
    this.#isNew = present === undefined;
    if (present === undefined || (present.isFile() && present.size === 0)) return;
    throw new SinkError({
      code: present.isFile() ? 'SINK_EXISTS' : 'SINK_UNWRITABLE',
      path: this.#path,
      problem: present.isFile() ? 'this file already holds something' : 'a file is needed, and this is none',
      advice: 'Choose another name; the tables of a run lie beside each other, and are never mixed or overwritten.',
    });
  }

  /** @throws SinkError */
  async open(): Promise<Sink> {
    this.#file ??= await fileSink(this.#path);
    return this.#file;
  }

  write(event: Event): void | Promise<void> {
    const row = `${this.#columns.map((column) => cellOf(event[column])).join(',')}\n`;
    if (this.#file === undefined) return this.open().then(() => this.write(event));
    const text = this.#hasRows ? row : `${this.#columns.join(',')}\n${row}`;
    this.#hasRows = true;
    return this.#file.write(text, 1);
  }

  /** One that was made here and has no rows goes again. */
  async close(): Promise<void> {
    if (this.#file === undefined) return;
    await this.#file.close();
    if (this.#isNew && !this.#hasRows) await rm(this.#path, { force: true });
  }
}

/** Text is quoted where it has to be; what there is not is empty. */
function cellOf(value: unknown): string {
  const text = value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
