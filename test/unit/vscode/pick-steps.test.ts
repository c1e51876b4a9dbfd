import assert from 'node:assert/strict';
import { askInSteps } from '../../../src/vscode/pick/steps.ts';
import type { Step, StepPlace } from '../../../src/vscode/pick/steps.ts';

describe('questions in steps', () => {
  const scripted = (answers: Awaited<ReturnType<Step>>[], seen: number[]) => async (place: StepPlace) => {
    seen.push(place.step);
    return answers.shift() ?? 'cancel';
  };

  it('go forward, and back to the question before', async () => {
    const seen: number[] = [];
    const steps = [scripted(['answer', 'answer'], seen), scripted(['back', 'answer'], seen)];
    assert.equal(await askInSteps('Restore', steps), true);
    assert.deepEqual(seen, [1, 2, 1, 2]);
  });

  it('pass over what needs no question, forward and back', async () => {
    const seen: number[] = [];
    const steps = [scripted(['answer', 'answer'], seen), scripted(['skip', 'skip', 'skip'], seen), scripted(['back', 'answer'], seen)];
    assert.equal(await askInSteps('Restore', steps), true);
    assert.deepEqual(seen, [1, 2, 3, 2, 1, 2, 3]);
  });

  it('end when one is cancelled', async () => {
    assert.equal(await askInSteps('Restore', [scripted(['answer'], []), scripted(['cancel'], [])]), false);
  });
});
