/** An earlier answer of a phone: bytes of documents and data by bundle id. */
export interface AppSizes {
  readonly date: Date;
  readonly apps: ReadonlyMap<string, number>;
}

/** An answer this long before or after a backup still tells of that time, in ms. */
const nearby = 2 * 86_400_000;

/** The answer that was given about when a backup was made; a later one before an earlier one as near. */
export function answerAt(answers: readonly AppSizes[], date: Date): AppSizes | undefined {
  const distance = (answer: AppSizes): number => Math.abs(answer.date.getTime() - date.getTime());
  const near = answers.filter((answer) => distance(answer) <= nearby);
  return near.reduce<AppSizes | undefined>((best, answer) => (best && distance(best) < distance(answer) ? best : answer), undefined);
}
