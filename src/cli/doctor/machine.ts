import { availableCores } from '../../files/availableCores.js';
import { VERSION } from '../../files/version.js';
import type { ProgramContext } from '../programContext.js';
import { type DataFinding, examineData } from './data.js';
import { type DefaultEngine, type EngineFinding, examineEngines, findDefaultEngine } from './engines.js';
import { examineTerminal, type TerminalFinding } from './terminal.js';

/** What this machine offers. */
export interface MachineFinding {
  /** Millrace's. */
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly engines: readonly EngineFinding[];
  readonly defaultEngine: DefaultEngine;
  readonly terminal: TerminalFinding;
  readonly data: DataFinding;
}

export async function examineMachine(context: ProgramContext): Promise<MachineFinding> {
  return {
    version: VERSION,
    node: process.versions.node,
    platform: process.platform,
    cpu: process.arch,
    cores: availableCores(),
    engines: await examineEngines(),
    defaultEngine: await findDefaultEngine(),
    terminal: examineTerminal(context),
    data: await examineData(context.environment),
  };
}
