/**
 * Options of the command line that the `run` event records, too, and that are no matter of the training: how it is shown and steered,
 * and where its events go.
 */
export const CALLER_OPTIONS: readonly string[] = [
  ...['events', 'ui', 'glyphs', 'compare', 'commands', 'keepRunning', 'closeAtEnd', 'config'],
  ...['serve', 'serveOrigin', 'nats', 'tensorboard', 'csv', 'png', 'onEnd'],
];
