import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { DeviceSummary } from '../../../../src/device/types.ts';
import { english } from '../../../../src/diagnosis/words.ts';
import type { DiagnosisRequest, Engine, JobRun } from '../../../../src/jobs/api.ts';
import type { CheckResult, Diagnosed, DiagnosisReport } from '../../../../src/shared/diagnosis-report.ts';
import type { JobState } from '../../../../src/vscode/presenters/job-state.ts';
import { DeviceHealth } from '../../../../src/vscode/views/device-health.ts';
import { device, job, now } from '../support/samples.ts';

/** A list of listeners, as an editor's event is one. */
class Signal<T> {
  readonly listeners = new Set<(value: T) => unknown>();
  readonly event = (listener: (value: T) => unknown): { dispose(): void } => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.listeners) listener(value);
  }
}

function reportOf(udid: string, findings: readonly Diagnosed[]): DiagnosisReport {
  const check: CheckResult = { check: 'lock', group: 'device', udid, state: findings.length > 0 ? 'found' : 'good', reason: undefined, findings };
  return { at: now, udid, iosVersion: '18.5', isComplete: true, checks: [check], ranked: findings };
}

interface Look {
  readonly request: DiagnosisRequest;
  readonly run: JobRun;
  readonly settle: (findings?: readonly Diagnosed[]) => void;
  /** The engine ends. */
  readonly stop: () => void;
}

/** A desk with devices whose looks end when the test says so. */
class Desk {
  readonly looks: Look[] = [];
  readonly changed = new Signal<void>();
  readonly jobsChanged = new Signal<void>();
  readonly jobEnded = new Signal<JobState>();
  readonly windowChanged = new Signal<{ readonly focused: boolean }>();
  readonly jobs: JobState[] = [];
  engine = this.#newEngine();
  devices: DeviceSummary[] = [];
  told = 0;
  readonly health: DeviceHealth;

  constructor() {
    const find = (udid: string): DeviceSummary | undefined => this.devices.find((each) => each.udid === udid);
    const list = (): DeviceSummary[] => this.devices;
    this.health = new DeviceHealth({
      devices: { get devices() { return list(); }, find, engineOf: () => this.engine, onDidChange: this.changed.event },
      jobs: { ofDevice: (udid) => this.jobs.find((each) => each.udid === udid), onDidChange: this.jobsChanged.event, onDidEnd: this.jobEnded.event },
      log: { debug: () => undefined },
      onDidChangeWindowState: this.windowChanged.event,
      words: () => ({ translate: english }),
    });
    this.health.onDidChange(() => this.told++);
  }

  list(...devices: DeviceSummary[]): void {
    this.devices = devices;
    this.changed.fire();
  }

  /** As after another folder was chosen: the looks of the old engine end, and the new one has the same devices. */
  restart(): void {
    for (const { stop } of this.looks) stop();
    this.engine = this.#newEngine();
    this.changed.fire();
  }

  /** A person leaves the window and comes back. */
  comeBack(): void {
    for (const focused of [false, true]) this.windowChanged.fire({ focused });
  }

  #newEngine(): Engine {
    return { diagnose: (request: DiagnosisRequest, run: JobRun) => this.#look(request, run) } as Pick<Engine, 'diagnose'> as Engine;
  }

  async #look(request: DiagnosisRequest, run: JobRun): Promise<DiagnosisReport> {
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(new Error('stopped'));
      this.looks.push({ request, run, settle: (findings = []) => resolve(reportOf(request.udid ?? '', findings)), stop });
      run.signal.addEventListener('abort', stop);
    });
  }
}

const phone = device({ udid: '00008120-000000000000AAAA' });
const locked: Diagnosed = { row: 'phone.locked', severity: 'warning', facts: {} };

