/** Whether a device with this state of trust would do what is asked once somebody pairs it. */
export function needsPairing({ trust }: { readonly trust: string }): boolean {
  return trust === 'not-paired' || trust === 'waiting-for-tap' || trust === 'denied' || trust === 'forgotten';
}
