// The mouse as terminals report it: SGR coordinates (DEC private mode 1006), with the button held down (1002).

export interface MouseInput {
  readonly type: 'mouse';
  readonly action: 'press' | 'drag' | 'wheelUp' | 'wheelDown';
  /** Cells, from 0. */
  readonly row: number;
  readonly column: number;
}

export const MOUSE_ON = '\u001b[?1002h\u001b[?1006h';
export const MOUSE_OFF = '\u001b[?1006l\u001b[?1002l';

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins the sequence
const REPORT = /^\u001b\[<(\d{1,5});(\d{1,5});(\d{1,5})M$/;

/** Shift, alt and control are added to the button's number. */
const MODIFIERS = 4 + 8 + 16;

const ACTIONS: Readonly<Record<number, MouseInput['action']>> = {
  0: 'press',
  32: 'drag',
  64: 'wheelUp',
  65: 'wheelDown',
};

/** What a control sequence says of the left button and of the wheel; nothing for the other buttons and for a release. */
export function mouseIn(sequence: string): MouseInput | undefined {
  const [button, column, row] = REPORT.exec(sequence)?.slice(1).map(Number) ?? [];
  if (button === undefined || column === undefined || row === undefined) return undefined;
  const action = ACTIONS[button & ~MODIFIERS];
  return action === undefined ? undefined : { type: 'mouse', action, row: row - 1, column: column - 1 };
}
