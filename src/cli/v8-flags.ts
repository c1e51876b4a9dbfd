import { setFlagsFromString } from 'node:v8';

/*
 * Imported first, for its effect on V8.
 *
 * The space for young objects stays at its initial 1 MB. V8 would let it grow to 32 MB while files come in, and as each
 * buffer that a socket fills holds memory outside of that space, tens of megabytes of buffers that nobody needs any more
 * would wait there, until full collections of all memory free them.
 */
setFlagsFromString('--semi-space-growth-factor=1');

/*
 * Most backups are over in seconds, and the phone's cable or our disk sets the pace: what the optimising compilers do beside
 * them costs a fifth of all processor time and hardly pays back. The flags are those of V8 12 and 13 (Node 22 to 24).
 */
if (/^1[23]\./.test(process.versions.v8)) {
  setFlagsFromString('--invocation-count-for-maglev=1500');
  setFlagsFromString('--invocation-count-for-turbofan=30000');
}
