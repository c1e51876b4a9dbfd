import { linkStatus } from '../../format/mb-errors.ts';
import { emptyDict, type PlistDict } from '../../plist/index.ts';
import type { FolderEntry } from '../backup-folder.ts';
import type { MessageOf } from '../messages.ts';
import type { Context } from '../context.ts';
import type { Answer } from '../status.ts';

const fileTypes = { file: 'DLFileTypeRegular', directory: 'DLFileTypeDirectory', other: 'DLFileTypeUnknown' } as const;

/** One level with every entry, empty files too: the phone decides between full and incremental by it. */
export async function list(context: Context, message: MessageOf<'list'>): Promise<Answer> {
  try {
    return { code: linkStatus.ok, extra: describe(await context.folder.list(message.path)) };
  } catch (error) {
    return context.record.failure(error, message.path);
  }
}

function describe(entries: readonly FolderEntry[]): PlistDict {
  const contents = emptyDict();
  for (const entry of entries) {
    contents[entry.name] = { DLFileType: fileTypes[entry.kind], DLFileSize: entry.size, DLFileModificationDate: entry.modified };
  }
  return contents;
}
