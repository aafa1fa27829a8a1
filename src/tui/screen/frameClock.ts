// When to draw: ten times a second, less often where a frame is dear or long, so that drawing and its way to the terminal stay
// cheap.

const INTERVAL_MS = 100;
/** Slow terminals (ssh) block while they are written to; one frame a second is still a dashboard. */
const LONGEST_INTERVAL_MS = 1000;
/** Drawing takes at most this share of the time. While the screen has a core, no thread of the training gets on: they wait for each other in every step. */
const LARGEST_SHARE = 0.02;
/** What a line to a far terminal (ssh) carries without falling behind. */
export const BYTES_PER_SECOND = 100_000;
/** What may be on its way at once: the pictures of a large screen, so that small frames need not wait behind them. */
export const MOST_BYTES_AHEAD = 60_000;
/**
 * The lower quartile of so many frames counts: neither cold code, nor a collection of garbage, nor a training that took the core
 * meanwhile slows the others down. With the median, at one frame a second, the cold ones of the beginning did for ten seconds.
 */
const FRAMES = 9;
const LEAST_FRAMES = 3;

export interface FrameClock {
  /** Milliseconds from the last frame to the next. */
  interval(): number;
  /** Share of one core that drawing takes at this interval; unknown before the third frame. */
  share(): number | undefined;
  /** A frame took so long, and so many bytes, so many milliseconds after the one before. */
  drawn(milliseconds: number, bytes: number, sinceLast: number): void;
}

export function frameClock(): FrameClock {
  let last: readonly number[] = [];
  /** On their way as soon as the last frame was drawn. */
  let ahead = 0;
  const cost = (): number | undefined =>
    last.length < LEAST_FRAMES ? undefined : last.toSorted((one, other) => one - other)[Math.floor(last.length / 4)];
  const interval = (): number => {
    const cheapEnough = (cost() ?? 0) / LARGEST_SHARE;
    const shortEnough = ((ahead - MOST_BYTES_AHEAD) / BYTES_PER_SECOND) * 1000;
    return Math.max(shortEnough, Math.min(LONGEST_INTERVAL_MS, Math.max(INTERVAL_MS, cheapEnough)));
  };
  return {
    interval,
    share: () => {
      const spent = cost();
      return spent === undefined ? undefined : spent / interval();
    },
    drawn: (milliseconds, bytes, sinceLast) => {
      ahead = Math.max(0, ahead - (sinceLast / 1000) * BYTES_PER_SECOND) + bytes;
      last = [...last, milliseconds].slice(-FRAMES);
    },
  };
}
