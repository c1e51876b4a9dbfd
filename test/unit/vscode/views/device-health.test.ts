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

/** A desk with devices whose looks end when the test says so. */
class Desk {
  readonly looks: { readonly request: DiagnosisRequest; readonly run: JobRun; readonly settle: (findings?: readonly Diagnosed[]) => void }[] = [];
  readonly changed = new Signal<void>();
  readonly jobsChanged = new Signal<void>();
  readonly jobEnded = new Signal<JobState>();
  readonly jobs: JobState[] = [];
  devices: DeviceSummary[] = [];
  told = 0;
  readonly health: DeviceHealth;

  constructor() {
    const engine = { diagnose: (request: DiagnosisRequest, run: JobRun) => this.#look(request, run) } as Pick<Engine, 'diagnose'> as Engine;
    const find = (udid: string): DeviceSummary | undefined => this.devices.find((each) => each.udid === udid);
    const list = (): DeviceSummary[] => this.devices;
    this.health = new DeviceHealth({
      devices: { get devices() { return list(); }, find, engineOf: () => engine, onDidChange: this.changed.event },
      jobs: { ofDevice: (udid) => this.jobs.find((each) => each.udid === udid), onDidChange: this.jobsChanged.event, onDidEnd: this.jobEnded.event },
      log: { debug: () => undefined },
      words: () => ({ translate: english }),
    });
    this.health.onDidChange(() => this.told++);
  }

  list(...devices: DeviceSummary[]): void {
    this.devices = devices;
    this.changed.fire();
  }

  async #look(request: DiagnosisRequest, run: JobRun): Promise<DiagnosisReport> {
    return new Promise((resolve, reject) => {
      this.looks.push({ request, run, settle: (findings = []) => resolve(reportOf(request.udid ?? '', findings)) });
      run.signal.addEventListener('abort', () => reject(new Error('stopped')));
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
    desk.list(phone);
    await pass(1_500);
    desk.looks[0]?.settle([locked]);
    await pass(0);
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

  it('ends with the window', async () => {
    desk.list(phone);
    await pass(1_500);
    desk.health.dispose();
    assert.equal(desk.looks[0]?.run.signal.aborted, true);
    desk.list({ ...phone, isLocked: true });
    await pass(60_000);
    assert.equal(desk.looks.length, 1);
    assert.equal(desk.changed.listeners.size + desk.jobsChanged.listeners.size + desk.jobEnded.listeners.size, 0);
  });
});