/** Lets timers of `ms` fire, and what waits for modules and promises go on. */
async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms);
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('the health of devices', () => {
  let desk: Desk;

  before(() => import('../../../../src/diagnosis/device-status.ts'));
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    desk = new Desk();
  });
  afterEach(() => {
    desk.health.dispose();
    mock.timers.reset();
  });

  async function seeLocked(): Promise<void> {
    desk.list(phone);
    await pass(1_500);
    desk.looks[0]?.settle([locked]);
    await pass(0);
  }

  it('is looked at once when a trusted device has settled, without what writes or computes', async () => {
    for (let change = 0; change < 5; change++) desk.list(phone);
    await pass(1_500);
    assert.equal(desk.looks.length, 1);
    assert.ok(desk.looks[0]?.request.checks?.includes('lock'));
    for (const id of ['disk-speed', 'password']) assert.ok(!desk.looks[0]?.request.checks?.includes(id), id);
    desk.looks[0]?.settle();
    await pass(0);
    assert.equal(desk.health.of(phone.udid)?.text, 'Ready to back up');
    desk.list(phone);
    await pass(60_000);
    assert.deepEqual([desk.looks.length, desk.told], [1, 1]);
  });

  it('names the gravest finding in its few words', async () => {
    await seeLocked();
    assert.deepEqual(desk.health.of(phone.udid), { severity: 'warning', text: 'Locked', finding: locked });
  });

  it('makes way for a job at once, and looks again when it has ended', async () => {
    desk.list(phone);
    await pass(1_500);
    const running = job({ udid: phone.udid });
    desk.jobs.push(running);
    desk.jobsChanged.fire();
    await pass(0);
    assert.equal(desk.looks[0]?.run.signal.aborted, true);
    await pass(60_000);
    assert.equal(desk.looks.length, 1, 'nothing is looked at while the job runs');
    desk.jobs.pop();
    desk.jobEnded.fire(running);
    await pass(1_500);
    assert.equal(desk.looks.length, 2);
  });

  it('looks at a device that changes all the time once in a while', async () => {
    for (let change = 0; change < 20; change++) {
      desk.list({ ...phone, isLocked: change % 2 === 0 });
      await pass(1_500);
      desk.looks.at(-1)?.settle();
      await pass(0);
    }
    assert.ok(desk.looks.length >= 1 && desk.looks.length <= 3, `${desk.looks.length} looks in 30 s`);
  });

  it('leaves alone what does not trust this computer, and forgets what has gone', async () => {
    desk.list({ ...phone, trust: 'not-paired' });
    await pass(5_000);
    assert.equal(desk.looks.length, 0);
    desk.list(phone);
    await pass(1_500);
    desk.looks[0]?.settle([locked]);
    await pass(0);
    desk.list();
    await pass(1_500);
    assert.equal(desk.health.of(phone.udid), undefined);
  });

  it('forgets what another engine saw, and looks again with the new one', async () => {
    await seeLocked();
    desk.restart();
    assert.equal(desk.health.of(phone.udid), undefined, 'it may have been about another folder');
    await pass(1_500);
    assert.equal(desk.looks.length, 2);
    desk.looks[1]?.settle();
    await pass(60_000);
    assert.equal(desk.health.of(phone.udid)?.text, 'Ready to back up');
    assert.equal(desk.looks.length, 2);
  });

  it('looks again when the engine ended in the middle of a look', async () => {
    desk.list(phone);
    await pass(1_500);
    desk.restart();
    await pass(0);
    await pass(1_500);
    assert.equal(desk.looks.length, 2);
    desk.looks[1]?.settle([locked]);
    await pass(0);
    assert.equal(desk.health.of(phone.udid)?.text, 'Locked');
  });

  it('looks again on demand, keeps the old words until then, and never looks twice at once', async () => {
    await seeLocked();
    for (let demand = 0; demand < 3; demand++) {
      await pass(100);
      desk.health.lookAgain();
    }
    assert.equal(desk.health.of(phone.udid)?.text, 'Locked');
    await pass(1_500);
    assert.equal(desk.looks.length, 2);
    await pass(100);
    desk.health.lookAgain();
    await pass(5_000);
    assert.equal(desk.looks.length, 2, 'one look is still under way');
    desk.looks[1]?.settle();
    await pass(0);
    assert.equal(desk.health.of(phone.udid)?.text, 'Ready to back up');
    await pass(1_500);
    assert.equal(desk.looks.length, 3, 'the look under way began before the last demand');
    desk.looks[2]?.settle();
    await pass(60_000);
    assert.equal(desk.looks.length, 3);
  });

  it('tells also that the old words no longer stand when a look has failed', async () => {
    await seeLocked();
    await pass(100);
    desk.health.lookAgain();
    await pass(1_500);
    desk.looks[1]?.stop();
    await pass(0);
    assert.equal(desk.health.of(phone.udid), undefined);
    assert.equal(desk.told, 2);
  });

  it('looks again when somebody comes back to the window and what is known has become old', async () => {
    await seeLocked();
    await pass(4 * 60_000);
    desk.comeBack();
    await pass(1_500);
    assert.equal(desk.looks.length, 1, 'young enough');
    await pass(2 * 60_000);
    desk.windowChanged.fire({ focused: false });
    await pass(1_500);
    assert.equal(desk.looks.length, 1, 'nobody is there');
    desk.comeBack();
    desk.comeBack();
    await pass(1_500);
    assert.equal(desk.looks.length, 2);
    desk.looks[1]?.settle();
    await pass(0);
    assert.equal(desk.health.of(phone.udid)?.text, 'Ready to back up');
    desk.comeBack();
    await pass(60_000);
    assert.equal(desk.looks.length, 2);
  });

  it('ends with the window', async () => {
    desk.list(phone);
    await pass(1_500);
    desk.health.dispose();
    assert.equal(desk.looks[0]?.run.signal.aborted, true);
    desk.list({ ...phone, isLocked: true });
    desk.health.lookAgain();
    await pass(60_000);
    assert.equal(desk.looks.length, 1);
    for (const { listeners } of [desk.changed, desk.jobsChanged, desk.jobEnded, desk.windowChanged]) assert.equal(listeners.size, 0);
  });
});
