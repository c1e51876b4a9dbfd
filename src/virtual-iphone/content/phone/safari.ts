import { bookmarksDatabase, historyDatabase, tabsDatabase, type Visit } from '../databases/safari.ts';
import type { PhoneContext } from './context.ts';
import { addDatabase } from './databases.ts';

/** Bookmarks, history and tabs. Since iOS 13 the history lies in Safari's own container. */
export function addSafari(context: PhoneContext): void {
  const { world } = context;
  const visits = makeVisits(context);
  const modified = visits.at(-1)?.at ?? world.start;
  addDatabase(context, 'HomeDomain', 'Library/Safari/Bookmarks.db', { modified: world.at(-60) }, () => bookmarksDatabase(world));
  const historyDomain = world.iosMajor >= 13 ? 'AppDomain-com.apple.mobilesafari' : 'HomeDomain';
  addDatabase(context, historyDomain, 'Library/Safari/History.db', { modified }, () => historyDatabase(visits));
  const tabs = world.iosMajor >= 15 ? 'SafariTabs.db' : 'BrowserState.db';
  addDatabase(context, 'HomeDomain', `Library/Safari/${tabs}`, { modified }, () => tabsDatabase(world, visits));
}

function makeVisits({ world, scale, today }: PhoneContext): readonly Visit[] {
  return world.events<Visit>('visits', 1 - scale.historyDays, today, (day, visits) => {
    const random = world.random(`visits of day ${day}`);
    const count = random.integer(1, 5);
    for (let n = 0; n < count; n++) {
      const [title, url] = random.pick(world.phrases.bookmarks);
      const isDeep = random.chance(0.6);
      const page = random.integer(1, 400);
      const at = world.at(day - 1, Math.floor((80_000 / count) * (n + random.fraction())));
      visits.push({ id: visits.length + 1, title: isDeep ? `${title} – ${page}` : title, url: isDeep ? `${url}page/${page}` : url, at });
    }
  });
}
