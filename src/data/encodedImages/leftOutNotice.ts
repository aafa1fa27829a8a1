import type { DataNotice } from '../dataNotice.js';

export interface LeftOut {
  readonly damaged: readonly { readonly path: string; readonly reason: string }[];
  /** Files that are no images. */
  readonly others: number;
  /** Hidden files and folders. @default 0 */
  readonly hidden?: number;
  /** Links that lead in a circle, or to nothing. @default 0 */
  readonly links?: number;
  /** Images that are in neither part of a divided data set. @default 0 */
  readonly leftOut?: number;
}

/** What of a folder or an archive is not trained on; `undefined` where all is. */
export function leftOutNotice(name: string, found: LeftOut): DataNotice | undefined {
  const { damaged, others, hidden = 0, links = 0, leftOut = 0 } = found;
  const [first] = damaged;
  const parts = [
    damaged.length > 0 &&
      `${counted(damaged.length, 'image')} that cannot be decoded (${first!.path}: ${first!.reason})`,
    others > 0 && `${counted(others, 'file')} that ${others === 1 ? 'is no image' : 'are no images'}`,
    hidden > 0 && counted(hidden, 'hidden entry', 'hidden entries'),
    links > 0 && counted(links, 'link that leads nowhere or in a circle', 'links that lead nowhere or in a circle'),
    leftOut > 0 && `${counted(leftOut, 'image')} outside of train/ and its test set`,
  ].filter((part) => part !== false);
  if (parts.length === 0) return undefined;
  return { code: 'IMAGES_LEFT_OUT', message: `${name}: left out: ${parts.join('; ')}.` };
}

function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : several}`;
}
