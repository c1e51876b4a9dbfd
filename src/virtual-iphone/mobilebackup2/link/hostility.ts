import type { HostileMood } from '../../contract.ts';
import { PlistReal, writeBinaryPlist, type PlistValue } from '../../../plist/index.ts';
import { malformedFrame } from '../../state/malformed-frame.ts';
import { LinkEnded } from '../errors.ts';
import type { DeviceLink, Message } from './device-link.ts';
import { fileCode } from './units.ts';

const devicePath = '/var/mobile/hostile';

const wireName: Readonly<Record<string, string>> = {
  UploadFiles: 'DLMessageUploadFiles',
  DownloadFiles: 'DLMessageDownloadFiles',
  MoveItems: 'DLMessageMoveItems',
  CopyItem: 'DLMessageCopyItem',
  RemoveItems: 'DLMessageRemoveItems',
  CreateDirectory: 'DLMessageCreateDirectory',
  ContentsOfDirectory: 'DLContentsOfDirectory',
};

/** The hostile mood: one message of a malicious device, said once a conversation, before the first honest one of its name or else before the verdict. */
export class Hostility {
  readonly #link: DeviceLink;
  #isDone = false;
  #verdicts = 0;

  constructor(link: DeviceLink) {
    this.#link = link;
  }

  /** Called before the phone says `name`. */
  async before(name: string): Promise<void> {
    const mood = this.#link.phone.moods.hostile;
    // The first ProcessMessage is the answer to Hello, the second the verdict.
    if (name === 'DLMessageProcessMessage') this.#verdicts++;
    if (!mood || mood.message.startsWith('lockdown.') || this.#isDone || (name !== targetOf(mood) && this.#verdicts < 2)) return;
    this.#isDone = true;
    await this.#say(mood);
  }

  async #say(mood: HostileMood): Promise<void> {
    const { writer } = this.#link;
    const { form = 'path' } = mood;
    const name = targetOf(mood);
    if (form === 'path') return this.#sayPath(name, hostileMessage(mood, this.#link.phone.identity.udid), mood.path);
    this.#beginStream(mood);
    writer.raw(malformedFrame(name, form));
    if (form === 'truncated-frame') {
      await writer.settle();
      throw new LinkEnded('cut');
    }
    await writer.flush();
    await this.#link.receive();
  }

  /** What comes before a malformed unit inside a file stream: the message, and for a chunk the names. */
  #beginStream(mood: HostileMood): void {
    const [, place] = mood.message.split(':');
    if (place !== 'name' && place !== 'chunk') return;
    const { writer, phone } = this.#link;
    writer.bytes(writeBinaryPlist(hostileMessage(mood, phone.identity.udid)));
    if (place === 'name') return;
    writer.text(devicePath);
    writer.text(`${phone.identity.udid}/Status.plist`);
  }

  async #sayPath(name: string, message: Message, path: string): Promise<void> {
    const { writer } = this.#link;
    writer.bytes(writeBinaryPlist(message));
    if (name === wireName['UploadFiles']) {
      writer.text(devicePath);
      writer.text(path);
      writer.coded(fileCode.data, Buffer.from('hostile'));
      writer.coded(fileCode.success);
      writer.terminator();
    }
    await writer.flush();
    if (name === wireName['DownloadFiles']) while ((await this.#link.unit()).length > 0);
    await this.#link.receive();
  }
}

const targetOf = (mood: HostileMood): string => wireName[mood.message.replace(/:.*/, '')] ?? mood.message;

function hostileMessage(mood: HostileMood, udid: string): Message {
  const name = targetOf(mood);
  const own = `${udid}/Status.plist`;
  const from = mood.message.endsWith(':from') ? mood.path : own;
  const to = mood.message.endsWith(':from') ? own : mood.path;
  const parts: Readonly<Record<string, PlistValue[]>> = {
    DLMessageUploadFiles: [{}, new PlistReal(1), 7],
    DLMessageDownloadFiles: [[mood.path], {}, new PlistReal(1), 0],
    DLMessageMoveItems: [{ [from]: to }, {}, new PlistReal(1), 0],
    DLMessageCopyItem: [from, to, {}, new PlistReal(1)],
    DLMessageRemoveItems: [[mood.path], {}, new PlistReal(1), 0],
    DLMessageCreateDirectory: [mood.path, {}, new PlistReal(0)],
    DLContentsOfDirectory: [mood.path, {}],
  };
  return [name, ...(parts[name] ?? [mood.path])];
}
