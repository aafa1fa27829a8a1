import type { Observable } from 'rxjs';
import type { Flow } from './flow.js';

/**
 * What stands between a source and its consumer. Every synchronous rxjs operator is one; those of ours that need the flow
 * (`train`, `mapAsync`, `through`) do not compile in a plain `.pipe()`, where there is none.
 */
export type Stage<T, R> = (source: Observable<T>, flow: Flow) => Observable<R>;
