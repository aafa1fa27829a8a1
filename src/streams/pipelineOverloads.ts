// What TypeScript knows of `pipeline`: only overloads let it infer each stage's input from the output of the one before.
import type { Observable } from 'rxjs';
import type { SourceLike } from './sources/toSource.js';
import type { Stage } from './stage.js';

/** A source and up to sixteen stages with inferred types; with more than that the result is an `Observable<unknown>`. */
export interface Pipeline {
  <T>(source: SourceLike<T>): Observable<T>;
  <T, A>(source: SourceLike<T>, a: Stage<T, A>): Observable<A>;
  <T, A, B>(source: SourceLike<T>, a: Stage<T, A>, b: Stage<A, B>): Observable<B>;
  <T, A, B, C>(source: SourceLike<T>, a: Stage<T, A>, b: Stage<A, B>, c: Stage<B, C>): Observable<C>;
  <T, A, B, C, D>(source: SourceLike<T>, a: Stage<T, A>, b: Stage<A, B>, c: Stage<B, C>, d: Stage<C, D>): Observable<D>;
  <T, A, B, C, D, E>(
    source: SourceLike<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
  ): Observable<E>;
  <T, A, B, C, D, E, F>(
    source: SourceLike<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
  ): Observable<F>;
  <T, A, B, C, D, E, F, G>(
    source: SourceLike<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
    g: Stage<F, G>,
  ): Observable<G>;
  <T, A, B, C, D, E, F, G, H>(
    source: SourceLike<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
    g: Stage<F, G>,
    h: Stage<G, H>,
  ): Observable<H>;
  <T, A, B, C, D, E, F, G, H, I>(
    source: SourceLike<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
    g: Stage<F, G>,
    h: Stage<G, H>,
    i: Stage<H, I>,
  ): Observable<I>;
  <T, A, B, C, D, E, F, G, H, I, J>(
    source: SourceLike<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
    g: Stage<F, G>,
    h: Stage<G, H>,
    i: Stage<H, I>,
    j: Stage<I, J>,
  ): Observable<J>;
  <T, A, B, C, D, E, F, G, H, I, J, K>(
    source: SourceLike<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
    g: Stage<F, G>,
    h: Stage<G, H>,
    i: Stage<H, I>,
    j: Stage<I, J>,
    k: Stage<J, K>,
  ): Observable<K>;
  <T, A, B, C, D, E, F, G, H, I, J, K, L>(
    source: SourceLike<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
    g: Stage<F, G>,
    h: Stage<G, H>,
    i: Stage<H, I>,
    j: Stage<I, J>,
    k: Stage<J, K>,
    l: Stage<K, L>,
  ): Observable<L>;
  <T, A, B, C, D, E, F, G, H, I, J, K, L, M>(
    source: SourceLike<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
    g: Stage<F, G>,
    h: Stage<G, H>,
    i: Stage<H, I>,
    j: Stage<I, J>,
    k: Stage<J, K>,
    l: Stage<K, L>,
    m: Stage<L, M>,
  ): Observable<M>;
  <T, A, B, C, D, E, F, G, H, I, J, K, L, M, N>(
    source: SourceLike<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
    g: Stage<F, G>,
    h: Stage<G, H>,
    i: Stage<H, I>,
    j: Stage<I, J>,
    k: Stage<J, K>,
    l: Stage<K, L>,
    m: Stage<L, M>,
    n: Stage<M, N>,
  ): Observable<N>;
  <T, A, B, C, D, E, F, G, H, I, J, K, L, M, N, O>(
    source: SourceLike<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
    g: Stage<F, G>,
    h: Stage<G, H>,
    i: Stage<H, I>,
    j: Stage<I, J>,
    k: Stage<J, K>,
    l: Stage<K, L>,
    m: Stage<L, M>,
    n: Stage<M, N>,
    o: Stage<N, O>,
  ): Observable<O>;
  <T, A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P>(
    source: SourceLike<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
    g: Stage<F, G>,
    h: Stage<G, H>,
    i: Stage<H, I>,
    j: Stage<I, J>,
    k: Stage<J, K>,
    l: Stage<K, L>,
    m: Stage<L, M>,
    n: Stage<M, N>,
    o: Stage<N, O>,
    p: Stage<O, P>,
  ): Observable<P>;
  <T, A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P>(
    source: SourceLike<T>,
    a: Stage<T, A>,
    b: Stage<A, B>,
    c: Stage<B, C>,
    d: Stage<C, D>,
    e: Stage<D, E>,
    f: Stage<E, F>,
    g: Stage<F, G>,
    h: Stage<G, H>,
    i: Stage<H, I>,
    j: Stage<I, J>,
    k: Stage<J, K>,
    l: Stage<K, L>,
    m: Stage<L, M>,
    n: Stage<M, N>,
    o: Stage<N, O>,
    p: Stage<O, P>,
    ...more: readonly Stage<never, unknown>[]
  ): Observable<unknown>;
}
