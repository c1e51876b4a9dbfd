import type { Phone, Service } from '../../service.ts';
import { FileLocks } from './locks.ts';
import { AfcSession, type SharedVolume } from './session.ts';
import { Volume } from './volume.ts';

const volumes = new WeakMap<Phone, SharedVolume>();

/** The phone's media folder: one for all connections, since locks and written files are shared. */
function mediaVolume(phone: Phone): SharedVolume {
  const known = volumes.get(phone);
  if (known) return known;
  const base = (): ReturnType<ConstructorParameters<typeof Volume>[0]> => {
    const media = phone.content.media();
    return {
      list: (path) => media.list(path),
      item: (path) => media.item(path),
      read: (item, chunkSize) => phone.content.read(item, chunkSize),
    };
  };
  const shared = { volume: new Volume(base, phone.mediaFiles, () => phone.peekTime()), locks: new FileLocks() };
  volumes.set(phone, shared);
  return shared;
}

/** com.apple.afc: files below `/var/mobile/Media`. */
export const afc: Service = {
  name: 'com.apple.afc',
  needsEscrowBag: false,
  serve: (stream, phone) => new AfcSession(phone, mediaVolume(phone)).serve(stream),
};
