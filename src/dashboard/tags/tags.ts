// What users and other tools measure, under names ("tags"): figures, pictures, histograms, texts and the configuration. A value, in bounded
// memory whatever a file makes up.
import type { ConfigurationEvent, HistogramEvent, ImageEvent, MetricEvent, TextEvent } from '../../events/schema.js';
import { type KeptHistogram, keptHistogram } from './keptHistogram.js';
import { type KeptImage, keptImage } from './keptImage.js';
import { addItem, cutShelf, emptyShelf, type Shelf, type ShelfItem } from './shelf.js';
import {
  addTagValues,
  cutBackTag,
  emptyTagHistory,
  lastTagStep,
  type TagHistory,
  type TagValue,
} from './tagHistory.js';

/** A figure over the steps. */
export interface TagFigure {
  /** The whole tag: `train/loss`. */
  readonly name: string;
  readonly unit: string | undefined;
  readonly history: TagHistory;
}

export interface KeptText extends ShelfItem {
  readonly text: string;
}

export type Setting = ConfigurationEvent['values'][string];

export interface Tags {
  /** In the order in which their names were first seen. */
  readonly figures: readonly TagFigure[];
  readonly places: ReadonlyMap<string, number>;
  readonly images: Shelf<KeptImage>;
  readonly histograms: Shelf<KeptHistogram>;
  readonly texts: Shelf<KeptText>;
  /** What the training was set to; the newest value of each name. */
  readonly configuration: Readonly<Record<string, Setting>>;
  /** There were more names than are kept. */
  readonly more: boolean;
  /** The last step of all. */
  readonly lastStep: number;
}

/** Names of figures; of the others fewer, for they take more. */
export const MOST_TAGS = 1000;
const MOST_SETTINGS = 1000;
const MEBIBYTE = 2 ** 20;
const IMAGES = { names: 100, bytes: 16 * MEBIBYTE };
const HISTOGRAMS = { names: MOST_TAGS, bytes: 8 * MEBIBYTE };
const TEXTS = { names: 100, bytes: 4 * MEBIBYTE };
const MOST_NAME = 500;

export const emptyTags: Tags = {
  figures: [],
  places: new Map(),
  images: emptyShelf(),
  histograms: emptyShelf(),
  texts: emptyShelf(),
  configuration: {},
  more: false,
  lastStep: 0,
};

/** Whether there is anything to show. */
export function hasTags(tags: Tags): boolean {
  const { figures, images, histograms, texts } = tags;
  return figures.length + images.rows.length + histograms.rows.length + texts.rows.length > 0 || hasSettings(tags);
}

/** Adds figures in their order: all of a batch at once, since what it leaves as it is would be copied for each of them. */
export function addFigures(tags: Tags, events: readonly MetricEvent[]): Tags {
  const batch = new Map<string, { readonly unit: string | undefined; readonly values: TagValue[] }>();
  let lastStep = tags.lastStep;
  for (const { name, split, unit, step, value } of events) {
    const tag = tagName(name, split);
    const known = batch.get(tag);
    if (known === undefined) batch.set(tag, { unit, values: [{ step, value }] });
    else known.values.push({ step, value });
    lastStep = Math.max(lastStep, step);
  }
  const figures = [...tags.figures];
  let { places, more }: { places: ReadonlyMap<string, number>; more: boolean } = tags;
  let isOwn = false;
  for (const [name, { unit, values }] of batch) {
    const place = places.get(name) ?? figures.length;
    if (place >= MOST_TAGS) {
      more = true;
      continue;
    }
    if (place === figures.length) {
      if (!isOwn) places = new Map(places);
      isOwn = true;
      (places as Map<string, number>).set(name, place);
    }
    const before = figures[place] ?? { name, unit, history: emptyTagHistory };
    figures[place] = { name, unit: unit ?? before.unit, history: addTagValues(before.history, values) };
  }
  return { ...tags, figures, places, more, lastStep };
}

/** The images that something was measured on are the first part of its tag, as tools write it. */
function tagName(name: string, split: string | undefined): string {
  return (split === undefined ? name : `${split}/${name}`).slice(0, MOST_NAME);
}

export function addOther(tags: Tags, event: ImageEvent | HistogramEvent | TextEvent | ConfigurationEvent): Tags {
  const lastStep = Math.max(tags.lastStep, event.step);
  switch (event.type) {
    case 'image': {
      const image = keptImage(event);
      if (image === undefined) return tags;
      return { ...tags, lastStep, images: addItem(tags.images, event.name.slice(0, MOST_NAME), image, IMAGES) };
    }
    case 'histogram': {
      const kept = keptHistogram(event);
      if (kept === undefined) return tags;
      const histograms = addItem(tags.histograms, event.name.slice(0, MOST_NAME), kept, HISTOGRAMS);
      return { ...tags, lastStep, histograms };
    }
    case 'text': {
      const { step, text } = event;
      const texts = addItem(tags.texts, event.name.slice(0, MOST_NAME), { step, text, bytes: 2 * text.length }, TEXTS);
      return { ...tags, lastStep, texts };
    }
    case 'configuration':
      return { ...tags, configuration: withSettings(tags.configuration, event.values) };
  }
}

function withSettings(before: Tags['configuration'], values: ConfigurationEvent['values']): Tags['configuration'] {
  const entries = Object.entries({ ...before, ...values });
  return entries.length <= MOST_SETTINGS
    ? { ...before, ...values }
    : Object.fromEntries(entries.slice(0, MOST_SETTINGS));
}

/** Forgets what came after this step. */
export function cutBackTags(tags: Tags, step: number): Tags {
  if (step >= tags.lastStep) return tags;
  return {
    ...tags,
    figures: tags.figures.map((figure) =>
      lastTagStep(figure.history) > step ? { ...figure, history: cutBackTag(figure.history, step) } : figure,
    ),
    images: cutShelf(tags.images, step),
    histograms: cutShelf(tags.histograms, step),
    texts: cutShelf(tags.texts, step),
    lastStep: step,
  };
}

export function hasSettings({ configuration }: Tags): boolean {
  for (const _ in configuration) return true;
  return false;
}
