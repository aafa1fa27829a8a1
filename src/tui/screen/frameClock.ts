// When to draw: ten times a second, less often where a frame is dear, so that drawing stays cheap.

const INTERVAL_MS = 100;
/** Slow terminals (ssh) block while they are written to; a second frame a second is still a dashboard. */
const LONGEST_INTERVAL_MS = 1000;
/** Drawing takes at most this share of the time. */
const LARGEST_SHARE = 0.1;
/** Weight of the newest frame in the mean. */
const NEWEST = 0.1;

export interface FrameClock {
  /** Milliseconds between two frames. */
  interval(): number;
  /** Share of one core that drawing takes at this interval; unknown before the first frame. */
  share(): number | undefined;
  /** A frame took so long. */
  drawn(milliseconds: number): void;
}

export function frameClock(): FrameClock {
  let mean: number | undefined;
  const interval = (): number => Math.min(LONGEST_INTERVAL_MS, Math.max(INTERVAL_MS, (mean ?? 0) / LARGEST_SHARE));
  return {
    interval,
    share: () => (mean === undefined ? undefined : mean / interval()),
    drawn: (milliseconds) => {
      mean = mean === undefined ? milliseconds : mean + (milliseconds - mean) * NEWEST;
    },
  };
}
