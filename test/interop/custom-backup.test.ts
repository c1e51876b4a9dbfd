import assert from 'node:assert/strict';
import { createDecipheriv, hash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseKeybag } from '../../src/format/keybag.ts';
import { readManifestPlist } from '../../src/format/manifest-plist.ts';
import { unlockKeybag } from '../../src/format/unlock.ts';
import { defaultRestoreOptions, type BackupRequest, type Engine } from '../../src/jobs/api.ts';
import type { HistoryEntry } from '../../src/library/types.ts';
import { compileSelection, parseSelectionText } from '../../src/selection/index.ts';
import { CancelledError } from '../../src/shared/errors.ts';
import type { SelectionCheck } from '../../src/shared/selection-check.ts';
import type { AppDomains, Selection } from '../../src/shared/selection.ts';
import type { PhoneItem } from '../../src/virtual-iphone/contract.ts';
import { encryptedOnly } from '../../src/virtual-iphone/content/domains.ts';
import { memoryFolder } from '../faults/support/memory-folder.ts';
import { resultOf, runCli } from './support/cli.ts';
import { Stage, run, type StagedPhone } from './support/stage.ts';
import { runTool } from './support/tools.ts';

const password = 'correct horse';

/** What a person sees of one file or link: all but inode and status-change time, which are new after every restore. */
type Picture = ReadonlyMap<string, string>;

function pictureOf({ phone }: StagedPhone): Picture {
  const picture = new Map<string, string>();
  for (const item of phone.content.items()) if (item.kind !== 'directory') picture.set(`${item.domain}/${item.path}`, factsOf(item, contentOf(phone.content, item)));
  return picture;
}

const factsOf = ({ kind, mode, userId, groupId, modified, born, size, protectionClass, flags, target, extendedAttributes = {} }: PhoneItem, content: string): string =>
  JSON.stringify([kind, mode, userId, groupId, modified, born, size, protectionClass, flags, target, Object.entries(extendedAttributes).map(([name, value]) => [name, value.toString('hex')]), content]);

const contentOf = (content: StagedPhone['phone']['content'], item: PhoneItem): string =>
  item.kind === 'file' ? hash('sha256', Buffer.concat([...content.read(item, 1 << 20)].map((chunk) => Buffer.from(chunk)))) : '';

