import { resolve as absolute } from 'node:path';
import { runNameOf } from '../../../events/runName.js';
import type { EndEvent, EpochEvent, MillraceEvent, RunEvent } from '../../../events/schema.js';

/** What a run came to, as variables of an environment. */
export class EndFacts {
  #run: RunEvent | undefined;
  #epoch: EpochEvent | undefined;
  #end: EndEvent | undefined;
  #last: MillraceEvent | undefined;

  /** Whether there was a run at all. */
  get begun(): boolean {
    return this.#last !== undefined;
  }

  add(event: MillraceEvent): void {
    this.#last = event;
    if (event.type === 'run') {
      this.#run = event;
      // A run that goes on has not ended.
      this.#end = undefined;
    } else if (event.type === 'epoch') this.#epoch = event;
    else if (event.type === 'end') this.#end = event;
  }

  /**
   * A run that says nothing of its end has failed: its thread is gone, or its disk is full.
   * @param runFolder @default where its `run` event says
   */
  variables(runFolder?: string): Readonly<Record<string, string>> {
    const [run, epoch, end, last] = [this.#run, this.#epoch, this.#end, this.#last];
    const output = runFolder ?? run?.config?.output;
    const facts = {
      RUN: last?.run,
      NAME: run && runNameOf(run),
      STATUS: end?.status ?? 'failed',
      REASON: end?.reason,
      ERROR: end?.error?.message,
      STEPS: end?.steps ?? last?.step,
      EPOCHS: epoch?.epoch ?? 0,
      TRAIN_LOSS: end?.trainLoss ?? epoch?.trainLoss,
      TEST_LOSS: end?.testLoss ?? epoch?.testLoss,
      SECONDS: last && last.elapsedMs / 1000,
      RUN_FOLDER: typeof output === 'string' ? absolute(output) : undefined,
    };
    return Object.fromEntries(
      Object.entries(facts).map(([name, value]) => [`MILLRACE_${name}`, String(value ?? '').replaceAll('\0', '')]),
    );
  }
}
