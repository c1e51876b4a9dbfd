/** One line for a step that begins or was done. */
export const say = (text) => process.stdout.write(`${text}\n`);

export const warn = (text) => process.stdout.write(`warning: ${text}\n`);

/** A failure that a sentence explains; its stack is of no interest. */
export class Failure extends Error {}

/** Runs a script's main function; a `Failure` ends it with one sentence, anything else with its stack. */
export async function main(run) {
  try {
    await run();
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${error instanceof Failure ? error.message : error.stack}\n`);
  }
}

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
