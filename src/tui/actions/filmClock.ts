// Time for a playing film: a few samples a second, and no timer while none plays.

/** Slow enough to see a digit change. */
const SAMPLE_MS = 250;

export interface FilmClock {
  playing(plays: boolean): void;
  close(): void;
}

export function filmClock(next: () => void): FilmClock {
  let timer: NodeJS.Timeout | undefined;
  const close = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    playing: (plays) => {
      if (!plays) close();
      else timer ??= setInterval(next, SAMPLE_MS);
    },
    close,
  };
}
