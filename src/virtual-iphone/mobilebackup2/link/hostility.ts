import type { HostileMood } from '../../contract.ts';
import { PlistReal, writeBinaryPlist, type PlistValue } from '../../../plist/index.ts';
import { LinkEnded } from '../errors.ts';
import type { DeviceLink, Message } from './device-link.ts';
import { deepPlist, expandingPlist } from './malformed-plists.ts';
import { fileCode } from './units.ts';

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
    if (!mood || this.#isDone || (name !== targetOf(mood) && this.#verdicts < 2)) return;
    this.#isDone = true;
    await this.#say(mood);
  }

  async #say(mood: HostileMood): Promise<void> {
    const { writer } = this.#link;
    const name = targetOf(mood);
    switch (mood.form ?? 'path') {
      case 'path':
        return this.#sayPath(name, hostileMessage(mood, this.#link.phone.identity.udid), mood.path);
      case 'absurd-length':
        writer.raw(Buffer.from([0xff, 0xff, 0xff, 0xf0, 0x62, 0x70]));
        break;
      case 'deep-plist':
        writer.bytes(deepPlist(name));
        break;
      case 'huge-plist':
        writer.bytes(expandingPlist(name));
        break;
      case 'wrong-count':
        writer.bytes(writeBinaryPlist([name]));
        break;
      case 'truncated-frame':
        writer.raw(Buffer.from([0, 0, 4, 0, 0x62, 0x70, 0x6c]));
        await writer.settle();
        throw new LinkEnded('cut');
    }
    await writer.flush();
    await this.#link.receive();
  }

  async #sayPath(name: string, message: Message, path: string): Promise<void> {
    const { writer } = this.#link;
    writer.bytes(writeBinaryPlist(message));
    if (name === wireName['UploadFiles']) {
      writer.text('/var/mobile/hostile');
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
