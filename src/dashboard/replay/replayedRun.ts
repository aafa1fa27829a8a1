import type { AnyEvent } from '../../events/unknownEvent.js';
import { afterChange } from './afterFileChange.js';
import type { Recording } from './recording.js';
import { Cursor } from './recordingReader.js';
import { beginning, isBeyond, type Position, type Target } from './replayState.js';
import { lastSnapshot, type Snapshots, snapshotsFrom, withSnapshot } from './snapshots.js';

export interface TrackOptions {
  /** It is read only as far as the clock is, so that its writer feels the pace. @default false: to its end, at once */
  readonly paced?: boolean;
  /** Takes the events as they are read for the first time. */
  onEvents?(events: readonly AnyEvent[]): void;
  /** A sentence about what became of the file. */
  onNotice?(text: string): void;
}

/**
 * One run of a replay. Its frontier goes through the recording once, as far as there is one, and leaves snapshots behind;
 * what is shown follows the frontier, or stands at an earlier place, which is found from the nearest snapshot.
 */
export class Track {
  readonly recording: Recording;
  readonly #options: TrackOptions;
  #frontier: Cursor;
  #snapshots: Snapshots = snapshotsFrom(beginning);
  /** Apart from the frontier where an earlier place is shown. */
  #shown: Cursor | undefined;
  #atEnd = false;
  #finished = false;

  constructor(recording: Recording, options: TrackOptions = {}) {
    this.recording = recording;
    this.#options = options;
    this.#frontier = new Cursor(recording, beginning);
  }

  /** What is shown. */
  get position(): Position {
    return (this.#shown ?? this.#frontier).position;
  }

  /** The end of all that has been read. */
  get newest(): Position {
    return this.#frontier.position;
  }

  /** Bytes that have been read, of a line that has not ended included. */
  get bytesRead(): number {
    return this.#frontier.read;
  }

  /** An event has been read. */
  get begun(): boolean {
    return this.newest.elapsedMs !== undefined;
  }

  /** All that there is now has been read. */
  get atEnd(): boolean {
    return this.#atEnd;
  }

  /** All has been read of what nothing can follow. */
  get finished(): boolean {
    return this.#finished;
  }

  /** All has been read, and nothing more is expected. */
  get over(): boolean {
    return this.#finished || (this.#atEnd && this.newest.state.end !== undefined);
  }

  /** Run time up to which a clock may go. */
  get horizon(): number {
    return this.#options.paced === true && !this.#atEnd ? Number.POSITIVE_INFINITY : this.newest.time;
  }

  /**
   * Reads on: what one read gives.
   * @param time of the clock, which a paced track waits for
   * @returns whether there is more to read at once
   */
  async readOn(time: number): Promise<boolean> {
    // Before it is read: it may close meanwhile, with something left in it.
    const { closed } = this.recording;
    const events: AnyEvent[] = [];
    const target = { time: this.#options.paced === true ? time : Number.POSITIVE_INFINITY };
    const arrival = await this.#frontier.approach(target, ({ event }, position) => {
      this.#snapshots = withSnapshot(this.#snapshots, position);
      if (event !== undefined) events.push(event);
    });
    this.#atEnd = arrival === 'end';
    this.#finished = this.#atEnd && closed;
    if (events.length > 0) this.#options.onEvents?.(events);
    if (arrival === 'end') await this.#look();
    return arrival === 'on its way';
  }

  /**
   * Moves what is shown toward the target: as far as one read leads. Of what cannot be read again, it shows the snapshot
   * before the target.
   * @returns whether it is not there yet
   */
  async show(target: Target): Promise<boolean> {
    if (!isBeyond(this.newest, target)) {
      this.#shown = undefined;
      return false;
    }
    const nearest = lastSnapshot(this.#snapshots, (position) => !isBeyond(position, target));
    const from = this.#shown?.position;
    if (this.#shown === undefined || from === undefined || isBeyond(from, target) || nearest.offset > from.offset)
      this.#shown = new Cursor(this.recording, nearest);
    return this.recording.rereadable && (await this.#shown.approach(target)) === 'on its way';
  }

  /** One loss on or back from what is shown; of what cannot be read again, the snapshot after or before it. */
  stepFrom(by: 1 | -1): Target {
    const { losses } = this.position;
    if (this.recording.rereadable || by < 0) return { losses: Math.max(0, losses + by) };
    const next = this.#snapshots.positions.find((position) => position.losses > losses);
    return { losses: (next ?? this.newest).losses };
  }

  /** Run time of the next loss; nothing where none is known. */
  async nextLossTime(): Promise<number | undefined> {
    const { losses } = this.position;
    if (this.newest.losses <= losses) return undefined;
    if (!this.recording.rereadable) return this.newest.lossTime;
    const scout = new Cursor(this.recording, this.position);
    while (scout.position.losses === losses && (await scout.approach({ losses: losses + 1 })) === 'on its way');
    return scout.position.lossTime;
  }

  async #look(): Promise<void> {
    const change = await this.recording.change(this.#frontier.read);
    if (change === undefined) return;
    const { snapshots, notice } = await afterChange(change, this.recording, this.#snapshots, this.newest);
    if (snapshots !== undefined) this.#restart(snapshots);
    this.#options.onNotice?.(notice);
  }

  #restart(snapshots: Snapshots): void {
    this.#snapshots = snapshots;
    this.#frontier = new Cursor(this.recording, snapshots.positions.at(-1)!);
    this.#shown = undefined;
    this.#atEnd = false;
  }
}
