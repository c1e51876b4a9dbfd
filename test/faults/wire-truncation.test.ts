import assert from 'node:assert/strict';
import { EngineError } from '../../src/shared/errors.ts';
import { backupOver, recordBackup, socketWith, unitOffsets } from '../unit/mobilebackup2/support/replay.ts';

describe('a phone that breaks off', () => {
  let session: Buffer;
  /** Where the last Status.plist begins: from its end on only the folder can tell whether the backup is good. */
  let finishedAt: number;
  before(async () => {
    session = await recordBackup();
    finishedAt = session.lastIndexOf('finished');
  });

  it('does not, in the recording', async () => {
    const outcome = await backupOver(socketWith(session, 'closed'));
    assert.ok(!(outcome instanceof EngineError) && outcome.verdict === 'success');
  });

  it('at any byte: the connection is lost, and never a success', async () => {
    for (let length = 0; length < session.length; length++) {
      const outcome = await backupOver(socketWith(session.subarray(0, length), 'closed'));
      const end = outcome instanceof EngineError ? outcome.code : outcome.verdict;
      assert.ok(end === 'link.lost' || (end === 'unproven' && length > finishedAt), `${end} after ${length} bytes`);
    }
  }).timeout(60_000);

  it('and stays silent: the wait ends', async () => {
    const lengths = unitOffsets(session).flatMap((at) => [at, at + 2, at + 5]);
    await Promise.all(
      lengths.map(async (length) => {
        const outcome = await backupOver(socketWith(session.subarray(0, length), 'silent'));
        assert.ok(outcome instanceof EngineError && ['link.silent', 'device.gone'].includes(outcome.code), `after ${length} bytes`);
      }),
    );
  }).timeout(60_000);

  for (const [what, value] of [
    ['0', 0],
    ['1', 1],
    ['the largest', 0xffff_ffff],
    ['the largest but one', 0xffff_fffe],
    ['16 MiB', 16 << 20],
  ] as const) {
    it(`with ${what} in any length field: a typed error, little memory`, async () => {
      const before = process.memoryUsage().rss;
      for (const at of unitOffsets(session)) {
        if (session.readUInt32BE(at) === value) continue;
        const bytes = Buffer.from(session);
        bytes.writeUInt32BE(value, at);
        const outcome = await backupOver(socketWith(bytes, 'closed'));
        const end = outcome instanceof EngineError ? outcome.kind : outcome.verdict;
        assert.ok(['data', 'connection'].includes(end) || (end === 'unproven' && at > finishedAt), `${end} at ${at}`);
      }
      assert.ok(process.memoryUsage().rss - before < 150 << 20);
    }).timeout(60_000);
  }
});
