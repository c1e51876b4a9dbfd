import { writeBinaryPlist, writeXmlPlist } from '../../../plist/index.ts';
import { bytesBody, headedBody } from '../body.ts';
import { filmSeconds, photosDatabase } from '../databases/photos.ts';
import type { PhotoFacts } from '../media/exif.ts';
import { maxPictureBytes } from '../media/pictures.ts';
import { hashText } from '../random.ts';
import { assetFolder, assetName, assetStem, type Asset } from '../story/photos.ts';
import type { ItemFacts } from '../tree.ts';
import type { PhoneContext } from './context.ts';
import { addDatabase } from './databases.ts';

const domain = 'CameraRollDomain';
const photoData = 'Media/PhotoData';

/** DCIM, edits, thumbnails and the library's database. */
export function addCameraRoll(context: PhoneContext): void {
  const { assets, tree, world } = context;
  for (const asset of assets) {
    addThumbnail(context, asset);
    if (asset.isCloudOnly) continue;
    addOriginal(context, asset);
    if (asset.editedAt !== undefined) addEdit(context, asset, asset.editedAt);
  }
  addDatabase(context, domain, `${photoData}/Photos.sqlite`, { modified: world.at(context.today) }, () => photosDatabase(world, assets));
  // Phones that keep their photos in iCloud say so with a file.
  if (assets.some(({ isCloudOnly }) => isCloudOnly)) tree.file(domain, `${photoData}/cpl_enabled_marker`, bytesBody(Buffer.from('1\n')), { modified: world.at(-400) });
  for (const folder of ['CPLAssets', 'Mutations', 'Caches', 'FacesMetadata']) tree.directory(domain, `${photoData}/${folder}`);
}

function addOriginal(context: PhoneContext, asset: Asset): void {
  const { tree, pictures } = context;
  const top = `Media/DCIM/${assetFolder(asset)}`;
  const facts: ItemFacts = { modified: asset.takenAt, born: asset.takenAt, extendedAttributes: assetAttributes(asset) };
  const about = photoFacts(context, asset);
  const path = `${top}/${assetName(asset)}`;
  const headed = (makeHead: () => Buffer, length: number, file: string): void => {
    tree.file(domain, file, headedBody(makeHead, context.world.filler, hashText(`${asset.uuid} ${file}`), length), facts);
  };
  if (asset.kind === 'screenshot') tree.file(domain, path, bytesBody(pictures.screenshot(asset.motif, about)), facts);
  if (asset.kind === 'jpeg') headed(() => pictures.jpeg(asset.motif, about), asset.bytes, path);
  if (asset.kind === 'heic') headed(() => pictures.heifHead(asset.motif, about, asset.bytes), asset.bytes, path);
  if (asset.kind === 'video') headed(() => pictures.filmHead(asset.motif, about, filmSeconds(asset), asset.bytes), asset.bytes, path);
  const { liveBytes } = asset;
  if (liveBytes === undefined) return;
  headed(() => pictures.filmHead(asset.motif, about, 3, liveBytes), liveBytes, `${top}/${assetStem(asset)}.MOV`);
}

/** The sidecar that says what was done, and the finished picture, in the library and for odd numbers also in DCIM. */
function addEdit(context: PhoneContext, asset: Asset, editedAt: number): void {
  const { tree, pictures, world } = context;
  const top = `Media/DCIM/${assetFolder(asset)}`;
  const facts: ItemFacts = { modified: editedAt, born: editedAt };
  const adjustment = {
    adjustmentBaseVersion: 0,
    adjustmentData: world.random(`edit ${asset.uuid}`).bytes(180),
    adjustmentFormatIdentifier: 'com.apple.photo',
    adjustmentFormatVersion: '1.9',
    adjustmentTimestamp: new Date(editedAt * 1000),
  };
  tree.file(domain, `${top}/${assetStem(asset)}.AAE`, bytesBody(writeXmlPlist(adjustment)), facts);
  const makeRender = (): Buffer => pictures.jpeg(asset.motif + 1, { ...photoFacts(context, asset), at: editedAt });
  const length = Math.max(maxPictureBytes, asset.bytes - 1000);
  const body = headedBody(makeRender, world.filler, hashText(`${asset.uuid} render`), length);
  const mutation = `${photoData}/Mutations/DCIM/${assetFolder(asset)}/${assetStem(asset)}/Adjustments`;
  tree.file(domain, `${mutation}/FullSizeRender.jpg`, body, facts);
  tree.file(domain, `${mutation}/Adjustments.plist`, bytesBody(writeBinaryPlist(adjustment)), facts);
  if (asset.id % 2 === 1) tree.file(domain, `${top}/IMG_E${assetStem(asset).slice(4)}.JPG`, body, facts);
}

/** Small pictures lie in a directory named like the original; also for originals that are not here. */
function addThumbnail(context: PhoneContext, asset: Asset): void {
  if (asset.id % 3 !== 0) return;
  const path = `${photoData}/Thumbnails/V2/DCIM/${assetFolder(asset)}/${assetName(asset)}/5005.JPG`;
  const bytes = context.pictures.thumbnail(asset.motif, photoFacts(context, asset));
  const facts = { modified: asset.takenAt + 60, born: asset.takenAt + 60, protectionClass: 4 } as const;
  context.tree.file(domain, path, bytesBody(bytes), facts);
}

const photoFacts = ({ world }: PhoneContext, asset: Asset): PhotoFacts => ({ at: asset.takenAt, model: world.productType, id: asset.uuid });

function assetAttributes(asset: Asset): Record<string, Buffer> {
  return {
    'com.apple.assetsd.UUID': Buffer.from(asset.uuid.replaceAll('-', ''), 'hex'),
    'com.apple.assetsd.originalFilename': Buffer.from(assetName(asset), 'utf8'),
    'com.apple.assetsd.addedDate': writeBinaryPlist([new Date(asset.takenAt * 1000)]),
  };
}
