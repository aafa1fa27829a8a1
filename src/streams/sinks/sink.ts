/**
 * A place for events, as whole NDJSON lines. A sink loses nothing: `write` returns a promise when the place cannot take more for now,
 * and the writer has to wait for it; so a slow reader slows the training.
 */
export interface Sink {
  /**
   * @param lines one or more whole lines
   * @param count how many
   * @throws SinkError (or rejects with one) when the place is gone or full
   */
  write(lines: string, count: number): void | Promise<void>;
  /** Writes what is held, then closes. */
  close(): Promise<void>;
}
