// A real pseudo-terminal with a shell in it and a terminal emulator around it, as people have it.
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { expect, vi } from 'vitest';

const children: IPty[] = [];
/** Says behind the last of a script that it is over; terminals take it for a title. */
const OVER = '\u001b]0;over\u0007';
/**
 * Keeps the terminal open until a test closes it: 200 ms after its shell has ended node-pty drops what it has not read by then, which is the end of it
 * where this process has not had its turn meanwhile.
 */
const STAYS = "printf '\\033]0;over\\007'; read -r _";

/** Ends what a test left running. */
export function closeShells(): void {
  for (const child of children.splice(0)) child.kill();
}

/** Runs a shell script in a folder on a terminal of 80 × 24; what it prints is what xterm shows. */
export function shellOn(folder: string, script: string, command = ['sh', '-c', `${script}\n${STAYS}`]) {
  const emulator = new xterm.Terminal({ cols: 80, rows: 24, allowProposedApi: true });
  const [file = '', ...args] = command;
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    PS1: '$ ',
  };
  const child = spawn(file, args, { cols: 80, rows: 24, cwd: folder, env: environment });
  children.push(child);
  let output = '';
  child.onData((text) => {
    output += text;
    emulator.write(text);
  });
  const over = new Promise<void>((resolve) => {
    child.onData(() => output.includes(OVER) && resolve());
    child.onExit(() => resolve());
  });
  const ended = over.then(() => drawn());
  const drawn = (): Promise<void> => new Promise((resolve) => emulator.write('', resolve));
  const text = async (): Promise<string> => {
    await drawn();
    const { active } = emulator.buffer;
    const rows = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
    return rows.join('\n').trimEnd();
  };
  return {
    child,
    ended,
    text,
    output: () => output.replace(OVER, ''),
    alternate: () => emulator.buffer.active.type === 'alternate',
    shows: (part: string) =>
      vi.waitFor(async () => expect(await text()).toContain(part), { timeout: 15_000, interval: 50 }),
    resize: (columns: number, rows: number) => {
      emulator.resize(columns, rows);
      child.resize(columns, rows);
    },
  };
}

/** What raw mode would have changed, told by the terminal itself. */
export const AFTERWARDS =
  '; echo "status $?"; stty -a | tr ";" "\\n" | grep -ow -e "-\\?icanon" -e "-\\?echo" -e "-\\?isig"';
export const COOKED = 'isig\nicanon\necho';
