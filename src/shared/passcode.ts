/** A device puts its passcode prompt away after about this long, in seconds. */
export const passcodePatience = 180;
