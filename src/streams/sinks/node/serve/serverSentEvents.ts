// Lines of an event file as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): `id` is the event's seq,
// `data` its line. No `event` field: types that a page does not know reach its `onmessage` too.
import { eventHead, HEAD_LENGTH } from '../../../../events/eventHead.js';

/** A comment, which no reader takes for an event: the connection lives. */
export const HEARTBEAT = ':\n\n';

const CLOSING_BRACE = '}';

/** What has been made of blocks that several clients read: those that are up to date all get the same one. */
const known = new WeakMap<Uint8Array, Framed>();

interface Framed {
  readonly frames: Buffer;
  /** The block ends within a line, whose frame has begun. */
  readonly isOpen: boolean;
}

/** Makes frames of blocks that follow each other. Lines that are no event are left out. */
export class EventFramer {
  #isOpen = false;

  push(block: Uint8Array): Buffer {
    if (this.#isOpen) {
      const { frames, isOpen } = continued(block);
      this.#isOpen = isOpen;
      return frames;
    }
    const framed = known.get(block) ?? framesOf(textOf(block));
    known.set(block, framed);
    this.#isOpen = framed.isOpen;
    return framed.frames;
  }

  /** What has begun goes no further. */
  restart(): string {
    const end = this.#isOpen ? '\n\n' : '';
    this.#isOpen = false;
    return end;
  }
}

/** Byte by byte: nothing in it is looked at but line feeds and ASCII. */
function textOf(block: Uint8Array): string {
  return Buffer.from(block.buffer, block.byteOffset, block.length).toString('latin1');
}

function continued(block: Uint8Array): Framed {
  const text = textOf(block);
  const end = text.indexOf('\n');
  if (end < 0) return { frames: Buffer.from(withoutReturns(text), 'latin1'), isOpen: true };
  const rest = framesOf(text.slice(end + 1));
  const first = Buffer.from(`${withoutReturns(text.slice(0, end))}\n\n`, 'latin1');
  return { frames: Buffer.concat([first, rest.frames]), isOpen: rest.isOpen };
}

function framesOf(text: string): Framed {
  let frames = '';
  let from = 0;
  for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
    frames += frameOf(text.slice(from, to));
    from = to + 1;
  }
  const rest = text.slice(from);
  if (rest !== '') frames += beginningOf(eventHead(rest.slice(0, HEAD_LENGTH))?.seq) + withoutReturns(rest);
  return { frames: Buffer.from(frames, 'latin1'), isOpen: rest !== '' };
}

function frameOf(line: string): string {
  const head = eventHead(line.slice(0, HEAD_LENGTH), () => Buffer.from(line, 'latin1').toString('utf8'));
  if (head === undefined || !line.trimEnd().endsWith(CLOSING_BRACE)) return '';
  return `${beginningOf(head.seq)}${withoutReturns(line)}\n\n`;
}

function beginningOf(seq: number | undefined): string {
  return seq === undefined ? 'data: ' : `id: ${seq}\ndata: `;
}

/** A carriage return would end the field; in JSON it may stand only where a space may. */
function withoutReturns(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r', ' ') : text;
}
