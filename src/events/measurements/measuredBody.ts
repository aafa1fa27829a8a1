import type { ConfigurationBody } from './configuration.js';
import type { HistogramBody } from './histogram.js';
import type { ImageBody } from './image.js';
import type { MetricBody } from './metric.js';
import type { TextBody } from './text.js';

/** What users tell of a training themselves, before it is stamped. */
export type MeasuredBody = MetricBody | ImageBody | HistogramBody | TextBody | ConfigurationBody;
