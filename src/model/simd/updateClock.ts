/** How long updates of the weights take, on the engine's own thread: from the end of the gradients to the end of the job. */
export class UpdateClock {
  #milliseconds = 0;
  #updates = 0;
  #since = 0;

  get milliseconds(): number {
    return this.#milliseconds;
  }

  /** Mean of all so far; 0 before the first. */
  get microsecondsEach(): number {
    return this.#updates === 0 ? 0 : (this.#milliseconds / this.#updates) * 1000;
  }

  begin(): void {
    this.#since = performance.now();
  }

  end(): void {
    this.#milliseconds += performance.now() - this.#since;
    this.#updates++;
  }
}
