import type { PortableError } from '../run/thread/portableError.js';

/** Exit codes that scripts may rely on. */
export const EXIT = { done: 0, failed: 1, usage: 2, diverged: 3 } as const;

/** What a shell expects of a process that a signal ended. */
export const SIGNAL_EXIT = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** @param error what ended the run, or `undefined` when it is done or was stopped on request */
export function exitCodeOf(error: PortableError | undefined): number {
  if (error === undefined || error.code === 'RUN_COMPLETED') return EXIT.done;
  if (error.code === 'OPTION') return EXIT.usage;
  return error.code === 'RUN_DIVERGED' ? EXIT.diverged : EXIT.failed;
}

/** The sentence for a person, with options called by their flags. */
export function sentenceOf({ message, option }: Pick<PortableError, 'message' | 'option'>): string {
  if (option === undefined) return message;
  const flag = `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  // The name of an option may be that of a protocol.
  return message.replace(new RegExp(`(?<![-\\w])${option}\\b(?!://)`, 'g'), flag);
}
