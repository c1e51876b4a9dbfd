import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { History } from '../../src/jobs/api.ts';
import type { JobEvent, JobPhase } from '../../src/shared/job-events.ts';
import { jsonLines, resultOf, runCli, type CliResult } from '../interop/support/cli.ts';
import { runTool } from '../interop/support/tools.ts';
import { EngineBench } from './support/engine-bench.ts';
import { isSweep, testLimit } from './support/sweep.ts';

const phases: readonly JobPhase[] = isSweep
  ? ['connecting', 'scanning', 'receiving', 'moving', 'removing', 'verifying', 'publishing']
  : ['scanning', 'receiving', 'publishing'];

/** Real processes, TLS over real sockets, and a real disk. */
describe('a backup whose process is killed', function () {
  this.timeout(testLimit(150_000));
  let bench: EngineBench;
  before(async () => (bench = await EngineBench.open({ parent: tmpdir(), allowTls13: false })));
  after(() => bench.close());

  const cli = (command: string, onLine?: (line: string, child: ChildProcess) => void): Promise<CliResult> =>
    runCli([command, '--json', '--library', bench.library, '--muxer', bench.phone.address], { onLine });

  const history = async (): Promise<History> => resultOf(await cli('history')) as unknown as History;

  async function backUp(): Promise<void> {
    const { code, stderr } = await cli('backup');
    assert.equal(code, 0, stderr);
  }

  async function expectChecksums(): Promise<void> {
    for (const { path } of (await history()).entries) {
      const { code, output } = await runTool('sh', ['-c', `cd "${path}" && sha256sum --strict --quiet -c checksums.sha256`], '');
      assert.equal(code, 0, output);
    }
  }

  for (const phase of phases) {
    it(`while it is ${phase}: earlier entries stay, and the next run succeeds`, async () => {
      bench.content.change();
      await backUp();
      bench.content.change();
      const before = (await history()).entries.map((entry) => entry.id);
      let seen: Promise<History> | undefined;
      const killed = await cli('backup', (line, child) => {
        if (seen || !isPhase(line, phase)) return;
        // Held still, so that it can be looked at while it works.
        child.kill('SIGSTOP');
        seen = history().finally(() => child.kill('SIGKILL'));
      });
      assert.equal(killed.signal, 'SIGKILL', killed.stderr);
      assert.ok(!jsonLines(killed).some((line) => line['type'] === 'result'));
      const during = await seen;
      const left = await history();
      const added = left.entries.filter((entry) => !before.includes(entry.id));
      assert.equal(left.entries.length, before.length + added.length, 'no entry is gone');
      // Only who was publishing may have done it already.
      if (phase === 'publishing' && added.length === 1) assert.deepEqual(left.drafts, []);
      else {
        assert.deepEqual(added, []);
        if (phase !== 'connecting') assert.deepEqual([during?.drafts.map((draft) => draft.isRunning), left.drafts.map((draft) => draft.isRunning)], [[true], [false]]);
      }
      await expectChecksums();
      await backUp();
      assert.deepEqual((await history()).drafts, []);
      await expectChecksums();
    });
  }
});

function isPhase(line: string, phase: JobPhase): boolean {
  const event = JSON.parse(line) as JobEvent;
  return event.type === 'progress' && event.progress.phase === phase;
}
