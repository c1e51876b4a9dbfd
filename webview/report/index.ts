import type { FromReportPage, ReportPicture, ToReportPage } from '../../src/shared/report-panel.ts';
import { element } from '../support/dom.ts';
import { liveRegion } from '../support/live.ts';
import { connect } from '../support/port.ts';
import type { Port } from '../support/port.ts';
import '../support/theme.css';
import { wordsOf } from '../support/words.ts';
import { checksView } from './checks-view.ts';
import { findingsView } from './findings-view.ts';
import { Folds } from './folds.ts';
import { headerView } from './header-view.ts';
import type { PageContext, View } from './page.ts';
import './report.css';

interface ReportProtocol {
  readonly out: FromReportPage;
  readonly in: ToReportPage;
}

connect<ReportProtocol>((port) => {
  const live = liveRegion();
  document.body.append(live.region);
  let draw: ((picture: ReportPicture) => void) | undefined;
  return (message) => {
    if (message.type === 'told') return live.say(message.text);
    draw ??= build(port);
    draw(message.picture);
    if (!message.picture.isRunning) live.say(message.picture.headline);
  };
});

/** The page: what is to be done first, and what was looked at below it. */
function build(port: Port<ReportProtocol>): (picture: ReportPicture) => void {
  const context: PageContext = { words: wordsOf(port.start), folds: new Folds(port), post: port.post };
  const views: readonly View[] = [headerView(context), findingsView(context), checksView(context)];
  document.documentElement.lang = port.start.locale;
  const main = element('main', {}, ...views.map(({ root }) => root));
  document.body.append(main);
  return (picture) => {
    main.ariaBusy = String(picture.isRunning);
    for (const view of views) view.draw(picture);
  };
}
