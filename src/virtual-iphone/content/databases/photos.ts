import { rowsOf, type DatabasePlan, type SqlValue } from '../sqlite-file.ts';
import { assetFolder, assetName, type Asset } from '../story/photos.ts';
import { cocoaSeconds, type World } from '../world.ts';
import { coreDataSchema, coreDataTables } from './core-data.ts';

/** Entity numbers of albums and assets in the photo library's model, which Apple renumbers with most releases. */
function entityNumbers(ios: number): { album: number; asset: number } {
  if (ios <= 12) return { album: 20, asset: 27 };
  if (ios === 13) return { album: 23, asset: 30 };
  if (ios === 14) return { album: 26, asset: 3 };
  return { album: ios === 15 ? 27 : 28, asset: 3 };
}

/** `Media/PhotoData/Photos.sqlite`: assets, also those whose originals are in iCloud only, and albums. */
export function photosDatabase(world: World, assets: readonly Asset[]): DatabasePlan {
  const { album, asset } = entityNumbers(world.iosMajor);
  const assetTable = world.iosMajor >= 14 ? 'ZASSET' : 'ZGENERICASSET';
  const assetEntity = world.iosMajor >= 14 ? 'Asset' : 'GenericAsset';
  const highest = assets.at(-1)?.id ?? 0;
  const inAlbums = assets.filter((item) => item.album !== undefined);
  return {
    schema: schema(assetTable, album, asset),
    tables: {
      ...coreDataTables(world, 'Photos', [
        [1, 'AdditionalAssetAttributes', 0, highest],
        [asset, assetEntity, 0, highest],
        [album, 'GenericAlbum', 0, world.phrases.albums.length],
      ]),
      [assetTable]: rowsOf(assetColumns, assets, (item) => assetRow(item, asset)),
      ZADDITIONALASSETATTRIBUTES: rowsOf(attributeColumns, assets, (item) => attributeRow(world, item)),
      ZGENERICALBUM: rowsOf('Z_PK, Z_ENT, ZKIND, ZTRASHEDSTATE, ZTITLE, ZUUID', world.phrases.albums, (title, index) => {
        return [index + 1, album, 2, 0, title, world.random(`album ${index}`).uuid()];
      }),
      [`Z_${album}ASSETS`]: rowsOf(`Z_${album}ALBUMS, Z_${asset}ASSETS, Z_FOK_${asset}ASSETS`, inAlbums, (item) => {
        return [(item.album ?? 0) + 1, item.id, item.id * 1024];
      }),
    },
  };
}

const assetColumns =
  'Z_PK, Z_ENT, Z_OPT, ZUUID, ZDIRECTORY, ZFILENAME, ZKIND, ZKINDSUBTYPE, ZDATECREATED, ZADDEDDATE, ZMODIFICATIONDATE, ZTRASHEDSTATE, ' +
  'ZTRASHEDDATE, ZHIDDEN, ZFAVORITE, ZLATITUDE, ZLONGITUDE, ZWIDTH, ZHEIGHT, ZDURATION, ZUNIFORMTYPEIDENTIFIER, ZHASADJUSTMENTS, ' +
  'ZADDITIONALATTRIBUTES, ZCLOUDLOCALSTATE';

const typeIdentifiers = { heic: 'public.heic', jpeg: 'public.jpeg', screenshot: 'public.png', video: 'com.apple.quicktime-movie' } as const;

function assetRow(asset: Asset, entity: number): SqlValue[] {
  const taken = cocoaSeconds(asset.takenAt);
  const changed = cocoaSeconds(asset.editedAt ?? asset.takenAt);
  const subtype = asset.liveBytes !== undefined ? 2 : asset.kind === 'screenshot' ? 10 : 0;
  const isVideo = asset.kind === 'video';
  const size = asset.kind === 'screenshot' ? [390, 844] : [480, 360];
  const trashed = asset.trashedAt === undefined ? null : cocoaSeconds(asset.trashedAt);
  const place = asset.kind === 'screenshot' ? [-180, -180] : [asset.latitude, asset.longitude];
  const file = [asset.id, entity, 1, asset.uuid, `DCIM/${assetFolder(asset)}`, assetName(asset), isVideo ? 1 : 0, subtype];
  const dates = [taken, taken, changed, trashed === null ? 0 : 1, trashed];
  const looks = [asset.isHidden, asset.isFavorite, ...place, ...size, isVideo ? filmSeconds(asset) : 0, typeIdentifiers[asset.kind]];
  return [...file, ...dates, ...looks, asset.editedAt !== undefined, asset.id, asset.isCloudOnly ? 1 : 0];
}

export const filmSeconds = (asset: Asset): number => 2 + (asset.motif % 20);

const attributeColumns =
  'Z_PK, Z_ENT, Z_OPT, ZASSET, ZORIGINALFILENAME, ZORIGINALFILESIZE, ZTIMEZONENAME, ZTIMEZONEOFFSET, ZCREATORBUNDLEID';

function attributeRow(world: World, asset: Asset): SqlValue[] {
  const creator = asset.kind === 'screenshot' ? 'com.apple.springboard' : 'com.apple.camera';
  return [asset.id, 1, 1, asset.id, assetName(asset), asset.bytes, world.phrases.timeZone, 0, creator];
}

function schema(assetTable: string, album: number, asset: number): string {
  return `${coreDataSchema}
CREATE TABLE ${assetTable} (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZUUID VARCHAR, ZDIRECTORY VARCHAR,
  ZFILENAME VARCHAR,
  ZKIND INTEGER, ZKINDSUBTYPE INTEGER, ZDATECREATED TIMESTAMP, ZADDEDDATE TIMESTAMP, ZMODIFICATIONDATE TIMESTAMP, ZTRASHEDSTATE INTEGER,
  ZTRASHEDDATE TIMESTAMP, ZHIDDEN INTEGER, ZFAVORITE INTEGER, ZLATITUDE FLOAT, ZLONGITUDE FLOAT, ZWIDTH INTEGER, ZHEIGHT INTEGER,
  ZDURATION FLOAT, ZUNIFORMTYPEIDENTIFIER VARCHAR, ZHASADJUSTMENTS INTEGER, ZADDITIONALATTRIBUTES INTEGER, ZMOMENT INTEGER,
  ZCLOUDLOCALSTATE INTEGER);
CREATE TABLE ZADDITIONALASSETATTRIBUTES (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZASSET INTEGER,
  ZORIGINALFILENAME VARCHAR,
  ZORIGINALFILESIZE INTEGER, ZTIMEZONENAME VARCHAR, ZTIMEZONEOFFSET INTEGER, ZCREATORBUNDLEID VARCHAR,
  ZIMPORTEDBYBUNDLEIDENTIFIER VARCHAR);
CREATE TABLE ZGENERICALBUM (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZKIND INTEGER, ZTRASHEDSTATE INTEGER,
  ZTITLE VARCHAR, ZUUID VARCHAR, ZCREATIONDATE TIMESTAMP);
CREATE TABLE Z_${album}ASSETS (Z_${album}ALBUMS INTEGER, Z_${asset}ASSETS INTEGER, Z_FOK_${asset}ASSETS INTEGER,
  PRIMARY KEY (Z_${album}ALBUMS, Z_${asset}ASSETS));
CREATE INDEX ${assetTable}_DATECREATED ON ${assetTable}(ZDATECREATED);`;
}
