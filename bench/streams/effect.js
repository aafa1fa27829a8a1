import { CONCURRENCY, measure, peer } from './task.js';

const effect = await peer('effect');
if (effect === undefined) console.log(JSON.stringify({ absent: 'effect is not installed' }));
else {
  const { Effect, Stream } = effect;
  await measure((lines, call, { ordered, use }) =>
    Stream.fromIterable(lines).pipe(
      Stream.mapEffect((line) => Effect.promise(() => call(line)), { concurrency: CONCURRENCY, unordered: !ordered }),
      Stream.runForEach((length) => Effect.sync(() => use(length))),
      Effect.runPromise,
    ),
  );
}