describe('custom backups', function () {
  this.timeout(180_000);
  let stage: Stage;
  let phone: StagedPhone;
  let engine: Engine;
  let selection: Selection;
  let apps: readonly AppDomains[];
  beforeEach(async () => {
    stage = await Stage.open(memoryFolder());
    phone = await stage.phone();
    engine = stage.engine(phone);
    await engine.pair({ udid: phone.udid, patience: 60_000 }, run());
    apps = phone.phone.content.apps().map(({ bundleId, name, groups }) => ({ bundleId, name, groups, plugins: [] }));
    const app = phone.phone.content.apps().find(({ type }) => type === 'User')?.bundleId ?? '';
    selection = parseSelectionText(`messages\ncontacts\n${app}\npath:CameraRollDomain/Media/DCIM/\nexcept path:CameraRollDomain/**.MOV`);
  });
  afterEach(() => stage.close());

  const custom = async (more: Partial<BackupRequest> = {}): Promise<HistoryEntry> =>
    await engine.backup({ udid: phone.udid, full: false, encryption: 'keep', selection, ...more }, run());

  const isSelected = (key: string): boolean => {
    const at = key.indexOf('/');
    return compileSelection(selection, apps)({ domain: key.slice(0, at), relativePath: key.slice(at + 1) });
  };

  /** A phone after a restore of what it was: chosen files as they were then, all others as they had become. */
  function assertMerged(then: Picture, become: Picture, now: Picture): void {
    const keys = new Set([...then.keys(), ...become.keys(), ...now.keys()]);
    for (const key of keys) assert.equal(now.get(key), then.has(key) && isSelected(key) ? then.get(key) : become.get(key), key);
  }

  const encrypt = async (isEncrypted: boolean): Promise<void> => {
    if (isEncrypted) await engine.changeEncryption({ udid: phone.udid, action: 'on', newPassword: password }, run());
  };

  for (const isEncrypted of [false, true]) {
    const kind = isEncrypted ? 'encrypted' : 'plain';
    const secret = isEncrypted ? { password } : {};

    it(`exported, change exactly the chosen files when idevicebackup2 restores them, ${kind}`, async () => {
      await encrypt(isEncrypted);
      const then = pictureOf(phone);
      const entry = await custom(secret);
      assert.ok(entry.transfer && entry.transfer.bytes > 0 && entry.transfer.connection === 'usb', 'what came is noted, for the speed of the cable');
      assert.equal(entry.files, [...then.keys()].filter((key) => isSelected(key) && then.get(key)?.startsWith('["file"')).length);
      await mkdir(stage.path('export'));
      const { path } = await engine.exportEntry({ entry: { udid: phone.udid, id: entry.id }, folder: stage.path('export') }, run());
      phone.phone.content.advance(4);
      const become = pictureOf(phone);
      assert.ok([...then].some(([key, facts]) => isSelected(key) && become.get(key) !== facts), 'no chosen file changed');
      const options = ['--system', '--settings', ...(isEncrypted ? ['--password', password] : [])];
      const { code, output } = await runTool('idevicebackup2', ['-u', phone.udid, 'restore', ...options, dirname(path)], phone.address);
      assert.equal(code, 0, output);
      assertMerged(then, become, pictureOf(phone));
    });

    it(`change exactly the chosen files when we restore them, and are refused where that would delete the others, ${kind}`, async () => {
      await encrypt(isEncrypted);
      const then = pictureOf(phone);
      const entry = await custom(secret);
      phone.phone.content.advance(4);
      const become = pictureOf(phone);
      const request = { source: { udid: phone.udid, id: entry.id }, udid: phone.udid, ...secret, options: { ...defaultRestoreOptions, preserveSettings: false } };
      const removing = { ...request, options: { ...request.options, removeItemsNotRestored: true } };
      const codes = (await engine.preflightRestore(removing)).filter(({ severity }) => severity === 'blocker').map(({ code }) => code);
      assert.deepEqual(codes, ['restore.custom-removes']);
      await assert.rejects(engine.restore(removing, run()), { code: 'data.blocked' });
      await engine.restore(request, run());
      assertMerged(then, become, pictureOf(phone));
    });
  }

  it('begin with the newest complete backup, and leave the next run to begin with it too', async () => {
    const base = await engine.backup({ udid: phone.udid, full: false, encryption: 'keep' }, run());
    phone.phone.content.advance(1);
    const told = run();
    const entry = await engine.backup({ udid: phone.udid, full: false, encryption: 'keep', selection }, told);
    assert.ok(told.events.some((event) => event.type === 'notice' && event.notice.code === 'custom-sends-all'));
    const received = Math.max(...told.events.flatMap((event) => (event.type === 'progress' ? event.progress.files : 0)));
    assert.ok(received < base.files / 2, `${received} of ${base.files} files came again`);
    assert.ok(entry.files < base.files);
    const next = await engine.backup({ udid: phone.udid, full: false, encryption: 'keep' }, run());
    assert.equal(next.kind, 'incremental');
    const { entries } = await engine.verify({ level: 'bytes' }, run());
    assert.deepEqual(entries.map(({ record, damage }) => [record.result, damage]), [['good', []], ['good', []], ['good', []]]);
    assert.deepEqual((await engine.history()).drafts, []);
  });

  for (const isEncrypted of [false, true]) {
    it(`hold no trace of what was not chosen, of the phone that speaks, ${isEncrypted ? 'encrypted' : 'plain'}`, async () => {
      await encrypt(isEncrypted);
      const entry = await custom(isEncrypted ? { password } : {});
      // A chosen file may speak of others, as the messages do of their attachments: it is as the phone sent it.
      const own = filesBelow(stage.path('library')).filter((path) => !/[0-9a-f]{40}$/.test(path));
      const manifest = isEncrypted ? await decryptedManifest(entry) : readFileSync(join(entry.path, entry.udid, 'Manifest.db'));
      const bytes = Buffer.concat([...own.map((path) => readFileSync(path)), manifest]);
      const names = [...phone.phone.content.items()].filter((item) => item.kind === 'file' && !isSelected(`${item.domain}/${item.path}`));
      assert.ok(names.length > 40, `only ${names.length} were not chosen`);
      const kept = [...phone.phone.content.items()].map(({ domain, path }) => `${domain}/${path}`).filter(isSelected);
      const [first = ''] = kept;
      assert.ok(manifest.includes(first.slice(first.indexOf('/') + 1)), 'the search finds what is there');
      const keptText = kept.join('\n');
      for (const { domain, path } of names) {
        assert.ok(!bytes.includes(hash('sha1', `${domain}-${path}`)), path);
        if (!keptText.includes(path)) assert.ok(!bytes.includes(path), path);
      }
      const strangers = phone.phone.content.apps().filter(({ bundleId }) => !keptText.includes(bundleId));
      assert.ok(strangers.length > 0);
      for (const { bundleId } of strangers) assert.ok(!bytes.includes(bundleId), bundleId);
      assertNoContentOf(names, stage.path('library'));
    });
  }

  it('are told before the first request what is wrong: names, a password, encryption', async () => {
    const fails = (more: Partial<BackupRequest>, code: string) => assert.rejects(custom(more), { code });
    await fails({ selection: { include: [{ kind: 'category', id: 'from-the-future' }], exclude: [] } }, 'data.selection');
    await fails({ selection: parseSelectionText('health\nkeychain') }, 'data.needs-encryption');
    const told = run();
    await engine.backup({ udid: phone.udid, full: false, encryption: 'keep', selection: parseSelectionText('health\nmessages') }, told);
    assert.deepEqual(told.events.flatMap((event) => (event.type === 'notice' && event.notice.code === 'needs-encryption' ? event.notice.categories : [])), ['health']);
    await encrypt(true);
    await fails({}, 'data.password');
    await engine.backup({ udid: phone.udid, full: false, encryption: 'keep' }, run());
    await fails({ password: 'wrong' }, 'data.password');
    assert.deepEqual((await engine.history()).drafts, []);
    assert.equal((await custom({ password, selection: parseSelectionText('health') })).isEncrypted, true);
  });

  it('are told before the transfer of names that nobody knows, and refused where nothing could be left', async () => {
    const codes = async (text: string): Promise<string[]> => {
      const told = run();
      await engine.backup({ udid: phone.udid, full: false, encryption: 'keep', selection: parseSelectionText(text) }, told);
      const before = told.events.findIndex((event) => event.type === 'progress' && event.progress.files > 0);
      const notices = told.events.flatMap((event, index) => (event.type === 'notice' && event.notice.code.startsWith('selection-') ? [{ notice: event.notice, index }] : []));
      assert.ok(notices.every(({ index }) => index < before), 'told before the first file');
      return notices.map(({ notice }) => JSON.stringify(notice).replaceAll(/"date":"[^"]+"/g, '"date":0'));
    };
    const refused = async (text: string, code: string): Promise<void> => {
      const told = run();
      await assert.rejects(engine.backup({ udid: phone.udid, full: false, encryption: 'keep', selection: parseSelectionText(text) }, told), { code });
      assert.ok(!told.events.some((event) => event.type === 'progress' && event.progress.phase === 'receiving'), 'nothing was received');
    };
    await refused('photos\nexcept photos', 'data.selection-void');
    await refused('net.example.nowhere', 'data.selection');
    assert.deepEqual((await engine.history()).drafts, []);
    assert.deepEqual(await codes('messages\nnet.example.nowhere'), ['{"code":"selection-unknown","terms":[{"term":"net.example.nowhere"}]}']);
    assert.deepEqual(await codes('messages\ncom.apple.no-such-app'), ['{"code":"selection-unsure","terms":["com.apple.no-such-app"]}']);
    assert.deepEqual(await codes('messages\ndomain:HomeDomian'), ['{"code":"selection-unknown","terms":[{"term":"domain:HomeDomian","suggestion":"domain:HomeDomain"}]}']);
    assert.deepEqual(await codes('messages\ndomain:SysContainerDomain-x'), ['{"code":"selection-unsure","terms":["domain:SysContainerDomain-x"]}']);
    await engine.backup({ udid: phone.udid, full: false, encryption: 'keep' }, run());
    assert.deepEqual(await codes('messages\ncontacts'), []);
    assert.deepEqual(await codes('messages\ndomain:SysContainerDomain-x'), [
      '{"code":"selection-unknown","terms":[{"term":"domain:SysContainerDomain-x"}]}',
    ]);
    assert.deepEqual(await codes('messages\npath:HomeDomain/no/such thing'), ['{"code":"selection-unmatched","terms":["path:HomeDomain/no/such thing"],"date":0}']);
    const check = await engine.checkSelection({ udid: phone.udid, selection: parseSelectionText('path:HomeDomain/no/such thing') });
    assert.deepEqual([check.wasEmpty, check.isVoid, check.isHopeless], [true, false, false]);
  });

  it('are held against the last backup once, before the question, and again where that is no longer the last', async () => {
    const wanted = parseSelectionText('messages\npath:HomeDomain/no/such thing');
    const unmatched = async (checked: SelectionCheck): Promise<readonly string[]> => {
      const told = run();
      await engine.backup({ udid: phone.udid, full: false, encryption: 'keep', selection: wanted, checked }, told);
      return told.events.flatMap((event) => (event.type === 'notice' && event.notice.code === 'selection-unmatched' ? event.notice.terms : []));
    };
    await engine.backup({ udid: phone.udid, full: false, encryption: 'keep' }, run());
    const check = await engine.checkSelection({ udid: phone.udid, selection: wanted });
    assert.deepEqual(check.unmatched, ['path:HomeDomain/no/such thing']);
    // A mark that no look at the backup would make tells whether there was one.
    const marked = { ...check, unmatched: ['notes'] };
    assert.deepEqual(await unmatched(marked), ['notes'], 'a custom backup in between is no other base');
    assert.deepEqual(await unmatched({ ...marked, base: { ...check.base, selection: 'contacts' } }), check.unmatched, 'what was told of another selection');
    await engine.backup({ udid: phone.udid, full: false, encryption: 'keep' }, run());
    assert.deepEqual(await unmatched(marked), check.unmatched);
  });

  it('can be given up while they are held against the last backup', async () => {
    await engine.backup({ udid: phone.udid, full: false, encryption: 'keep' }, run());
    const stop = new AbortController();
    stop.abort(new CancelledError('cancelled.host', 'Cancelled before the question'));
    await assert.rejects(engine.checkSelection({ udid: phone.udid, selection }, stop.signal), CancelledError);
  });

  it('whose password proves wrong only at the end keep what has arrived for the right one', async () => {
    await encrypt(true);
    await assert.rejects(custom({ password: 'wrong' }), { code: 'data.password' });
    assert.deepEqual((await engine.history()).entries, []);
    await assert.rejects(custom({ password: 'wrong again' }), { code: 'data.password' });
    const told = run();
    const entry = await engine.backup({ udid: phone.udid, full: false, encryption: 'keep', selection, password }, told);
    assert.ok(told.events.some((event) => event.type === 'notice' && event.notice.code === 'resumed'));
    assert.equal(entry.kind, 'custom');
  });

  it('take a password that was changed since the newest backup at the word of the person only', async () => {
    const newPassword = 'battery staple';
    const attempt = async (more: Partial<BackupRequest>) => {
      const told = run();
      const ended = await engine.backup({ udid: phone.udid, full: false, encryption: 'keep', selection, ...more }, told).catch((error: unknown) => error);
      const notices = told.events.flatMap((event) => (event.type === 'notice' ? [event.notice] : []));
      const unchecked = notices.flatMap((notice) => (notice.code === 'password-unchecked' ? [notice.isNewer] : []));
      const wasSending = told.events.some((event) => event.type === 'progress' && event.progress.files > 0);
      return { ended, unchecked, wasSending, wasResumed: notices.some(({ code }) => code === 'resumed') };
    };
    const made = async (more: Partial<BackupRequest>) => {
      const { ended, ...told } = await attempt(more);
      assert.ok(!(ended instanceof Error), String(ended));
      return { entry: ended as HistoryEntry, ...told };
    };
    await encrypt(true);
    assert.deepEqual((await made({ password })).unchecked, [false]);
    await engine.backup({ udid: phone.udid, full: false, encryption: 'keep' }, run());
    assert.deepEqual((await made({ password })).unchecked, []);
    phone.phone.content.advance(1);
    phone.phone.setMoods({ faults: [{ kind: 'disconnect', at: { file: 2 } }] });
    assert.ok((await attempt({ password })).ended instanceof Error);
    await engine.changeEncryption({ udid: phone.udid, action: 'change', oldPassword: password, newPassword }, run());

    const { ended, unchecked, wasSending } = await attempt({ password: newPassword });
    assert.equal((ended as { readonly code?: string }).code, 'data.password');
    assert.deepEqual([unchecked, wasSending], [[], false]);
    const { entry, ...told } = await made({ password: newPassword, passwordIsNewer: true });
    assert.deepEqual([told.unchecked, told.wasResumed, entry.kind], [[true], true, 'custom']);
    const { entries } = await engine.verify({ level: 'unlock', entry: { udid: phone.udid, id: entry.id }, password: newPassword }, run());
    assert.deepEqual(entries.map(({ record, damage }) => [record.result, damage]), [['good', []]]);
    assert.deepEqual((await made({ password: newPassword })).unchecked, []);
  });

  it('come from the command line with a password that is newer than the newest backup, where that is said', async () => {
    await encrypt(true);
    await custom({ password });
    await engine.changeEncryption({ udid: phone.udid, action: 'change', oldPassword: password, newPassword: 'battery staple' }, run());
    const backup = (...args: string[]) =>
      runCli(['backup', '--library', stage.path('library'), '--only', 'messages', ...args], { input: 'battery staple\n', env: { USBMUXD_SOCKET_ADDRESS: phone.address } });
    const refused = await backup();
    assert.equal(refused.code, 6, refused.stderr);
    assert.match(refused.stderr, /changed since the newest backup, say so with --password-is-new\./);
    const ended = await backup('--password-is-new');
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stderr, /counts as newer: whether it is right shows only at the end\./);
  });

  it('go on from where they were cut, with the same choice or another', async () => {
    await encrypt(true);
    phone.phone.setMoods({ faults: [{ kind: 'disconnect', at: { file: 30 } }] });
    await assert.rejects(custom({ password }), { kind: 'connection' });
    const resumed = async (wanted: Selection): Promise<boolean> => {
      const told = run();
      const entry = await engine.backup({ udid: phone.udid, full: false, encryption: 'keep', selection: wanted, password }, told);
      assert.equal(entry.kind, 'custom');
      return told.events.some((event) => event.type === 'notice' && event.notice.code === 'resumed');
    };
    assert.equal(await resumed(parseSelectionText('contacts')), true);
    phone.phone.setMoods({ faults: [{ kind: 'disconnect', at: { file: 30 } }] });
    await assert.rejects(custom({ password }), { kind: 'connection' });
    assert.equal(await resumed(selection), true);
  });

  it('of nothing that is there are none, and what they are to hold stands in their record', async () => {
    await assert.rejects(custom({ selection: parseSelectionText('path:HomeDomain/Library/no such thing') }), { code: 'data.selection-empty' });
    assert.deepEqual((await engine.history()).entries, []);
    await engine.discardDraft(phone.udid);
    const entry = await custom({ selection: parseSelectionText('except photos\nexcept path:HomeDomain/Library/SMS/') });
    assert.equal(entry.selection, 'except path:HomeDomain/Library/SMS/\nexcept photos');
    const all = [...phone.phone.content.items()].filter((item) => item.kind === 'file' && !encryptedOnly(item)).length;
    assert.equal(entry.files + (entry.leftOut?.files ?? 0), all);
  });

  it('are measured before they are made, and again in another library without being its base', async () => {
    const whole = await engine.backup({ udid: phone.udid, full: false, encryption: 'keep' }, run());
    const [size, everything] = await engine.measureSelections({ entry: { udid: phone.udid, id: whole.id }, selections: [selection, { include: [], exclude: [] }] });
    assert.equal(everything?.files, whole.files);
    const entry = await custom();
    assert.ok(size && size.files > 0 && size.files <= entry.files);
    await mkdir(stage.path('export'));
    await engine.exportEntry({ entry: { udid: phone.udid, id: entry.id }, folder: stage.path('export') }, run());
    const other = stage.engine(phone, 'other');
    const imported = await other.importFolder({ folder: stage.path('export') }, run());
    assert.deepEqual([imported.kind, imported.isComplete, imported.selection], ['custom', false, entry.selection]);
    assert.equal((await other.backup({ udid: phone.udid, full: false, encryption: 'keep' }, run())).kind, 'full');
  });

  it('come from a plan file, which also says what goes to the trash and when nothing is to be done', async () => {
    const plan = stage.path('weekly.iphone-backup.yaml');
    writeFileSync(plan, 'version: 1\ninclude:\n  - messages\nretention:\n  keep-last: 1\nschedule:\n  every: 1 week\n');
    const backup = (...args: string[]) => runCli(['backup', '--library', stage.path('library'), '--json', '--plan', plan, ...args], { env: { USBMUXD_SOCKET_ADDRESS: phone.address } });
    const first = resultOf(await backup('--if-due')) as { readonly entry: HistoryEntry };
    assert.equal(first.entry.selection, 'messages');
    assert.match(String(resultOf(await backup('--if-due'))['notDue']), /due at/);
    const second = resultOf(await backup());
    assert.deepEqual(second['trashed'], [first.entry.id]);
    assert.equal((await backup('--only', 'contacts')).code, 2);
  });

  it('come from the command line', async () => {
    const backup = (...args: string[]) => runCli(['backup', '--library', stage.path('library'), '--json', ...args], { env: { USBMUXD_SOCKET_ADDRESS: phone.address } });
    const ended = await backup('--only', 'messages,contacts');
    assert.equal(ended.code, 0, ended.stderr);
    const { entry } = resultOf(ended) as { readonly entry: HistoryEntry };
    assert.deepEqual([entry.kind, entry.selection], ['custom', 'contacts\nmessages']);
    assert.ok(entry.files >= 2 && entry.files < 30, String(entry.files));
    const history = await runCli(['history', '--library', stage.path('library')]);
    assert.match(history.stdout, /custom .*holds contacts, messages; without \d+ files/);
    const wrong = await backup('--only', 'mesages');
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /did you mean 'messages'/);
    const nothing = await backup('--only', 'photos', '--except', 'photos');
    assert.equal(nothing.code, 6);
    assert.match(nothing.stderr, /The selection takes nothing: all that it includes is excluded again\./);
    const unknown = await backup('--only', 'net.example.nowhere');
    assert.equal(unknown.code, 6);
    assert.match(unknown.stderr, /The selection is not understood\..*net\.example\.nowhere/);
    const without = await backup('--except', 'photos', '--except', 'apps,domain:MediaDomain');
    assert.equal((resultOf(without) as { readonly entry: HistoryEntry }).entry.kind, 'custom');
    const missing = await (async () => {
      await encrypt(true);
      return await backup('--only', 'messages');
    })();
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /password/i);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** The file list of an encrypted backup in plain, all of its bytes: pages that no table uses too. */
async function decryptedManifest({ path, udid }: HistoryEntry): Promise<Buffer> {
  const { keybag, manifestKey } = readManifestPlist(readFileSync(join(path, udid, 'Manifest.plist')));
  assert.ok(keybag && manifestKey);
  const sealed = readFileSync(join(path, udid, 'Manifest.db'));
  const aes = createDecipheriv('aes-256-cbc', (await unlockKeybag(parseKeybag(keybag), password)).unwrap(manifestKey), Buffer.alloc(16));
  const plain = Buffer.concat([aes.update(sealed), aes.final()]);
  assert.equal(plain.toString('latin1', 0, 15), 'SQLite format 3');
  assert.equal(plain.length % 4096, 0, 'nothing behind the last page');
  return plain;
}

/** No file of the library, under whatever name, is the content of one of these. */
function assertNoContentOf(items: readonly PhoneItem[], library: string): void {
  const unwanted = new Set(items.map(({ domain, path }) => hash('sha1', `${domain}-${path}`)));
  const found = filesBelow(library).filter((path) => unwanted.has(basename(path)));
  assert.deepEqual(found, []);
}
