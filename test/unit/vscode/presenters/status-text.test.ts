import assert from 'node:assert/strict';
import { withEvent } from '../../../../src/vscode/presenters/job-state.ts';
import { statusText } from '../../../../src/vscode/presenters/status-text.ts';
import { inEnglish as w, job, progress } from '../support/samples.ts';

describe('the status-bar item', () => {
  it('is hidden when nothing runs', () => {
    assert.equal(statusText([], w), undefined);
  });

  it('tells phase, percent, rate and remaining time', () => {
    const running = job({ progress: progress({ fraction: 0.42, rate: 38e6, remaining: 185 }) });
    assert.equal(statusText([running], w)?.text, "$(sync~spin) Anna's iPhone: Receiving · 42% · 38 MB/s · 3 min, 5 sec left");
  });

  it('invents no figures', () => {
    assert.equal(statusText([job()], w)?.text, "$(sync~spin) Anna's iPhone: Preparing");
  });

  it('holds two jobs, both with all figures in the tooltip', () => {
    const jobs = [job({ progress: progress({ fraction: 0.5, rate: 1e6 }) }), job({ id: 2, subject: 'Pad', isVirtual: true, kind: 'restore', progress: progress({ phase: 'sending', fraction: 0.1 }) })];
    const status = statusText(jobs, w);
    assert.equal(status?.text, "$(sync~spin) Anna's iPhone: 50% · Pad (virtual): 10%");
    assert.deepEqual(status.tooltip, [
      { name: "Backing up Anna's iPhone", value: 'Receiving · 50% · 1 MB/s' },
      { name: 'Restoring to Pad (virtual)', value: 'Sending · 10%' },
    ]);
  });

  it('tells in the tooltip who keeps a job waiting, until it goes on', () => {
    const waiting = withEvent(job({ progress: progress({ phase: 'scanning' }) }), { type: 'notice', notice: { code: 'waiting-long', for: 'phone', seconds: 60 } });
    assert.match(statusText([waiting], w)?.spoken ?? '', /busy for a while/);
    const going = withEvent(waiting, { type: 'progress', progress: progress({ phase: 'scanning' }) });
    assert.doesNotMatch(statusText([going], w)?.spoken ?? '', /busy for a while/);
  });

  it('calls a cable slow until it flows', () => {
    const slow = withEvent(job({ progress: progress({ rate: 90_000 }) }), { type: 'notice', notice: { code: 'waiting-long', for: 'cable', seconds: 120 } });
    const later = withEvent(slow, { type: 'progress', progress: progress({ rate: 95_000 }) });
    assert.match(statusText([later], w)?.tooltip[0]?.value ?? '', /another cable and a port of the computer itself, without a hub/);
    assert.equal(withEvent(later, { type: 'progress', progress: progress({ rate: 20e6 }) }).waitingFor, undefined);
  });

  it('puts the job first that needs a person', () => {
    const waiting = job({ id: 2, subject: 'Pad', progress: progress({ phase: 'waiting-for-passcode' }) });
    const status = statusText([job(), waiting], w);
    assert.equal(status?.text, '$(device-mobile) Pad: Enter the passcode on the device');
    assert.equal(status.needsPerson, true);
  });

  it('shows icons of a hostile name as text', () => {
    assert.match(statusText([job({ subject: '$(flame)\n' })], w)?.text ?? '', /^\$\(sync~spin\) \\\$\(flame\): /);
  });

  it('says that a job is being stopped', () => {
    assert.match(statusText([job({ isCancelling: true, progress: progress({ fraction: 0.5 }) })], w)?.text ?? '', /Stopping$/);
  });
});

describe('the state of a job', () => {
  it('takes up progress, and of endless notices only the first hundred', () => {
    let state = withEvent(job(), { type: 'progress', progress: progress({ bytes: 7 }) });
    assert.equal(state.progress?.bytes, 7);
    for (let index = 0; index < 500; index++) state = withEvent(state, { type: 'notice', notice: { code: 'file-failed', path: `${index}`, text: '' } });
    assert.equal(state.notices.length, 100);
  });
});
