import { expect, test } from 'vitest';
import { planTable } from '../../../src/cli/doctor/networkReport.js';

test('a plan is one line a kernel call below its pass, with sums', () => {
  const call = { layers: 'encoder.0 + encoder.1', kernel: 'convPool8', lanes: 'output channels' } as const;
  const plan = [
    { ...call, pass: 'forward', bytes: 576, multiplyAdds: 112_896 },
    { ...call, pass: 'forward', layers: 'decoder.10', bytes: 1024, multiplyAdds: 4 },
    { ...call, pass: 'update', kernel: 'gather', bytes: 16, multiplyAdds: 0 },
  ] as const;
  expect(planTable(plan)).toEqual([
    '                                                    multiply-',
    'pass, layers     kernel     lanes            bytes       adds',
    'forward                                      1,600    112,900',
    '  encoder.0 + 1  convPool8  output channels    576    112,896',
    '  decoder.10     convPool8  output channels  1,024          4',
    'update                                          16          0',
    '  encoder.0 + 1  gather     output channels     16          0',
    'total                                        1,616    112,900',
  ]);
});
