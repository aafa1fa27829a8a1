import { basename, dirname } from 'node:path';
import type { AnyEvent } from '../../events/unknownEvent.js';
import { EVENTS_FILE } from '../../run/folder/runFolder.js';
import { printable } from '../../text/printable.js';
import type { ProgramContext } from '../programContext.js';
import { EndCommand } from '../sinks/endCommand.js';
import { EventOutlet } from '../sinks/eventOutlet.js';
import { openSinks } from '../sinks/openSinks.js';
import type { SinkFlags } from '../sinks/sinkFlags.js';
import type { NamedTrack } from './openTracks.js';

/** Where the events of watched runs go besides. */
export class WatchSinks {
  readonly #outlets: EventOutlet[] = [];
  readonly #endCommands: EndCommand[] = [];
  readonly #ending = new Map<number, Promise<unknown>>();
  readonly #shortcomings: string[] = [];
  /** A sink has failed: what was asked for is not there. */
  failed = false;

  /** @throws MillraceError where one cannot be opened */
  async open(tracks: readonly NamedTrack[], flags: SinkFlags, context: ProgramContext): Promise<void> {
    const onFailure = (sentence: string): void => {
      this.#shortcomings.push(sentence);
      this.failed = true;
    };
    for (const named of tracks) {
      const sinks = await openSinks(flags, { resumed: false, onFailure });
      const endCommand = openEndCommand(named, flags, context);
      if (endCommand !== undefined) this.#endCommands.push(endCommand);
      this.#outlets.push(new EventOutlet(sinks, endCommand?.sink));
    }
  }

  /** Takes what was read of the run at a place. */
  push(place: number, events: readonly AnyEvent[]): void {
    this.#outlets[place]?.push(events);
  }

  /** Resolves when all that was read is taken. */
  async drain(): Promise<void> {
    for (const outlet of this.#outlets) await outlet.drain();
  }

  /** The run at a place has ended, as far as its file goes. @param held whether a dashboard has the terminal */
  end(place: number, held: boolean): void {
    if (this.#ending.has(place)) return;
    const ending = this.#endCommands[place]?.run(held);
    if (ending !== undefined)
      this.#ending.set(
        place,
        ending.then((sentence) => sentence && this.#shortcomings.push(sentence)),
      );
  }

  /** Closes the files and waits for the commands; the terminal is free by now. Then says what was wrong. */
  async close(stderr: ProgramContext['stderr']): Promise<void> {
    for (const outlet of this.#outlets) await outlet.close();
    for (const endCommand of this.#endCommands) endCommand.release();
    await Promise.all(this.#ending.values());
    for (const sentence of this.#shortcomings) stderr.write(`millrace: ${printable(sentence)}\n`);
  }
}

function openEndCommand(
  { path }: NamedTrack,
  { onEnd }: SinkFlags,
  { environment, stderr }: ProgramContext,
): EndCommand | undefined {
  if (onEnd === undefined) return undefined;
  return new EndCommand({
    command: onEnd,
    environment,
    ...(basename(path) === EVENTS_FILE && { runFolder: dirname(path) }),
    write: (piece) => stderr.write(piece),
  });
}
