import { Observable } from 'rxjs';
import type { Flow } from '../flow.js';
import type { Stage } from '../stage.js';
import { type StageStats, sizeOf } from '../stageStats.js';

/**
 * Keeps account of a stage; what it does is left alone. In errors the stage bears the name of its stats.
 *
 * @example
 * const noise = new StageStats('noise');
 * await lastValueFrom(pipeline(digits.train.batches(), tapStats(noise, addNoise({ seed: 1 })), train(engine)));
 * const { name, items, busyMs } = noise.snapshot();
 * console.log(name, items, busyMs >= 0); // noise 40 true
 */
export function tapStats<T, R>(stats: StageStats, stage: Stage<T, R>): Stage<T, R> {
  const tapped: Stage<T, R> = (source, flow) => {
    const received = new Observable<T>((inner) =>
      source.subscribe({
        next: (value) => stats.receive(value, () => inner.next(value)),
        error: (error: unknown) => stats.during('call', () => inner.error(error)),
        complete: () => stats.during('call', () => inner.complete()),
      }),
    );
    const staged = stage(received, countHolding(flow, stats));
    return new Observable((subscriber) => {
      subscriber.add(stats.begin('subscription'));
      subscriber.add(
        staged.subscribe({
          next: (value) => stats.deliver(value, () => subscriber.next(value)),
          error: (error: unknown) => stats.during('delivery', () => subscriber.error(error)),
          complete: () => stats.during('delivery', () => subscriber.complete()),
        }),
      );
    });
  };
  return Object.defineProperty(tapped, 'name', { value: stats.name });
}

function countHolding(flow: Flow, stats: StageStats): Flow {
  return {
    get highWaterMark() {
      return flow.highWaterMark;
    },
    closed: flow.closed,
    signal: flow.signal,
    get inFlight() {
      return flow.inFlight;
    },
    get emitting() {
      return flow.emitting;
    },
    ready: () => flow.ready(),
    emit: (deliver) => flow.emit(deliver),
    own: (resource) => flow.own(resource),
    reserve: (concurrency) => flow.reserve(concurrency),
    drops() {
      const [drop, dropHere] = [flow.drops(), stats.drops()];
      return (item) => {
        dropHere(sizeOf(item).items);
        drop(item);
      };
    },
    acquire() {
      const [release, end] = [flow.acquire(), stats.begin('holding')];
      return () => {
        release();
        end();
      };
    },
  };
}
