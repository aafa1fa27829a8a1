// Demand, cancellation and ownership of one running pipeline: what RxJS lacks. A source pulls only while fewer than
// `highWaterMark` items are held downstream; unsubscribing aborts the signal and closes what is owned, at once.

/** Something with an end: a file, a worker, an opened source. `close` may be called more than once. */
export interface Resource {
  close(): void | Promise<void>;
}

/** The demand, the cancellation and the resources of one subscription. */
export interface Flow {
  /** This signal aborts on complete, error and unsubscribe. */
  readonly signal: AbortSignal;
  /** Number of items that may be held downstream of a source. One that was not given grows with what stages reserve. */
  readonly highWaterMark: number;
  /** Items held downstream now. */
  readonly inFlight: number;
  /** Resolves when the pipeline has ended and every owned resource is released. */
  readonly closed: Promise<void>;
  /** True while a stage delivers an item for which it has acquired a place. */
  readonly emitting: boolean;
  /** `undefined` when a source may pull now, otherwise a promise to wait for, which also resolves on abort. */
  ready(): Promise<void> | undefined;
  /** Acquires a place for one held item; the returned function releases it (once, however often it is called). */
  acquire(): () => void;
  /**
   * Makes sure of places for a stage that works on so many items at once; the returned function takes that back.
   * @throws OptionError when a bound was given that is lower
   */
  reserve(concurrency: number): () => void;
  /** For a stage that leaves items out: the returned function says of each that it has, and `tapStats` counts them. */
  drops(): (item: unknown) => void;
  /** Runs `deliver`, which may emit outside of a call from upstream because its items have places in the flow. */
  emit(deliver: () => void): void;
  /** Closes the resource when the pipeline ends; the returned function closes it earlier. */
  own(resource: Resource): () => void;
}

export interface FlowOptions {
  /**
   * Items (in the standard pipeline: batches) that may be held downstream of a source.
   * @default 4, or as many as the stages work on at once altogether where these are more
   */
  readonly highWaterMark?: number;
}
