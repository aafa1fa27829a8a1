import { constants, open } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { systemCode } from '../../../files/systemError.js';

/** How often it is looked whether a fifo has got a reader. */
const RETRY_MS = 50;

/**
 * The writing end of a fifo, once someone reads it. A plain write to a fifo that no one empties blocks a thread of Node's
 * pool, and the process cannot even exit before it comes back; a socket waits in the event loop.
 */
export async function openFifo(path: string): Promise<Writable> {
  while (true) {
    try {
      const fd = await promisify(open)(path, constants.O_WRONLY | constants.O_NONBLOCK);
      return new Socket({ fd, readable: false, writable: true });
    } catch (error) {
      // What the system says where a fifo has no reader yet.
      if (systemCode(error) !== 'ENXIO') throw error;
    }
    await sleep(RETRY_MS);
  }
}
