/** Works on several things at a time; answers in their order how each went. Nothing is left running. */
export async function sideBySide<T, R>(things: readonly T[], work: (thing: T) => Promise<R>, width = 4): Promise<PromiseSettledResult<R>[]> {
  const results: PromiseSettledResult<R>[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < things.length; index = next++) {
      [results[index]] = (await Promise.allSettled([work(things[index] as T)])) as [PromiseSettledResult<R>];
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
