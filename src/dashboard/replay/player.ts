import type { ReplayCommand } from '../intent.js';
import { commanded, type Extent, isMoving, type Playback, passed, playbackAt, timeOf } from './playbackClock.js';
import type { Replay } from './replay.js';
import type { Track } from './replayedRun.js';
import type { Target } from './replayState.js';

/** How often growing files are looked at (a watcher of the system misses network file systems), and a clock is. */
const REST_MS = 100;

export interface PlayerOptions {
  /** Times as fast as it happened; infinite: everything at once, and then whatever comes. */
  readonly speed: number;
  /** Milliseconds, monotonic. @default performance.now */
  readonly now?: () => number;
}

/** Plays one or several runs by one clock: the time since each one's own beginning. The caller turns it. */
export class Player {
  readonly tracks: readonly Track[];
  readonly #now: () => number;
  readonly #targets: Target[];
  #playback: Playback;
  #lastTurn: number;
  /** Loss events yet to go, forward or back. */
  #steps = 0;
  #wake: () => void = () => undefined;
  #woken = false;

  constructor(tracks: readonly Track[], { speed, now = () => performance.now() }: PlayerOptions) {
    this.tracks = tracks;
    this.#now = now;
    this.#playback = playbackAt(speed);
    this.#targets = tracks.map(() => ({ time: this.#playback.time }));
    this.#lastTurn = now();
    for (const { recording } of tracks) recording.onReadable?.(() => this.#stir());
  }

  get replay(): Replay {
    const extent = this.#extent();
    const { duration } = extent;
    return {
      playing: isMoving(this.#playback, extent),
      speed: this.#playback.speed,
      position: duration > 0 ? Math.min(1, timeOf(this.#playback, extent) / duration) : 1,
    };
  }

  /** All that is expected has been shown. */
  get done(): boolean {
    return this.tracks.every((track) => track.over && track.position === track.newest);
  }

  /** Takes effect with the next turn. */
  command(action: ReplayCommand['action']): void {
    const isStep = action === 'stepForward' || action === 'stepBack';
    this.#steps = isStep ? this.#steps + (action === 'stepForward' ? 1 : -1) : 0;
    // Steps of a paused run leave the others where they are.
    if (!isStep || this.#playback.playing) {
      this.#playback = commanded(this.#playback, isStep ? 'pause' : action, this.#extent());
      this.#aim();
    }
    this.#stir();
  }

  /** Reads on, lets the clock run and moves what is shown, each of them a little. @returns whether there is more to do at once */
  async turn(): Promise<boolean> {
    const now = this.#now();
    const next = passed(this.#playback, now - this.#lastTurn, this.#extent());
    this.#lastTurn = now;
    if (next !== this.#playback) {
      this.#playback = next;
      this.#aim();
    }
    let busy = false;
    for (const track of this.tracks) busy = (await track.readOn(this.#playback.time)) || busy;
    for (const [place, track] of this.tracks.entries()) busy = (await track.show(this.#targets[place]!)) || busy;
    return (await this.#step()) || busy;
  }

  /** Until the next turn is due: a while, or less where something happens. */
  async rest(signal: AbortSignal): Promise<void> {
    if (!this.#woken && !signal.aborted)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, REST_MS);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener('abort', this.#wake, { once: true });
      });
    signal.removeEventListener('abort', this.#wake);
    this.#woken = false;
  }

  async close(): Promise<void> {
    await Promise.all(this.tracks.map(({ recording }) => recording.close()));
  }

  #extent(): Extent {
    return {
      duration: Math.max(0, ...this.tracks.map(({ newest }) => newest.time)),
      horizon: Math.max(0, ...this.tracks.map(({ horizon }) => horizon)),
      over: this.tracks.every(({ over }) => over),
    };
  }

  /** Everything to the clock's time. */
  #aim(): void {
    this.#targets.fill({ time: this.#playback.time });
  }

  #stir(): void {
    this.#woken = true;
    this.#wake();
  }

  /** One loss on or back, in the run that has it next by the clock. */
  async #step(): Promise<boolean> {
    if (this.#steps === 0) return false;
    const by = this.#steps > 0 ? 1 : -1;
    this.#steps -= by;
    const place = by > 0 ? await this.#nextLoss() : this.#lastLoss();
    const track = this.tracks[place];
    if (track !== undefined) {
      const target = track.stepFrom(by);
      this.#targets[place] = target;
      while (await track.show(target));
      this.#playback = { ...this.#playback, time: Math.max(...this.tracks.map(({ position }) => position.time)) };
    }
    return this.#steps !== 0;
  }

  /** Place of the run whose next loss comes first; -1 where none has another. */
  async #nextLoss(): Promise<number> {
    if (this.tracks.length === 1) return 0;
    const times = await Promise.all(this.tracks.map((track) => track.nextLossTime()));
    const first = Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY));
    return times.indexOf(first);
  }

  #lastLoss(): number {
    const times = this.tracks.map(({ position }) => (position.losses > 0 ? position.lossTime : -1));
    return times.indexOf(Math.max(0, ...times));
  }
}
