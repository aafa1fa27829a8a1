import type { Command, CommandProblem } from '../../events/commands/command.js';
import { LineReader } from '../../text/lineReader.js';
import { parseCommandLine } from './parseCommandLine.js';

/** Bytes of a last line that is taken without its line feed: a command is short. */
const LONGEST_COMMAND = 1024;
/** A file given by mistake is not answered line by line. */
const MOST_PROBLEMS = 10;

/** Cuts bytes that arrive in pieces into lines and reads them. */
export class CommandReader {
  readonly #lines = new LineReader({ hasty: true });
  #problems = 0;

  /** Commands and damaged lines, in order. A last line is taken without its line feed where it is plainly whole. */
  push(bytes: Uint8Array): (Command | CommandProblem)[] {
    const lines = this.#lines.push(bytes);
    const isShort = this.#lines.restBytes <= LONGEST_COMMAND;
    if (isShort && isWholeObject(this.#lines.rest ?? '')) lines.push(...this.#lines.flush());
    return lines.flatMap(({ text }) => this.#read(text));
  }

  #read(text: string | undefined): (Command | CommandProblem)[] {
    if (text === undefined) return this.#told({ problem: 'A line of the commands is passed over, it is too long.' });
    const read = parseCommandLine(text);
    if (read === undefined) return [];
    return 'problem' in read ? this.#told(read) : [read];
  }

  #told(problem: CommandProblem): CommandProblem[] {
    this.#problems += 1;
    if (this.#problems > MOST_PROBLEMS) return [];
    if (this.#problems < MOST_PROBLEMS) return [problem];
    return [problem, { problem: 'Further lines that are not commands are passed over without a word.' }];
  }
}

/** Someone who writes one command by hand often leaves the line feed out. */
function isWholeObject(text: string): boolean {
  if (!text.trimEnd().endsWith('}')) return false;
  try {
    JSON.parse(text.trim());
    return true;
  } catch {
    return false;
  }
}
