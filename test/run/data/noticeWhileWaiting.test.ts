import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { noticeWhileWaiting } from '../../../src/run/data/noticeWhileWaiting.js';

test('speaks once where something is long in coming', async () => {
  const said: string[] = [];
  let resolve: (value: string) => void = () => undefined;
  const promise = new Promise<string>((settle) => {
    resolve = settle;
  });
  const notice = (): void => {
    said.push('waiting');
    resolve('images');
  };
  expect(await noticeWhileWaiting(promise, notice, 1)).toBe('images');
  expect(said).toEqual(['waiting']);
});

test('says nothing of what is there, or fails, at once', async () => {
  const said: string[] = [];
  const notice = (): void => void said.push('waiting');
  expect(await noticeWhileWaiting(Promise.resolve(1), notice, 1)).toBe(1);
  await expect(noticeWhileWaiting(Promise.reject(new Error('no')), notice, 1)).rejects.toThrow('no');
  await after(3);
  expect(said).toEqual([]);
});
