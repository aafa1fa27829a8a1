import { createReadStream } from 'node:fs';
import { EventError } from '../../errors.js';
import type { LiveSample } from '../../events/liveSample.js';
import type { ViewEvent } from '../../events/packedEvents.js';
import type { AnyEvent } from '../../events/unknownEvent.js';
import type { EventHistory } from '../../run/checkpoints/resume.js';
import { type RunView, silentView } from './runView.js';

/** Brings a run's events to whatever shows it, in their order; what comes before there is a view waits for it. */
export class EventFeed {
  readonly #present: () => RunView;
  #begin!: () => void;
  #shown: Promise<void>;

  /** @param present the view that is shown */
  constructor(present: () => RunView) {
    this.#present = present;
    this.#shown = new Promise((resolve) => {
      this.#begin = resolve;
    });
  }

  /** The view is there. */
  begin(): void {
    this.#begin();
  }

  /** New ones of the run. */
  push(events: readonly ViewEvent[]): void {
    this.#next(async () => this.#present().push(events));
  }

  /** The sample images between two samples. */
  pushLive(sample: LiveSample): void {
    this.#next(async () => this.#present().pushLive(sample));
  }

  /** What came before a resume: no one waits for news there. @returns when it is shown */
  recall({ path, bytes }: EventHistory): Promise<void> {
    return this.#next(async () => {
      if (this.#present() === silentView || bytes === 0) return;
      const parse = await loadParser();
      for await (const piece of createReadStream(path, { end: bytes - 1 })) this.#present().recall(parse(piece));
    });
  }

  /** Resolves when everything so far is shown. */
  shown(): Promise<void> {
    return this.#shown;
  }

  #next(show: () => Promise<void>): Promise<void> {
    // A view that lacks something is no reason to end a run.
    this.#shown = this.#shown.then(show).catch(() => undefined);
    return this.#shown;
  }
}

async function loadParser(): Promise<(piece: Uint8Array) => AnyEvent[]> {
  const { EventReader } = await import('../../events/ndjson.js');
  const reader = new EventReader();
  return (piece) => reader.push(piece).filter((read): read is AnyEvent => !(read instanceof EventError));
}
