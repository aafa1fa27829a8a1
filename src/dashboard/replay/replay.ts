/** Where a recorded run is being replayed. */
export interface Replay {
  readonly playing: boolean;
  /** Times as fast as it happened; infinite: as fast as can be. */
  readonly speed: number;
  /** Share of the recording that has been shown, 0..1. */
  readonly position: number;
}
