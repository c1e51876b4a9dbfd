import { linkStatus } from '../../format/mb-errors.ts';
import type { Context } from '../context.ts';
import type { Answer } from '../status.ts';

export async function freeSpace(context: Context): Promise<Answer> {
  try {
    const free = await context.folder.freeSpace();
    context.record.reportedFree = free;
    return { code: linkStatus.ok, extra: free };
  } catch (error) {
    return context.record.failure(error, 'free space');
  }
}
