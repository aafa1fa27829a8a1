import type { Command, CommandProblem } from '../../events/commands/command.js';
import type { RunClock } from '../../events/runClock.js';
import type { EventBody } from '../../events/schema.js';
import type { PartialEngine } from '../../model/engine.js';
import type { CommandQueue } from './commandQueue.js';
import { type CommandContext, rejectionOf } from './validateCommand.js';

/** What commands have a training do. */
export interface CommandTarget {
  /** Ended, whatever commands say. */
  isClosed(): boolean;
  /** That of the last update; counts from 1. */
  epoch(): number;
  /** A batch is at hand. */
  hasBatch(): boolean;
  /** There is another update to do, as far as can be known. */
  updatesLeft(): boolean;
  emit(body: EventBody): void;
  /** For all updates to come. */
  setLearningRate(value: number): void;
  /** Where there is a place to save to. */
  readonly save: (() => Promise<void>) | undefined;
  /** Where there are test data, and the engine can. */
  readonly evaluate: (() => Promise<void>) | undefined;
}

export interface CommandHandlerOptions {
  readonly engine: PartialEngine;
  readonly commands: CommandQueue;
  /** Stands still during pauses. */
  readonly clock: RunClock;
  /** Planned ones; infinite where the source decides. */
  readonly epochs: number;
  /** The most that a command may ask for. */
  readonly mostEpochs: number;
}

/** What commands have made of a training so far: paused, shorter, ending. It asks before each update. */
export class CommandHandler {
  /** The training ends after so many. */
  epochs: number;
  /** How it is to end at once, if it is. */
  ending: 'stop' | 'abandon' | undefined;
  readonly #options: CommandHandlerOptions;
  readonly #training: CommandTarget;
  #paused = false;
  /** Updates that a paused training is to do all the same. */
  #stepsOwed = 0;
  #wake: (() => void) | undefined;

  constructor(options: CommandHandlerOptions, training: CommandTarget) {
    this.#options = options;
    this.#training = training;
    this.epochs = options.epochs;
  }

  /** Whether to call `handleDue` before the next update. The training asks at every update, so it costs a comparison. */
  get isDue(): boolean {
    return this.#paused || this.#options.commands.dueAt <= this.#options.engine.step;
  }

  /**
   * Does what is due, and waits where it is paused.
   * @returns whether the training may go on; otherwise something has changed, and it is to look and ask again
   */
  async handleDue(): Promise<boolean> {
    while (!this.#training.isClosed()) {
      if (this.#stepsOwed > 0 && this.#training.hasBatch()) return true;
      const command = this.#options.commands.take(this.#options.engine.step);
      if (command !== undefined) await this.#handle(command);
      else if (this.#mayGoOn()) return true;
      else return this.#pause();
    }
    return false;
  }

  /** An update has been done. */
  updated(): void {
    if (this.#stepsOwed > 0) this.#stepsOwed -= 1;
  }

  /** Something has changed: a command, a batch, the end. */
  wake(): void {
    this.#wake?.();
  }

  #mayGoOn(): boolean {
    if (!this.#training.updatesLeft()) this.#stepsOwed = 0;
    return !this.#paused || this.#stepsOwed > 0 || this.ending !== undefined;
  }

  async #pause(): Promise<false> {
    this.#options.clock.stop();
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
    this.#options.clock.start();
    return false;
  }

  async #handle(command: Command | CommandProblem): Promise<void> {
    if ('problem' in command) return this.#warn(command.problem);
    // What comes after a stop is too late, unless it ends the training the sooner.
    if (this.ending !== undefined && command.action !== 'abandon') return;
    const { action, value, step, from = 'api' } = command;
    const rejection = rejectionOf(command, this.#context());
    if (rejection !== undefined) return this.#warn(rejection);
    const done = this.#options.engine.step;
    if (step !== undefined && step < done)
      this.#warn(`The command ${action} is for step ${step}; it takes effect now, after step ${done}.`);
    this.#training.emit({ type: 'command', action, ...(value !== undefined && { value }), from });
    await this.#apply(command);
  }

  async #apply({ action, value = Number.NaN }: Command): Promise<void> {
    if (action === 'pause') this.#paused = true;
    else if (action === 'resume') this.#resume();
    else if (action === 'step') this.#stepsOwed += 1;
    else if (action === 'learningRate') this.#training.setLearningRate(value);
    else if (action === 'epochs') this.epochs = value;
    else if (action === 'save') await this.#training.save?.();
    else if (action === 'evaluate') await this.#training.evaluate?.();
    else if (action === 'stop' || action === 'abandon') this.ending = action;
  }

  #resume(): void {
    this.#paused = false;
    this.#stepsOwed = 0;
  }

  #context(): CommandContext {
    return {
      paused: this.#paused,
      epoch: this.#training.epoch(),
      mostEpochs: this.#options.mostEpochs,
      canSave: this.#training.save !== undefined,
      canEvaluate: this.#training.evaluate !== undefined,
      updatesLeft: this.#training.updatesLeft(),
    };
  }

  #warn(message: string): void {
    this.#training.emit({ type: 'warning', code: 'COMMAND', message });
  }
}
