import assert from 'node:assert/strict';
import type { MediaFile } from '../../../../src/device/index.ts';
import { chooseFiles, photoOf } from '../../../../src/jobs/media/choose.ts';

const file = (path: string, modified: Date | undefined): MediaFile => ({ path, size: 1, modified, born: undefined });
const noon = (year: number, month: number, day: number): Date => new Date(year, month - 1, day, 12);

describe('media: what belongs to one photo', () => {
  it('is told by folder and number', () => {
    const mine = ['/DCIM/100APPLE/IMG_0042.HEIC', '/DCIM/100APPLE/IMG_0042.MOV', '/DCIM/100APPLE/IMG_E0042.JPG', '/DCIM/100APPLE/IMG_O0042.AAE', '/DCIM/100APPLE/IMG_0042.AAE',
      '/PhotoData/Mutations/DCIM/100APPLE/IMG_0042/Adjustments/FullSizeRender.jpg'];
    assert.deepEqual(new Set(mine.map(photoOf)), new Set(['100APPLE/IMG_0042']));
    for (const other of ['/DCIM/101APPLE/IMG_0042.HEIC', '/DCIM/100APPLE/IMG_0043.HEIC', '/DCIM/100APPLE/IMG_E.JPG']) assert.notEqual(photoOf(other), '100APPLE/IMG_0042');
  });
});

describe('media: days', () => {
  const taken = file('/DCIM/100APPLE/IMG_0001.HEIC', noon(2026, 3, 1));
  const edited = file('/DCIM/100APPLE/IMG_E0001.JPG', noon(2026, 5, 1));
  const later = file('/DCIM/100APPLE/IMG_0002.HEIC', noon(2026, 5, 1));
  const undated = file('/DCIM/100APPLE/IMG_0003.HEIC', undefined);
  const paths = (days: Parameters<typeof chooseFiles>[1]): string[] => chooseFiles([later, edited, undated, taken], days).map(({ path }) => path.slice('/DCIM/100APPLE/'.length));

  it('take all where none is given, in order', () => assert.deepEqual(paths({}), ['IMG_0001.HEIC', 'IMG_0002.HEIC', 'IMG_0003.HEIC', 'IMG_E0001.JPG']));

  it('include both ends, and edits go with their photo', () => {
    assert.deepEqual(paths({ after: '2026-03-01', before: '2026-03-01' }), ['IMG_0001.HEIC', 'IMG_E0001.JPG']);
    assert.deepEqual(paths({ after: '2026-03-02' }), ['IMG_0002.HEIC']);
    assert.deepEqual(paths({ before: '2026-02-28' }), []);
  });
});
