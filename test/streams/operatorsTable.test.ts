import { lastValueFrom, type Observable, type OperatorFunction } from 'rxjs';
import * as operators from 'rxjs/operators';
import { expect, test } from 'vitest';
import { FlowOverrunError } from '../../src/errors.js';
import { scriptedSource } from '../../src/exports/testing.js';
import { connect } from '../../src/streams/connect.js';
import { fromSource } from '../../src/streams/fromSource.js';
import { through } from '../../src/streams/operators/through.js';
import type { Stage } from '../../src/streams/stage.js';
import { withFlow } from '../../src/streams/withFlow.js';
import { deprecated, type Row, rows, THROUGH } from './operatorsTable.js';

const numbers = Array.from({ length: 12 }, (_, index) => index);

/** Some items at once, some after pauses: a timer of an example fires in one of them, and one set by it in the next. */
async function passes(...stages: readonly Stage<never, unknown>[]): Promise<boolean> {
  const source = scriptedSource(numbers, { readMs: (index) => (index >= 3 && index < 9 ? 10 : 0) });
  try {
    await lastValueFrom(
      withFlow({}, (flow) => connect(fromSource(source, flow), flow, stages)),
      { defaultValue: undefined },
    );
    return true;
  } catch (error) {
    if (error instanceof FlowOverrunError) return false;
    throw error;
  }
}

function composed(operators: readonly OperatorFunction<never, unknown>[]): Stage<never, unknown> {
  return (source) =>
    operators.reduce((piped, operator) => operator(piped as Observable<never>), source as Observable<unknown>);
}

const introduction = `# Operators in a pipeline

A pipeline is bounded: its source is pulled only while fewer than four batches (the high-water mark) are held downstream.
The bound sees what a stage holds only if the stage is one of these:

- **Synchronous**: it emits while it is called by what stands before it. Most operators of rxjs are, and all of those that you
  compose from them. They work unchanged: \`pipeline(source, map(…), filter(…))\`.
- **\`mapAsync(work, { concurrency, ordered, onError, retry })\`** for asynchronous work on each item. An item holds its place until its
  result is delivered. The default bound grows with the concurrency of all such stages together; above a bound that was given
  (\`boundedPipeline\`) the pipeline ends with an error.
- **\`throttleLatest(ms)\`** and **\`bufferTimeOrCount(ms, count)\`** for time: one item, or \`count\`, are kept beside the bound. What is
  dropped is counted.
- **\`through(operator)\`** for an asynchronous operator that gives one output for each input, such as \`delay\`.

A trained model's operators are synchronous, too: \`encode(model)\` adds \`latents\` to each batch, \`reconstruct(model)\` \`reconstruction\`, \`score(model)\` the
\`losses\` of its images, \`quantise({ bits, ranges })\` brings latents to a few levels and adds \`codes\`.

Streams are joined before the pipeline, where each is pulled: \`zipSources\`, \`mixSources\`, \`concatSources\`. What pushes goes in through
\`fromObservable\`, with a stated policy. What consumes slowly is the last stage, \`toWritable(stream)\`, \`toSink(sink)\`, or
takes the pipeline as it is: \`forEachAsync(running, work)\`, \`for await (const value of values(running))\`.

A stage that emits at any other time ends the pipeline with a \`FlowOverrunError\` that names it. Your own operators are best
composed with rxjs' \`pipe\`; give the function that you return a name, and errors use it. One written from scratch, with
asynchronous work of its own, has a second parameter, the \`Flow\`: take a place with \`flow.acquire()\` for every item that you
hold, emit inside \`flow.emit(() => subscriber.next(value))\`, then give the place back; hand files and workers to \`flow.own\`.
\`checkBound\` from \`millrace/testing\` tells whether the bound holds and everything is closed.

The bound counts what flows, not what an operator collects on purpose: \`toArray\` passes and holds everything. Operators of rxjs that thin out
by time or join another stream belong after the pipeline, \`pipeline(…).pipe(auditTime(100))\`: there, losing or holding
items is a choice, and the source does not depend on it.

What follows is not an opinion: a test runs each example through a pipeline, several operators both as stages of their own and as
one composed stage, and writes down what happened (rxjs 7.8).

| example | in a pipeline | remark |
|---|---|---|
`;

test('every operator of rxjs is in the table', () => {
  const examples = rows.map(([example]) => example).join();
  const missing = Object.keys(operators).filter(
    (name) => !deprecated.includes(name) && !new RegExp(`\\b${name}\\(`).test(examples),
  );
  expect(missing).toEqual([]);
});

test('what rxjs operators do in a pipeline is what docs/OPERATORS.md says', async () => {
  const verdicts = await Promise.all(
    rows.map(async ([example, operators, remark]: Row) => {
      const stages = [operators].flat() as OperatorFunction<never, unknown>[];
      const passed = await passes(...stages);
      // Composed by rxjs they are one stage, and have to fare alike.
      expect([example, await passes(composed(stages))]).toEqual([example, passed]);
      const instead = passed ? (remark ?? '') : `instead: ${remark ?? '?'}`;
      return `| \`${example.replaceAll('|', '\\|')}\` | ${passed ? 'passes' : '**refused**'} | ${instead} |`;
    }),
  );
  await expect(`${introduction}${verdicts.join('\n')}\n`).toMatchFileSnapshot('../../docs/OPERATORS.md');
});

test('what is refused and belongs in through passes there', async () => {
  const wrapped = rows.filter(([, , remark]) => remark === THROUGH);
  expect(wrapped.length).toBeGreaterThan(2);
  for (const [example, operator] of wrapped)
    expect([example, await passes(through(operator as OperatorFunction<number, unknown>))]).toEqual([example, true]);
});
