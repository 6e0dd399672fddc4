// Fails when a production dependency has a known vulnerability. A registry that does not answer the question is no failure.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  timeout: 60_000,
});
const known = countIn(stdout ?? '');
if (known === undefined) console.log('The registry does not tell of vulnerabilities: not audited');
else console.log(`${known} known vulnerabilities in production dependencies`);
process.exitCode = known ? 1 : 0;

/** Undefined when there is no report. */
function countIn(output) {
  try {
    return JSON.parse(output).metadata?.vulnerabilities?.total;
  } catch {
    return undefined;
  }
}
