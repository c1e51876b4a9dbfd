import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import type { History } from '../../src/jobs/api.ts';
import { resultOf, runCli, type CliOptions, type CliResult } from './support/cli.ts';
import { run, Stage, type StagedPhone } from './support/stage.ts';

/** What a person does with plan files in the terminal, each step a process; later steps use what earlier ones left. */
describe('iphone-backup with a plan', function () {
  this.timeout(120_000);
  let stage: Stage;
  let phone: StagedPhone;

  before(async () => {
    stage = await Stage.open();
    phone = await stage.phone();
    await stage.engine(phone).pair({ udid: phone.udid, patience: 60_000 }, run());
  });
  after(() => stage.close());

  const cli = (args: readonly string[], options: CliOptions = {}): Promise<CliResult> =>
    runCli(args, { ...options, env: { USBMUXD_SOCKET_ADDRESS: phone.address, HOME: stage.folder, ...options.env } });

  async function ends(code: number, args: readonly string[], options?: CliOptions): Promise<CliResult> {
    const ended = await cli(args, options);
    assert.equal(ended.code, code, `${args.join(' ')}: ${ended.stdout}${ended.stderr}`);
    return ended;
  }

  async function plan(name: string, ...lines: string[]): Promise<string> {
    const path = stage.path(`${name}.iphone-backup.yaml`);
    await writeFile(path, ['version: 1', `library: ${stage.path('library')}`, ...lines, ''].join('\n'));
    return path;
  }

  const history = async (): Promise<History> => resultOf(await ends(0, ['history', '--json', '--library', stage.path('library')])) as unknown as History;

  it('is written anew, never over another, and finds nothing to criticise in it', async () => {
    const path = stage.path('new.iphone-backup.yaml');
    await ends(0, ['plan', 'new', path, '--only', 'contacts,messages', '--encrypted', '--device', 'Anna: "iPhone"']);
    assert.match(await readFile(path, 'utf8'), /\ninclude:\n {2}- contacts\n {2}- messages\nencrypted: true\n$/);
    await ends(0, ['plan', 'check', path, '--offline']);
    await ends(2, ['plan', 'new', path]);
    assert.match((await ends(0, ['plan', 'new'])).stdout, /^version: 1$/m);
  });

  it('does nothing by a plan with an error, and names its line', async () => {
    const path = await plan('wrong', 'password: hunter2');
    for (const args of [['backup', '--plan', path], ['estimate', '--plan', path]]) {
      const { stderr } = await ends(6, args);
      assert.match(stderr, /wrong\.iphone-backup\.yaml:3:1: Passwords cannot be written/);
      assert.ok(!stderr.includes('hunter2'));
    }
    const { problems } = resultOf(await ends(6, ['plan', 'check', path, '--json'])) as { problems?: { code: string; line: number }[] };
    assert.deepEqual(problems?.map(({ code, line }) => [code, line]), [['plan.password', 3]]);
    assert.ok(!existsSync(stage.path('library')), 'not even the library was made');
  });

  it('says what could not be checked where no complete backup is, and no more once there is one', async () => {
    const path = await plan('early', 'include:', '  - messages', '  - domain:AppDomainGroup-no.such.group');
    const gaps = async (...args: string[]): Promise<string[] | undefined> =>
      (resultOf(await ends(0, ['plan', 'check', path, '--json', ...args])) as { unchecked?: { code: string }[] }).unchecked?.map(({ code }) => code);
    const library = ['--library', stage.path('early')];
    assert.deepEqual(await gaps(...library), ['no-library']);
    assert.ok(!existsSync(stage.path('early')), 'a check makes no library');
    await ends(0, ['history', ...library]);
    assert.deepEqual(await gaps(...library), ['no-backup']);
    assert.match((await ends(0, ['plan', 'check', path, ...library])).stdout, /nothing to criticise\n.*not checked: there is no complete backup yet/);
    await ends(0, ['backup', '--only', 'contacts', ...library]);
    assert.deepEqual(await gaps(...library), ['no-backup'], 'a custom backup tells nothing of the rest');
    assert.deepEqual(await gaps('--offline', ...library), []);
    await ends(0, ['backup', ...library]);
    const { unchecked, problems } = resultOf(await ends(0, ['plan', 'check', path, '--json', ...library])) as { unchecked?: unknown[]; problems?: { code: string }[] };
    assert.deepEqual([unchecked, problems?.map(({ code }) => code)], [[], ['plan.unknown-domain', 'plan.matches-nothing']]);
  });

  it('backs up everything, and keeps what its rule keeps', async () => {
    const path = await plan('all', `device: ${phone.phone.identity.name}`, 'retention:', '  keep-last: 1');
    for (let n = 0; n < 3; n++) {
      await ends(0, ['backup', '--plan', path]);
      const [newest] = (await history()).entries;
      if (n === 0) await stage.engine(phone).setLocked({ udid: phone.udid, id: newest?.id ?? '' }, true);
    }
    const { entries, trash } = await history();
    assert.deepEqual(entries.map(({ kind, isLocked }) => [kind, isLocked]), [['incremental', false], ['full', true]], 'the newest and the locked one');
    assert.equal(trash.length, 1);
  });

  it('waits until it is due', async () => {
    const path = await plan('due', 'schedule:', '  every: 1 day');
    assert.match((await ends(0, ['backup', '--plan', path, '--if-due'])).stdout, /^Not due: the next backup is due at 20/);
    const wireless = await plan('wireless', 'schedule:', '  connection: wifi', '  battery: 1');
    const { notDue } = resultOf(await ends(0, ['backup', '--plan', wireless, '--if-due', '--json'])) as { notDue?: string[] };
    assert.deepEqual(notDue, ['the device is not connected by Wi-Fi']);
    const away = await plan('away', 'device: somebody else');
    assert.match((await ends(0, ['backup', '--plan', away, '--if-due'])).stdout, /^Not due: the device is not connected/);
    await ends(4, ['backup', '--plan', away]);
    assert.equal((await history()).entries.length, 2, 'nothing was backed up');
  });

  it('makes custom backups, of which its rule lets the complete ones be', async () => {
    const path = await plan('some', 'include:', '  - contacts', '  - path:HomeDomain/Library/None/*.none', 'retention:', '  keep-last: 1');
    await ends(0, ['backup', '--plan', path]);
    const { entries } = await history();
    assert.deepEqual(entries.map(({ kind }) => kind), ['custom', 'incremental', 'full']);
    const checked = resultOf(await ends(0, ['plan', 'check', path, '--json'])) as { problems?: { code: string; line: number }[] };
    assert.deepEqual(checked.problems?.map(({ code, line }) => [code, line]), [['plan.matches-nothing', 5]]);
    const estimated = resultOf(await ends(0, ['estimate', '--plan', path, '--json'])) as { plan?: { files: number }; rows?: { id: string; files?: number }[] };
    assert.ok((estimated.plan?.files ?? 0) > 0);
    assert.equal(estimated.plan?.files, estimated.rows?.find(({ id }) => id === 'category:contacts')?.files);
  });

  it('finds misspelt apps and devices by what the phone and its backup hold', async () => {
    const [app] = (await stage.engine(phone).planFacts({})).apps;
    assert.ok(app);
    const unknown = async (...lines: string[]): Promise<string[]> => {
      const checked = resultOf(await ends(0, ['plan', 'check', await plan('names', ...lines), '--json'])) as { problems?: { code: string }[] };
      return (checked.problems ?? []).map(({ code }) => code);
    };
    assert.deepEqual(await unknown(`device: ${phone.phone.identity.name}x`), ['plan.unknown-device']);
    const codes = await unknown('include:', `  - ${app.bundleId}`, `  - ${app.bundleId}x`);
    assert.equal(codes.filter((code) => code === 'plan.unknown-app').length, 1, codes.join());
  });
});
