import type { Socket } from 'node:net';

/** How often it is looked which clients take nothing. */
const LOOK_MS = 15_000;
/** A client that has taken nothing for so long gives its place to one that asks for it. */
const STALLED_MS = 60_000;
/** A dead peer is noticed after so long, and eight more questions. */
const KEEP_ALIVE_MS = 30_000;

interface Progress {
  readonly bytes: number;
  readonly at: number;
}

/** The connections of a server, and which of them to give up when there are too many. */
export class Connections {
  readonly #most: number;
  readonly #now: () => number;
  readonly #progress = new Map<Socket, Progress>();
  readonly #timer: NodeJS.Timeout;

  /** @param now milliseconds that only go on */
  constructor(most: number, now = () => performance.now()) {
    this.#most = most;
    this.#now = now;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#timer.unref();
  }

  get count(): number {
    return this.#progress.size;
  }

  add(socket: Socket): void {
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    this.#progress.set(socket, { bytes: 0, at: this.#now() });
    socket.on('close', () => this.#progress.delete(socket));
  }

  /** Whether there is room for the newest; one that is stalled may go for it. */
  hasRoom(): boolean {
    if (this.count <= this.#most) return true;
    this.#look();
    const [oldest] = [...this.#progress]
      .filter(([socket, { at }]) => socket.writableLength > 0 && this.#now() - at >= STALLED_MS)
      .sort(([, one], [, other]) => one.at - other.at);
    oldest?.[0].destroy();
    return oldest !== undefined;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    for (const [socket, { bytes }] of this.#progress) {
      // What it has taken: what was written, without what still waits here.
      const taken = socket.bytesWritten - socket.writableLength;
      if (taken !== bytes || socket.writableLength === 0) this.#progress.set(socket, { bytes: taken, at: this.#now() });
    }
  }
}
