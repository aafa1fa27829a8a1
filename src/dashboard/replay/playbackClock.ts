// The clock of a replay: a pure function of what was asked of it and of the time that has passed.
import type { ReplayCommand } from '../intent.js';

export interface Playback {
  readonly playing: boolean;
  /** Times as fast as it happened; infinite: everything that there is, at once. */
  readonly speed: number;
  /** Milliseconds of run time that are shown; infinite: the newest, whatever comes. */
  readonly time: number;
}

/** What the clock has to know of the recordings. */
export interface Extent {
  /** Run time of all that is known so far. */
  readonly duration: number;
  /** Run time up to which the clock may go; infinite where more waits to be read. */
  readonly horizon: number;
  /** Nothing more is expected. */
  readonly over: boolean;
}

type ClockCommand = Exclude<ReplayCommand['action'], 'stepForward' | 'stepBack'>;

const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] as const;
const SLOWEST = SPEEDS[0];
/** Of the recording: twenty presses go through any. */
const JUMP = 0.05;
/** No one wants to look at a replay much longer, who did not say how fast. */
const COMFORTABLE_MS = 60_000;

export function playbackAt(speed: number): Playback {
  return { playing: true, speed, time: speed === Number.POSITIVE_INFINITY ? speed : 0 };
}

/** Run time that is shown. */
export function timeOf({ time }: Playback, { duration }: Extent): number {
  return time === Number.POSITIVE_INFINITY ? duration : time;
}

/** After so many milliseconds of the person's time. */
export function passed(playback: Playback, milliseconds: number, { horizon }: Extent): Playback {
  const { playing, speed, time } = playback;
  if (!playing || time === Number.POSITIVE_INFINITY) return playback;
  return { ...playback, time: Math.max(time, Math.min(horizon, time + milliseconds * speed)) };
}

/** After a command. */
export function commanded(playback: Playback, action: ClockCommand, extent: Extent): Playback {
  const { speed } = playback;
  const time = timeOf(playback, extent);
  const jump = JUMP * extent.duration;
  switch (action) {
    case 'play':
      return played(playback, extent);
    case 'pause':
      return { ...playback, playing: false, time };
    case 'faster':
      return atSpeed(playback, SPEEDS.find((faster) => faster > speed) ?? Number.POSITIVE_INFINITY, time);
    case 'slower':
      return atSpeed(playback, SPEEDS.findLast((slower) => slower < speed) ?? SLOWEST, time);
    case 'forward':
      return time + jump >= extent.horizon ? followed(playback, extent) : movedTo(playback, time + jump);
    case 'back':
      return movedTo(playback, Math.max(0, time - jump));
    case 'start':
      return movedTo(playback, 0);
    case 'end':
      return followed(playback, extent);
  }
}

/** Whether the picture moves, or will as soon as there is something new. */
export function isMoving(playback: Playback, extent: Extent): boolean {
  return playback.playing && !(extent.over && timeOf(playback, extent) >= extent.duration);
}

/** From the beginning where all has been shown; at a speed that can be looked at where it was the fastest. */
function played(playback: Playback, extent: Extent): Playback {
  const time = timeOf(playback, extent);
  const atEnd = time >= extent.duration;
  if (atEnd && !extent.over) return followed(playback, extent);
  const speed = playback.speed === Number.POSITIVE_INFINITY ? comfortable(extent.duration) : playback.speed;
  return { playing: true, speed, time: atEnd ? 0 : time };
}

function atSpeed(playback: Playback, speed: number, time: number): Playback {
  const newest = playback.playing && speed === Number.POSITIVE_INFINITY;
  return { ...playback, speed, time: newest ? speed : time };
}

/** At the fastest, the picture would not stay where it was moved to. */
function movedTo(playback: Playback, time: number): Playback {
  return { ...playback, time, playing: playback.playing && playback.speed !== Number.POSITIVE_INFINITY };
}

function followed({ speed }: Playback, { horizon }: Extent): Playback {
  return { playing: true, speed, time: speed === Number.POSITIVE_INFINITY ? speed : horizon };
}

function comfortable(duration: number): number {
  return SPEEDS.find((speed) => speed >= 1 && duration / speed <= COMFORTABLE_MS) ?? SPEEDS.at(-1)!;
}
