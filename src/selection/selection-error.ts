import { DataError } from '../shared/errors.ts';

/** `what`: one sentence for the person who wrote `subject`. */
export const badSelection = (what: string, subject?: string): DataError => new DataError('data.selection', what, { subject: subject?.slice(0, 200) });
