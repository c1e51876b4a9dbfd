/** Calls `work` once in the next frame after any of the window's `events`. */
export function everyFrame(work: () => void, events: readonly ('scroll' | 'resize')[]): void {
  let isWaiting = false;
  const wait = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      work();
    });
  };
  for (const event of events) addEventListener(event, wait, { passive: true });
}
