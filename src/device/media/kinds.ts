/** What a file of the camera roll is, by its name: nothing of it is read. */
export type MediaKind = 'picture' | 'video' | 'sidecar';

const videos = new Set(['mov', 'mp4', 'm4v', '3gp', 'avi']);
const sidecars = new Set(['aae', 'xmp', 'plist']);

export function mediaKind(path: string): MediaKind {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  if (videos.has(extension)) return 'video';
  return sidecars.has(extension) ? 'sidecar' : 'picture';
}
