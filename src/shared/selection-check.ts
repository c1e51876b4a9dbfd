/** What a selection was held against: while it is the same, another look tells the same. */
export interface SelectionBase {
  /** The selection itself, as text. */
  readonly selection: string;
  /** Id of the last complete backup; `undefined` before the first. */
  readonly entry: string | undefined;
  /** Its manifest could be opened. */
  readonly wasOpen: boolean;
  /** The device listed its apps. */
  readonly hadApps: boolean;
}

/** What can be told of a selection before a device is asked for a backup; terms are as text. */
export interface SelectionCheck {
  /** All that is included is excluded again: no device has anything of it. */
  readonly isVoid: boolean;
  /** It includes nothing but apps that are `unknown`: the run would come to nothing. */
  readonly isHopeless: boolean;
  /** Apps that neither the device nor its last backup lists and domains that the last backup lacks, with the name that was probably meant. */
  readonly unknown: readonly { readonly term: string; readonly suggestion: string | undefined }[];
  /** What nobody knows before the run: apps of the system, which devices need not list, and domains where no backup could be opened. */
  readonly unsure: readonly string[];
  /** What is included and took nothing of the last backup, although its name is known. */
  readonly unmatched: readonly string[];
  /** The selection as a whole took nothing of the last backup. */
  readonly wasEmpty: boolean;
  /** Of the last backup, where it could be opened. */
  readonly date: Date | undefined;
  readonly base: SelectionBase;
}
