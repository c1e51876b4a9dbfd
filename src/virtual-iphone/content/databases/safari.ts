import { rowsOf, type DatabasePlan } from '../sqlite-file.ts';
import { cocoaSeconds, type World } from '../world.ts';

export interface Visit {
  readonly id: number;
  readonly title: string;
  readonly url: string;
  /** Unix seconds. */
  readonly at: number;
}

/** `Library/Safari/Bookmarks.db`: special ids 1 for the bar, 2 the menu, 3 the reading list. */
export function bookmarksDatabase(world: World): DatabasePlan {
  const { bookmarks } = world.phrases;
  const folders = [
    [0, null, 1, 'Root', null, 0, 0],
    [1, 0, 1, 'BookmarksBar', null, 1, 0],
    [2, 0, 1, 'BookmarksMenu', null, 2, 1],
    [3, 0, 1, 'com.apple.ReadingList', null, 3, 2],
  ];
  const leaves = bookmarks.map(([title, url], index) => [10 + index, index % 2 === 0 ? 1 : 3, 0, title, url, 0, index]);
  return {
    schema: `
CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, special_id INTEGER DEFAULT 0, parent INTEGER, type INTEGER, title TEXT,
  url TEXT COLLATE NOCASE,
  num_children INTEGER DEFAULT 0, editable INTEGER DEFAULT 1, deletable INTEGER DEFAULT 1, hidden INTEGER DEFAULT 0,
  order_index INTEGER,
  external_uuid TEXT, read INTEGER, last_modified REAL, server_id TEXT, sync_data BLOB, added INTEGER DEFAULT 1, extra_attributes BLOB);
CREATE TABLE folder_ancestors (id INTEGER PRIMARY KEY, folder_id INTEGER NOT NULL, ancestor_id INTEGER NOT NULL);
CREATE TABLE sync_properties (key TEXT PRIMARY KEY, value TEXT);`,
    tables: { bookmarks: { columns: 'id, parent, type, title, url, special_id, order_index', rows: [...folders, ...leaves] } },
  };
}

/** `Library/Safari/History.db`. */
export function historyDatabase(visits: readonly Visit[]): DatabasePlan {
  const urls = [...new Set(visits.map((visit) => visit.url))];
  const count = (url: string): number => visits.filter((visit) => visit.url === url).length;
  return {
    schema: `
CREATE TABLE history_items (id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, domain_expansion TEXT,
  visit_count INTEGER NOT NULL,
  daily_visit_counts BLOB, weekly_visit_counts BLOB, should_recompute_derived_visit_counts INTEGER, visit_count_score INTEGER);
CREATE TABLE history_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, history_item INTEGER NOT NULL REFERENCES history_items(id),
  visit_time REAL NOT NULL,
  title TEXT, load_successful BOOLEAN DEFAULT 1, http_non_get BOOLEAN DEFAULT 0, synthesized BOOLEAN DEFAULT 0, redirect_source INTEGER,
  redirect_destination INTEGER, origin INTEGER DEFAULT 0, generation INTEGER DEFAULT 0, attributes INTEGER DEFAULT 0,
  score INTEGER DEFAULT 0);
CREATE TABLE metadata (key TEXT NOT NULL UNIQUE, value);
CREATE INDEX history_visits__item ON history_visits(history_item);`,
    userVersion: 14,
    tables: {
      history_items: rowsOf('id, url, visit_count, should_recompute_derived_visit_counts, visit_count_score', urls, (url, index) => {
        return [index + 1, url, count(url), 0, count(url) * 100];
      }),
      history_visits: rowsOf('id, history_item, visit_time, title', visits, (visit) => {
        return [visit.id, urls.indexOf(visit.url) + 1, cocoaSeconds(visit.at), visit.title];
      }),
    },
  };
}

/** `Library/Safari/BrowserState.db`, or `SafariTabs.db` since iOS 15: the tabs that are open. */
export function tabsDatabase(world: World, visits: readonly Visit[]): DatabasePlan {
  const open = visits.slice(-5);
  const random = world.random('tabs');
  return {
    schema: `
CREATE TABLE browser_windows (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE);
CREATE TABLE tabs (id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, title TEXT, url TEXT, user_visible_url TEXT, order_index INTEGER,
  last_viewed_time REAL, private_browsing INTEGER DEFAULT 0, browser_window_id INTEGER);`,
    tables: {
      browser_windows: { columns: 'id, uuid', rows: [[1, random.uuid()]] },
      tabs: rowsOf('id, uuid, title, url, user_visible_url, order_index, last_viewed_time, browser_window_id', open, (visit, index) => {
        return [index + 1, random.uuid(), visit.title, visit.url, visit.url, index, cocoaSeconds(visit.at), 1];
      }),
    },
  };
}
