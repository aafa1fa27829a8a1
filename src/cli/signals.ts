import { SIGNAL_EXIT } from './exitCodes.js';

/**
 * Signals so close together are one request: a terminal that closes, or Ctrl-C under npm, reaches a program from the system and
 * from the shell or npm as well.
 */
const ONE_REQUEST_MS = 100;

/**
 * The first SIGINT, SIGTERM or SIGHUP asks, a later one of any kind leaves at once.
 * @param ask is given the exit code of that signal
 * @param hangUp takes SIGHUP instead, however often it comes
 * @returns gives the signals back
 */
export function onSignals(
  ask: (exitCode: number) => void,
  leave: (exitCode: number) => void,
  hangUp?: () => void,
): () => void {
  let askedAt: number | undefined;
  const handlers = Object.entries(SIGNAL_EXIT).map(([signal, exitCode]) => {
    const handler = (): void => {
      if (hangUp && signal === 'SIGHUP') hangUp();
      else if (askedAt === undefined) {
        askedAt = performance.now();
        ask(exitCode);
      } else if (performance.now() - askedAt > ONE_REQUEST_MS) leave(exitCode);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}
