import type { EstimatePicture } from '../../src/shared/estimate-panel.ts';
import { element } from '../support/dom.ts';
import { liveRegion } from '../support/live.ts';
import { connect } from '../support/port.ts';
import type { Port } from '../support/port.ts';
import '../support/theme.css';
import { wordsOf } from '../support/words.ts';
import './estimate.css';
import { footerView } from './footer-view.ts';
import { headerView } from './header-view.ts';
import { sideView } from './side-view.ts';
import { Store } from './store.ts';
import type { EstimateProtocol, PageContext } from './store.ts';
import { TableView } from './table-view.ts';
import { TreemapView } from './treemap-view.ts';
import { savedView, viewOf } from './view-state.ts';

connect<EstimateProtocol>((port) => {
  const live = liveRegion();
  let store: Store | undefined;
  document.body.append(live.region);
  return (message) => {
    if (message.type === 'told') live.say(message.text);
    else if (store) store.picture = message.picture;
    else store = build(port, message.picture, live);
  };
});

/** The page, once there is something to show. */
function build(port: Port<EstimateProtocol>, picture: EstimatePicture, live: ReturnType<typeof liveRegion>): Store {
  const save = ({ view, picture: { plan } }: Store): void => port.save(savedView(view, plan));
  const store = new Store(picture, viewOf(port.saved), save);
  save(store);
  const context: PageContext = { words: wordsOf(port.start), store, post: port.post, say: live.say };
  const table = new TableView(context);
  const treemap = new TreemapView(context, (node) => table.reveal(node));
  const side = sideView(context, (node) => table.reveal(node));
  document.documentElement.lang = port.start.locale;
  document.body.append(headerView(context), element('main', {}, treemap.root, side, table.root), footerView(context));
  store.redraw();
  return store;
}
