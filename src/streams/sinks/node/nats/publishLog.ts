import type { JetStreamClient } from '@nats-io/jetstream';
import { eventHead, HEAD_LENGTH } from '../../../../events/eventHead.js';
import type { EventLog } from '../../../../events/node/eventLog.js';
import { parseShallowJson } from '../../../../text/parseShallowJson.js';
import { eventIdText } from '../../../node/nats/eventId.js';
import { ByteLines } from './byteLines.js';
import { type Beginning, beginningOf } from './runBeginnings.js';

/** Messages that may be under way at once, and their bytes. */
const MOST_MESSAGES = 256;
const MOST_BYTES = 4 * 1024 * 1024;
/** Of a message that its headers may take. */
const HEADER_BYTES = 1024;

export interface PublishOptions {
  readonly log: EventLog;
  readonly jetstream: JetStreamClient;
  /** Id of the run. */
  readonly run: string;
  readonly subject: string;
  readonly beginnings: readonly Beginning[];
  /** Number of the first event that is sent. */
  readonly from: number;
  /** Bytes that a message may have. */
  readonly mostBytes: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Whether nothing more is written. */
  isFinishing(): boolean;
  /** The broker has this event, and all before it. */
  onDelivered(seq: number): void;
}

/**
 * Sends the events of a log in their order, as far as there are any, until nothing more is written or the signal aborts. A bounded number waits
 * for the broker's word that it has them.
 * @returns whether all that there is has been sent; false where the file was cut meanwhile, or the signal has aborted
 * @throws what the broker, or the connection to it, says
 */
export async function publishLog(options: PublishOptions): Promise<boolean> {
  const { log, from, signal, isFinishing } = options;
  const reader = log.reader(await log.find(from));
  const lines = new ByteLines();
  const sender = new Sender(options);
  try {
    while (!signal.aborted) {
      const isLast = isFinishing();
      const isOver = isLast && reader.atEnd;
      const block = await reader.next();
      if (reader.jumps > 0) return false;
      if (block !== undefined) for (const line of lines.push(block)) await sender.send(line);
      else if (isOver) break;
      else if (!isLast) await Promise.race([log.changed(signal), sender.failed]);
    }
    await sender.settle();
    return !signal.aborted;
  } finally {
    reader.close();
  }
}

class Sender {
  /** Rejects with the first message that the broker has not taken. */
  readonly failed: Promise<never>;
  readonly #options: PublishOptions;
  readonly #underWay = new Set<Promise<void>>();
  #bytes = 0;
  #begun: number;
  #fail!: (error: unknown) => void;
  #error: { readonly error: unknown } | undefined;

  constructor(options: PublishOptions) {
    this.#options = options;
    this.#begun = options.beginnings.findLast(({ seq }) => seq <= options.from)?.begun ?? 0;
    this.failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => undefined);
  }

  /** Sends a line, as soon as there is room; what is no event with a number is nothing that could be known again. */
  async send(line: Buffer): Promise<void> {
    const head = eventHead(line.toString('latin1', 0, HEAD_LENGTH), () => line.toString('utf8'));
    if (head?.seq === undefined) return;
    if (head.type === 'run') this.#begun = this.#beginningOf(line);
    const room = this.#options.mostBytes - HEADER_BYTES;
    const parts = Math.max(1, Math.ceil(line.length / room));
    for (let part = 1; part <= parts; part++) {
      while (this.#underWay.size >= MOST_MESSAGES || (this.#bytes > MOST_BYTES && this.#underWay.size > 0))
        await Promise.race(this.#underWay);
      if (this.#error !== undefined) throw this.#error.error;
      const piece = line.subarray((part - 1) * room, part * room);
      const id = eventIdText(this.#options.run, { seq: head.seq, begun: this.#begun, part, parts });
      this.#publish(piece, id, part === parts ? head.seq : undefined);
    }
  }

  /** All is there, or an error is thrown. */
  async settle(): Promise<void> {
    await Promise.all(this.#underWay);
    if (this.#error !== undefined) throw this.#error.error;
  }

  #beginningOf(line: Buffer): number {
    const event = Object(parseShallowJson(line.toString('utf8'))) as Record<string, unknown>;
    return beginningOf(event, event.seq === this.#options.beginnings[0]?.seq).begun;
  }

  #publish(piece: Buffer, msgID: string, seq: number | undefined): void {
    const { jetstream, subject, onDelivered } = this.#options;
    this.#bytes += piece.length;
    // Acknowledgements come in the order of the messages, over one connection to one server.
    const sent = jetstream.publish(subject, piece, { msgID }).then(
      () => {
        if (seq !== undefined && this.#error === undefined) onDelivered(seq);
      },
      (error: unknown) => {
        this.#error ??= { error };
        this.#fail(error);
      },
    );
    const settled = sent.then(() => {
      this.#bytes -= piece.length;
      this.#underWay.delete(settled);
    });
    this.#underWay.add(settled);
  }
}
