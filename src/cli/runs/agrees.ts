import { createInterface } from 'node:readline';
import type { ProgramContext } from '../programContext.js';

/** Asks a person on the terminal. Whatever is not a yes is a no, the end of the input too. */
export async function agrees(question: string, { stdin, stderr }: ProgramContext): Promise<boolean> {
  const lines = createInterface({ input: stdin, terminal: false });
  stderr.write(`${question} [y/N] `);
  try {
    const answer = await new Promise<string>((resolve) => lines.once('line', resolve).once('close', () => resolve('')));
    return /^\s*y(es)?\s*$/i.test(answer);
  } finally {
    lines.close();
  }
}
