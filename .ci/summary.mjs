// Prints what has failed and the closing line of a run, from the test runner's JSON reports; fails when one has no test
// that passed.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8') || '{}'));
for (const { name, message, assertionResults } of reports.flatMap(
  (report) => report.testResults ?? [],
)) {
  const file = relative('.', name);
  if (message) console.log(`\nFailed: ${file}\n${message}`);
  for (const { status, fullName, failureMessages } of assertionResults) {
    if (status === 'failed')
      console.log(`\nFailed: ${file} ${fullName}\n${failureMessages.join('\n')}`);
  }
}

const sum = (name) => reports.reduce((total, report) => total + (report[name] ?? 0), 0);
console.log(`\n${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed`);
const isGood = ({ numPassedTests = 0, numFailedTests = 0, success }) =>
  numPassedTests > 0 && numFailedTests === 0 && success === true;
process.exitCode = reports.length > 0 && reports.every(isGood) ? 0 : 1;
