const cannotSee = 'no software can see it: the help asks the person';

/** Rows of the knowledge that no test puts anything into, and why. */
export const unreached: Readonly<Record<string, string>> = {
  'muxer.untrusted': 'needs a second user of this computer',
  'muxer.no-access': 'needs an Apple device on the USB bus of this computer',
  'disk.network': 'needs a file server',
  'space.purgeable': 'needs macOS',
  'phone.file-name': cannotSee,
  'host.slept': 'a computer does not sleep in a test',
  'password.order': 'the virtual phone always does as it is told',
  'backup.whole-again': 'a remark of a run that ends well',
  'warning.unreadable-file': 'a remark of a run that ends well',
  'backup.old-functions': cannotSee,
  'backup.apple-corrupt': cannotSee,
  'restore.preflight': 'every reason of the preflight has a row of its own; this one is for reasons to come',
  'restore.verifying': cannotSee,
  'restore.app-data': cannotSee,
  'cloud.stuck': cannotSee,
  'cloud.nightly': 'a standing note: others come before it; its lines have a test of their own (diagnosis-conditions)',
};
