import { OptionError } from '../../errors.js';
import type { LossText } from '../../model/losses/lossSum.js';
import type { ProgramContext } from '../programContext.js';
import { writeText } from '../writeText.js';
import { examineMachine } from './machine.js';
import { machineReport } from './machineReport.js';
import { examineNetwork, openNetwork } from './network.js';
import { networkReport } from './networkReport.js';

export interface DoctorFlags {
  /** A preset, or a file. */
  readonly architecture?: string;
  /** The loss that the network is shown with. */
  readonly loss?: LossText;
  readonly json?: boolean;
}

/**
 * Looks at the machine, and at a network where one is named, and prints what it finds.
 * @throws OptionError, ArchitectureError as `train` does for the same architecture; EngineError where the engine simd is not
 *   for it; SinkError
 */
export async function doctorAction({ architecture, loss, json }: DoctorFlags, context: ProgramContext): Promise<void> {
  // First what may be wrong: it takes a moment to look at the machine.
  const opened = architecture === undefined ? undefined : await openNetwork(architecture);
  if (loss !== undefined && opened === undefined)
    throw new OptionError('loss', loss, 'nothing without architecture', 'Name an architecture, too.');
  const network = opened === undefined ? undefined : examineNetwork(opened, { loss });
  const machine = await examineMachine(context);
  const text = json
    ? JSON.stringify({ ...machine, ...(network !== undefined && { architecture: network }) })
    : [...machineReport(machine), ...(network === undefined ? [] : ['', ...networkReport(network)])].join('\n');
  await writeText(context.stdout, `${text}\n`);
}
