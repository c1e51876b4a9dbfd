import type { FromReportPage, ReportPicture } from '../../src/shared/report-panel.ts';
import type { Words } from '../support/words.ts';
import type { Folds } from './folds.ts';

/** What every part of the page works with. */
export interface PageContext {
  readonly words: Words;
  readonly folds: Folds;
  readonly post: (message: FromReportPage) => void;
}

export interface View {
  readonly root: HTMLElement;
  draw(picture: ReportPicture): void;
}

/** Drawings of 16 by 16. */
export const icons = {
  good: 'M3 8.5l3.2 3.2L13 5',
  blocker: 'M5.5 5.5l5 5M10.5 5.5l-5 5M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 1 1 0-12.4',
  warning: 'M8 5.5v4M8 11.6v.1M8 2l6.5 11.5h-13z',
  info: 'M8 7.2v4M8 4.6v.1M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 1 1 0-12.4',
  looking: 'M8 2.5a5.5 5.5 0 1 1-5.5 5.5',
  running: 'M8 2.5a5.5 5.5 0 1 1-5.5 5.5',
  waiting: 'M8 5v3l2 1.5M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11',
  unknown: 'M6 6a2 2 0 1 1 2.6 2c-.4.2-.6.5-.6 1v.4M8 11.6v.1M8 1.8a6.2 6.2 0 1 1 0 12.4a6.2 6.2 0 1 1 0-12.4',
  skipped: 'M4 8h8',
} as const;

/** A button that cannot be used keeps the focus that it has: `disabled` would throw it away. */
export function setUsable(button: HTMLButtonElement, isUsable: boolean): void {
  if (isUsable) button.removeAttribute('aria-disabled');
  else button.setAttribute('aria-disabled', 'true');
}
