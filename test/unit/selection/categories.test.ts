import assert from 'node:assert/strict';
import { categories, categoriesOf, categoryById, categoryOf, familyOf } from '../../../src/selection/index.ts';

describe('selection: categories', () => {
  const cases: readonly (readonly [domain: string, path: string, id: string | undefined])[] = [
    ['HomeDomain', 'Library/SMS/sms.db', 'messages'],
    ['HomeDomain', 'Library/SMS/sms.db-wal', 'messages'],
    ['HomeDomain', 'Library/SMS/sms.dbx', 'settings'],
    ['MediaDomain', 'Library/SMS/Attachments/ab/11/IMG_1.HEIC', 'message-attachments'],
    ['HomeDomain', 'Library/AddressBook/AddressBook.sqlitedb', 'contacts'],
    ['HomeDomain', 'Library/AddressBook', 'settings'],
    ['WirelessDomain', 'Library/CallHistory/call_history.db', 'call-history'],
    ['WirelessDomain', 'Library/Databases/DataUsage.sqlite', 'data-usage'],
    ['CameraRollDomain', 'Media/DCIM/100APPLE/IMG_0001.HEIC', 'pictures'],
    ['CameraRollDomain', 'Media/DCIM/100APPLE/IMG_0001.MOV', 'videos'],
    ['CameraRollDomain', 'Media/PhotoData/Mutations/DCIM/100APPLE/IMG_0001/Adjustments/FullSizeRender.mov', 'videos'],
    ['CameraRollDomain', 'Media/PhotoData/Metadata/DCIM/100APPLE/IMG_0001.MOV', 'photo-library'],
    ['MediaDomain', 'Library/SMS/Attachments/ab/11/IMG_1.MOV', 'message-attachments'],
    ['CameraRollDomain', 'Media/PhotoData/Photos.sqlite', 'photo-library'],
    ['AppDomainGroup-group.com.apple.notes', 'NoteStore.sqlite', 'notes'],
    ['AppDomainGroup-group.net.whatsapp.WhatsApp.shared', 'ChatStorage.sqlite', 'whatsapp'],
    ['AppDomain-com.example.my-app', 'Documents/a', 'apps'],
    ['HealthDomain', 'Health/healthdb.sqlite', 'health'],
    ['SystemPreferencesDomain', 'SystemConfiguration/com.apple.wifi-networks.plist.backup', 'wifi'],
    ['SystemPreferencesDomain', 'SystemConfiguration/preferences.plist', 'settings'],
    ['AppDomain-com.apple.mobilesafari', 'Library/Safari/History.db', 'safari-history'],
    ['SomethingNewDomain', 'x', undefined],
  ];
  for (const [domain, relativePath, id] of cases) {
    it(`puts ${domain} ${relativePath} under ${id}`, () => assert.equal(categoryOf({ domain, relativePath })?.id, id));
  }

  it('has unique ids in the form that plans use', () => {
    const ids = categories.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z]+(-[a-z]+)*$/);
  });

  it('takes a part along with its whole, and nothing else that lies in the same domain', () => {
    const ids = (domain: string, relativePath: string): string[] => categoriesOf({ domain, relativePath }).map(({ id }) => id);
    assert.deepEqual(ids('AppDomainGroup-group.net.whatsapp.WhatsApp.shared', 'ChatStorage.sqlite'), ['whatsapp', 'apps']);
    assert.deepEqual(ids('HomeDomain', 'Library/Safari/History.db'), ['safari-history', 'safari']);
    assert.deepEqual(ids('HomeDomain', 'Library/SMS/sms.db'), ['messages']);
    assert.deepEqual(ids('CameraRollDomain', 'Media/DCIM/100APPLE/IMG_0001.mp4'), ['videos', 'photos']);
  });

  it('names only parents that exist', () => {
    for (const { parent } of categories) if (parent !== undefined) assert.ok(categoryById.has(parent), parent);
    assert.deepEqual([...familyOf('safari')].toSorted(), ['safari', 'safari-bookmarks', 'safari-history', 'safari-tabs']);
  });
});
