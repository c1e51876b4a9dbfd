import { endingOf, videoEndings } from '../../shared/media-names.ts';

/** What a file of the camera roll is, by its name: nothing of it is read. */
export type MediaKind = 'picture' | 'video' | 'sidecar';

const videos = new Set(videoEndings);
const sidecars = new Set(['aae', 'xmp', 'plist']);

export function mediaKind(path: string): MediaKind {
  const extension = endingOf(path);
  if (videos.has(extension)) return 'video';
  return sidecars.has(extension) ? 'sidecar' : 'picture';
}
