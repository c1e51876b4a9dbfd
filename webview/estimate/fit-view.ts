import type { SizeRange } from '../../src/shared/estimate.ts';
import { element } from '../support/dom.ts';
import { card, drawnWhenChanged } from './card.ts';
import type { PageContext } from './store.ts';

type Fit = 'yes' | 'maybe' | 'no';

interface Place {
  readonly name: string;
  readonly title: string | undefined;
  /** Bytes that there is room for. */
  readonly room: number;
  readonly fits: Fit;
  /** Bytes that would go there. */
  readonly needs: SizeRange;
}

/** The total against the disk and the sizes of iCloud, as bars with words. */
export function fitView(context: PageContext): HTMLElement {
  const { store, words } = context;
  const list = element('ul', { class: 'fits' });
  const box = card(words.t('Where it fits'), list);
  drawnWhenChanged(store, ({ total, transfer, disk, clouds }) => ({ total, transfer, disk, clouds }), () => {
    const places = placesOf(context);
    box.hidden = places.length === 0;
    list.replaceChildren(...places.map((place) => bar(context, place)));
  });
  return box;
}

function placesOf({ store: { picture }, words: { t, size } }: PageContext): Place[] {
  const { total, transfer, disk, clouds } = picture;
  if (!total) return [];
  const onDisk = transfer ?? total;
  const disks: Place[] = disk ? [{ name: t('Disk of the backups'), title: disk.folder, room: disk.free, fits: fitOf(onDisk, disk.free), needs: onDisk }] : [];
  return [...disks, ...clouds.map(({ bytes, fits }): Place => ({ name: t('iCloud {size}', { size: size(bytes) }), title: undefined, room: bytes, fits, needs: total }))];
}

function fitOf({ low, high }: SizeRange, room: number): Fit {
  return high <= room ? 'yes' : low > room ? 'no' : 'maybe';
}

function bar({ words }: PageContext, { name, title, room, fits, needs }: Place): HTMLElement {
  const { t, size } = words;
  const verdicts: Readonly<Record<Fit, string>> = { yes: t('fits'), maybe: t('may fit'), no: t('does not fit') };
  const track = element('div', { class: `track ${fits}`, attributes: { 'aria-hidden': 'true' } });
  const sure = element('span', { class: 'sure' });
  const perhaps = element('span', { class: 'perhaps' });
  const share = (bytes: number): number => Math.min(100, (100 * bytes) / Math.max(1, room));
  sure.style.width = `${share(needs.low)}%`;
  perhaps.style.width = `${Math.max(0, share(needs.high) - share(needs.low))}%`;
  track.append(sure, perhaps);
  const left = room - needs.likely;
  const rest = left >= 0 ? t('{size} would be left', { size: size(left) }) : t('{size} too much', { size: size(-left) });
  return element(
    'li',
    { class: fits, title },
    element('div', { class: 'line' }, element('span', { class: 'place' }, name), element('span', { class: 'verdict' }, verdicts[fits])),
    track,
    element('div', { class: 'quiet small number' }, rest),
  );
}
