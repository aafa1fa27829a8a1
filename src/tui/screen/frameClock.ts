// When to draw: ten times a second, less often where a frame is dear, so that drawing stays cheap.

const INTERVAL_MS = 100;
/** Slow terminals (ssh) block while they are written to; one frame a second is still a dashboard. */
const LONGEST_INTERVAL_MS = 1000;
/** Drawing takes at most this share of the time. */
const LARGEST_SHARE = 0.02;
/** The median of so many frames counts: neither the first, cold one nor a collection of garbage slows the others down. */
const FRAMES = 9;
const LEAST_FRAMES = 3;

export interface FrameClock {
  /** Milliseconds between two frames. */
  interval(): number;
  /** Share of one core that drawing takes at this interval; unknown before the third frame. */
  share(): number | undefined;
  /** A frame took so long. */
  drawn(milliseconds: number): void;
}

export function frameClock(): FrameClock {
  let last: readonly number[] = [];
  const median = (): number | undefined =>
    last.length < LEAST_FRAMES ? undefined : last.toSorted((one, other) => one - other)[Math.floor(last.length / 2)];
  const interval = (): number => {
    const cheapEnough = (median() ?? 0) / LARGEST_SHARE;
    return Math.min(LONGEST_INTERVAL_MS, Math.max(INTERVAL_MS, cheapEnough));
  };
  return {
    interval,
    share: () => {
      const cost = median();
      return cost === undefined ? undefined : cost / interval();
    },
    drawn: (milliseconds) => {
      last = [...last, milliseconds].slice(-FRAMES);
    },
  };
}
