import { startWorker } from '../run/thread/startWorker.js';
import { openTerminal } from '../tui/screen/terminal.js';
import type { ProgramContext } from './programContext.js';

/** A program of its own: everything is the process's. */
export const processContext: ProgramContext = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  terminal: openTerminal,
  startWorker,
  exit: (code) => process.exit(code),
};
