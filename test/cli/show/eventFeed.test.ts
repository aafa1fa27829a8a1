import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EventFeed } from '../../../src/cli/show/eventFeed.js';
import { type RunView, silentView } from '../../../src/cli/show/runView.js';
import { EventReader, isEvent } from '../../../src/events/ndjson.js';
import { temporaryFolder } from '../../fixtures/temporaryFolder.js';

const recorded = readFileSync(new URL('../../fixtures/run.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const events = new EventReader().push(`${recorded.join('\n')}\n`).filter(isEvent);
const path = join(temporaryFolder(), 'events.ndjson');
writeFileSync(path, recorded.map((line) => `${line}\n`).join(''));

/** A view that notes which events it was given, and how. */
function notingView(): { readonly view: RunView; readonly noted: string[] } {
  const noted: string[] = [];
  const view: RunView = {
    ...silentView,
    push: (events) => noted.push(...events.map((event) => `new ${event.type} of step ${event.step}`)),
    recall: (events) => noted.push(...events.map(({ seq }) => `old ${seq}`)),
  };
  return { view, noted };
}

test('what came before a resume is shown before what comes after it, and neither before there is a view', async () => {
  const { view, noted } = notingView();
  const feed = new EventFeed(() => view);
  const bytes = `${recorded.slice(0, 3).join('\n')}\n`.length;
  const recalled = feed.recall({ path, bytes });
  feed.push([events[3]!]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(noted).toEqual([]);
  feed.begin();
  await recalled;
  expect(noted.slice(0, 3)).toEqual(['old 0', 'old 1', 'old 2']);
  await feed.shown();
  expect(noted).toEqual(['old 0', 'old 1', 'old 2', 'new epoch of step 10']);
});

test('a history that is gone keeps nothing back', async () => {
  const { view, noted } = notingView();
  const feed = new EventFeed(() => view);
  feed.begin();
  await feed.recall({ path: `${path}-gone`, bytes: 10 });
  feed.push([events[0]!]);
  await feed.shown();
  expect(noted).toEqual(['new run of step 0']);
});
