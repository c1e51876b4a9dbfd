import type { Services } from '../services.ts';

export async function clearHistoryFilter({ views }: Services): Promise<void> {
  views.historyFilter = '';
}
