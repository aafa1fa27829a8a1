// A terminal that a test can look at: what is written goes through xterm's own parser.
import xterm from '@xterm/headless';
import type { Terminal } from '../../src/tui/screen/terminal.js';

export interface FakeTerminal extends Terminal {
  readonly raw: boolean;
  readonly closed: boolean;
  /** Everything written so far, write by write. */
  readonly writes: readonly string[];
  foreground: boolean;
  /** Nobody is there any more. */
  hangUp(): void;
  type(text: string): void;
  resize(columns: number, rows: number): void;
  /** The visible rows, without the spaces at their ends. */
  screen(): Promise<string[]>;
  /** What has scrolled away, and lies below the alternate screen. */
  normalScreen(): Promise<string[]>;
  onAlternateScreen(): Promise<boolean>;
  /** Foreground and background of a cell, -1 for the terminal's own. */
  colorsAt(row: number, column: number): Promise<{ ink: number; paper: number }>;
}

export function fakeTerminal(columns: number, rows: number): FakeTerminal {
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 100 });
  const inputs = new Set<(text: string) => void>();
  const resizes = new Set<() => void>();
  const leavers = new Set<() => void>();
  const writes: string[] = [];
  let raw = false;
  let closed = false;
  const settled = (): Promise<void> => new Promise((resolve) => emulator.write('', resolve));
  const rowsOf = (buffer: typeof emulator.buffer.active, from: number, to: number): string[] =>
    Array.from(
      { length: to - from },
      (_, row) =>
        buffer
          .getLine(from + row)
          ?.translateToString()
          .trimEnd() ?? '',
    );

  return {
    foreground: true,
    writes,
    get raw() {
      return raw;
    },
    get closed() {
      return closed;
    },
    get columns() {
      return emulator.cols;
    },
    get rows() {
      return emulator.rows;
    },
    write(text) {
      if (closed) throw new Error('written to after it was closed');
      writes.push(text);
      emulator.write(text);
    },
    setRawMode(next) {
      raw = next;
    },
    onInput(listener) {
      inputs.add(listener);
      return () => inputs.delete(listener);
    },
    onResize(listener) {
      resizes.add(listener);
      return () => resizes.delete(listener);
    },
    onGone(listener) {
      leavers.add(listener);
      return () => leavers.delete(listener);
    },
    hangUp() {
      for (const listener of leavers) listener();
    },
    isForeground() {
      return this.foreground;
    },
    close() {
      closed = true;
    },
    type(text) {
      for (const listener of inputs) listener(text);
    },
    resize(nextColumns, nextRows) {
      emulator.resize(nextColumns, nextRows);
      for (const listener of resizes) listener();
    },
    async screen() {
      await settled();
      const { active } = emulator.buffer;
      return rowsOf(active, active.baseY, active.baseY + emulator.rows);
    },
    async normalScreen() {
      await settled();
      return rowsOf(emulator.buffer.normal, 0, emulator.buffer.normal.length);
    },
    async onAlternateScreen() {
      await settled();
      return emulator.buffer.active.type === 'alternate';
    },
    async colorsAt(row, column) {
      await settled();
      const cell = emulator.buffer.active.getLine(row)?.getCell(column);
      return {
        ink: cell?.isFgDefault() === false ? cell.getFgColor() : -1,
        paper: cell?.isBgDefault() === false ? cell.getBgColor() : -1,
      };
    },
  };
}
