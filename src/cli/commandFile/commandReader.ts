import { TextLines } from '../../text/textLines.js';
import type { Command, CommandProblem } from '../../training/commands/command.js';
import { parseCommandLine } from './parseCommandLine.js';

/** Longest line that is read, in UTF-16 units, as for events: a run's own file may be given, and samples are long. */
const LONGEST_LINE = 16 * 1024 * 1024;
/** Of a last line that is taken without its line feed: a command is short. */
const LONGEST_COMMAND = 1024;
/** A file given by mistake is not answered line by line. */
const MOST_PROBLEMS = 10;

/** Cuts text that arrives in pieces into lines and reads them; at most one line is held. */
export class CommandReader {
  readonly #lines = new TextLines(LONGEST_LINE);
  #problems = 0;

  /** Commands and damaged lines, in order. A last line is taken without its line feed where it is plainly whole. */
  push(text: string): (Command | CommandProblem)[] {
    const lines = this.#lines.push(text);
    if (isWholeObject(this.#lines.rest)) lines.push(this.#lines.take());
    return lines.flatMap((line) => this.#read(line));
  }

  #read(line: string | undefined): (Command | CommandProblem)[] {
    if (line === undefined) return this.#told({ problem: 'A line of the commands is passed over, it is too long.' });
    const read = parseCommandLine(line);
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
  if (text.length > LONGEST_COMMAND || !text.trimEnd().endsWith('}')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
