import { Writable } from 'node:stream';
import type { CliStreams } from '../../src/cli/programContext.js';

/** A stream that keeps what is written to it. */
export class FakeOutput extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number;

  constructor({ isTTY = false, columns = 80 } = {}) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
    this.columns = columns;
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.text += chunk;
    done();
  }

  get lines(): string[] {
    return this.text.split('\n').slice(0, -1);
  }
}

export interface FakeStreams extends CliStreams {
  readonly stdout: FakeOutput;
  readonly stderr: FakeOutput;
}

export function fakeStreams(
  environment: CliStreams['environment'] = {},
  options: { readonly isTTY?: boolean; readonly columns?: number } = {},
): FakeStreams {
  return { stdout: new FakeOutput(options), stderr: new FakeOutput(options), environment };
}
