// The plugin "custom scalars": charts with several curves in one, which TensorBoard otherwise has only across runs.
// https://github.com/tensorflow/tensorboard/blob/master/tensorboard/plugins/custom_scalar/layout.proto
import { joinBytes } from '../../../joinBytes.js';
import { type Message, message, text } from '../../../protobuf/write.js';
import { tensorValue } from './values.js';

const LAYOUT = { category: 2 } as const;
const CATEGORY = { title: 1, chart: 2 } as const;
const CHART = { title: 1, multiline: 2 } as const;
const MULTILINE = { tag: 1 } as const;

/** One chart of tags, each of them a regular expression. */
export function chartLayout(title: string, tags: readonly string[]): Message {
  const chart = [
    text(CHART.title, title),
    message(
      CHART.multiline,
      tags.map((tag) => text(MULTILINE.tag, tag)),
    ),
  ];
  const category = [text(CATEGORY.title, title), message(CATEGORY.chart, chart)];
  return tensorValue('custom_scalars__config__', 'custom_scalars', joinBytes([message(LAYOUT.category, category)]));
}
