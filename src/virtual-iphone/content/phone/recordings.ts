import { bytesBody } from '../body.ts';
import { recordingsDatabase, type Recording } from '../databases/recordings.ts';
import { silentSound } from '../media/sound.ts';
import type { PhoneContext } from './context.ts';
import { addDatabase } from './databases.ts';

/** Voice memos; every sixth day brings one. Since iOS 12 they lie in the app's group. */
export function addRecordings(context: PhoneContext): void {
  const { world, tree, scale, today } = context;
  const [domain, folder] = world.iosMajor >= 12 ? [group, 'Recordings'] : ['MediaDomain', 'Media/Recordings'];
  const count = scale.recordings + Math.floor(today / 6);
  const recordings = Array.from({ length: count }, (_, index) => makeRecording(context, index));
  const modified = Math.max(...recordings.map((recording) => recording.at));
  addDatabase(context, domain, `${folder}/CloudRecordings.db`, { modified }, () => recordingsDatabase(world, recordings));
  for (const { file, seconds, at } of recordings) {
    tree.file(domain, `${folder}/${file}`, bytesBody(silentSound(seconds, at)), { modified: at, born: at });
  }
}

const group = 'AppDomainGroup-group.com.apple.VoiceMemos.shared';

function makeRecording({ world, scale }: PhoneContext, index: number): Recording {
  const random = world.random(`recording ${index}`);
  const isNew = index >= scale.recordings;
  const at = isNew ? world.at((index - scale.recordings + 1) * 6 - 1) : world.at(-random.integer(3, 700));
  const uuid = random.uuid();
  const stamp = new Date(at * 1000).toISOString().replace(/[-:]|\..*/g, '').replace('T', ' ');
  const [title, seconds] = [random.pick(world.phrases.places), random.integer(3, 90)];
  return { id: index + 1, title, at, seconds, file: `${stamp}-${uuid.slice(0, 8)}.m4a`, uuid };
}
