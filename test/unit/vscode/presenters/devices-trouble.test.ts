import assert from 'node:assert/strict';
import { ConnectionError, CrashError } from '../../../../src/shared/errors.ts';
import { troubleOf } from '../../../../src/vscode/presenters/devices-trouble.ts';
import { readJson } from '../support/used-strings.ts';

describe('the text in the place of the devices', () => {
  it('tells a missing muxer and one that does not answer from a fault of ours', () => {
    assert.equal(troubleOf(new ConnectionError('mux.missing', 'No socket')), 'noMuxer');
    assert.equal(troubleOf(new ConnectionError('mux.refused', 'Refused')), 'muxerTrouble');
    assert.equal(troubleOf(new CrashError('crash.worker', 'Ended')), 'engineTrouble');
    assert.equal(troubleOf(new Error('Cannot find module')), 'engineTrouble');
  });

  it('has after a fault of ours a next step and the log', () => {
    const text = readJson('package.nls.json')['welcome.engineTrouble'] ?? '';
    for (const command of ['iphoneBackup.refresh', 'workbench.action.reloadWindow', 'iphoneBackup.showLog']) assert.ok(text.includes(`(command:${command})`), command);
  });
});
