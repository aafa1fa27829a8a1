import { SIGNAL_EXIT } from './exitCodes.js';

/**
 * The first SIGINT, SIGTERM or SIGHUP asks, the second one of any kind leaves at once.
 * @param hangUp takes SIGHUP instead, however often it comes
 * @returns gives the signals back
 */
export function onSignals(ask: () => void, leave: (exitCode: number) => void, hangUp?: () => void): () => void {
  let asked = false;
  const handlers = Object.entries(SIGNAL_EXIT).map(([signal, exitCode]) => {
    const handler = (): void => {
      if (hangUp && signal === 'SIGHUP') hangUp();
      else if (asked) leave(exitCode);
      else {
        asked = true;
        ask();
      }
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}
