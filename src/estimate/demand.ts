import type { DiskUsage } from '../device/index.ts';

/** No phone has more data than it has storage; what it has used it may tell. */
const anyPhone = 4e12;

/** Whether a phone can mean it: phones with iOS 17 to 26 were seen to demand several times their capacity. */
export function isPlausible(bytes: number, usage: DiskUsage | undefined): boolean {
  return bytes >= 0 && bytes <= (usage?.used ?? usage?.dataCapacity ?? anyPhone);
}
