// A pipeline is a source and stages, read from top to bottom like an rxjs pipe; each subscription is one flow.
import type { Observable } from 'rxjs';
import { OptionError } from '../errors.js';
import { connect } from './connect.js';
import type { FlowOptions } from './flow.js';
import { fromSource } from './fromSource.js';
import type { Pipeline } from './pipelineOverloads.js';
import { type SourceLike, toSource } from './sources/toSource.js';
import type { Stage } from './stage.js';
import { requireFlowOptions, withFlow } from './withFlow.js';

/**
 * Makes a function like `pipeline` with another bound. A bound that is given is firm: a stage that is to work on more items at
 * once than it lets in is refused.
 *
 * @throws OptionError when `highWaterMark` is not a whole number of at least 1
 *
 * @example
 * const one = boundedPipeline({ highWaterMark: 1 });
 * const seen = await lastValueFrom(one([1, 2, 3], mapAsync(async (value) => value * 10), toArray()));
 * console.log(seen); // [ 10, 20, 30 ]
 */
export function boundedPipeline(options: FlowOptions): Pipeline {
  requireFlowOptions(options);
  const build = (given: SourceLike<unknown>, ...stages: readonly Stage<never, unknown>[]): Observable<unknown> => {
    const source = toSource(given);
    stages.forEach(requireStage);
    return withFlow(options, (flow) => connect(fromSource(source, flow), flow, stages));
  };
  return build as Pipeline;
}

/**
 * Connects a source to stages inside a flow: at most four items are held downstream of the source, or as many as the stages
 * work on at once (`mapAsync`'s `concurrency`, added up) where these are more. `boundedPipeline` takes another bound.
 *
 * The source is a `Source`, an iterable, an async iterable, a Node Readable or a web ReadableStream; one that can be iterated only
 * once, such as a generator's object or a stream, can be subscribed to once. A push source goes through `fromObservable`.
 *
 * Nothing happens before the result is subscribed to; every subscription opens the source anew. Unsubscribing closes everything.
 * A stage that emits outside of a call from upstream without telling the flow ends the pipeline with a `FlowOverrunError`.
 *
 * @throws OptionError when the source is none, or a stage is no function
 *
 * @example
 * const running = pipeline(
 *   ['a', 'b', 'c'],
 *   filter((letter) => letter !== 'b'),
 *   mapAsync(async (letter) => letter.toUpperCase(), { concurrency: 8 }),
 *   toArray(),
 * );
 * console.log(await lastValueFrom(running)); // [ 'A', 'C' ]
 */
export const pipeline: Pipeline = boundedPipeline({});

function requireStage(stage: unknown, index: number): void {
  if (typeof stage === 'function') return;
  const advice = 'A sink goes in as deliver(sink) or toSink(sink), a stream as toWritable(stream).';
  throw new OptionError(`stage ${index + 1}`, stage, 'an rxjs operator or a Stage', advice);
}
