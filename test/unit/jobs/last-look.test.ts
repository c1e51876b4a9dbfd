import assert from 'node:assert/strict';
import { LastLook, type BackupContent } from '../../../src/jobs/last-look.ts';

const whole: BackupContent = { opens: true, isReadable: true, missing: 0 };

/** A look into backups whose content and clock the test sets; counts how often it looked. */
function desk(content: BackupContent = whole) {
  const state = { now: 0, looks: 0 };
  const look = new LastLook(() => state.now);
  const into = (path: string, password?: string): Promise<BackupContent> =>
    look.into(path, password, async () => {
      state.looks += 1;
      return content;
    });
  return { state, look, into };
}

describe('the last look into a backup', () => {
  it('is taken over by the restore that follows', async () => {
    const { state, into } = desk();
    await into('/a', 'secret');
    state.now = 4 * 60_000;
    assert.deepEqual(await into('/a', 'secret'), whole);
    assert.equal(state.looks, 1);
  });

  it('is repeated after minutes, for another backup, with another password, and when it is forgotten', async () => {
    const { state, look, into } = desk();
    await into('/a', 'secret');
    await into('/a', 'other');
    await into('/b', 'other');
    state.now = 6 * 60_000;
    await into('/b', 'other');
    look.forget();
    await into('/b', 'other');
    assert.equal(state.looks, 5);
  });

  for (const content of [{ ...whole, missing: 1 }, { ...whole, isReadable: false }, { ...whole, opens: false }]) {
    it(`is repeated when it found ${JSON.stringify(content)}`, async () => {
      const { state, into } = desk(content);
      await into('/a');
      await into('/a');
      assert.equal(state.looks, 2);
    });
  }
});
