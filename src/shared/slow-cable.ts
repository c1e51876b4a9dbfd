/**
 * Bytes a second below which a cable is slow. Large files were measured at 35 to 48 MB/s by USB 2 (ceotech.it, anazhd.com);
 * a cable, hub or port at fault is stuck at 1 to 3.
 */
export const slowCable = 4_000_000;
