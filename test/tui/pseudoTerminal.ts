// A real pseudo-terminal with a shell in it and a terminal emulator around it, as people have it.
import { setTimeout as sleep } from 'node:timers/promises';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { expect, vi } from 'vitest';

const children: IPty[] = [];
const QUIET_MS = 250;

/** An escape that terminals pass over. */
const END = '\u001b]9999;end\u0007';
/**
 * Runs a script and stays until all has been read: when the first process of a terminal ends, Linux throws away what is on its
 * way to the other side.
 */
const UNTIL_READ = `trap : INT; sh -c "$1"; printf '\\033]9999;end\\007'; read -r _`;

/** Ends what a test left running. */
export function closeShells(): void {
  for (const child of children.splice(0)) child.kill();
}

/**
 * Runs a shell script in a folder on a terminal of 80 × 24; what it prints is what xterm shows.
 * @param command runs instead of it, as the terminal's first process
 */
export function shellOn(folder: string, script: string, command = ['sh', '-c', UNTIL_READ, 'sh', script]) {
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
  let lastData = Date.now();
  child.onData((text) => {
    output += text;
    lastData = Date.now();
    emulator.write(text);
    if (output.endsWith(END)) child.write('\n');
  });
  // What another first process writes last may arrive after the news that it has ended.
  const ended = new Promise<void>((resolve) => child.onExit(() => resolve())).then(async () => {
    while (!output.includes(END) && Date.now() - lastData < QUIET_MS) await sleep(QUIET_MS);
    await drawn();
  });
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
    output: () => output.replace(END, ''),
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
