// Prints the closing line of a run from the test runner's JSON reports; fails when one has no test that passed.
import { readFileSync } from 'node:fs';

const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8') || '{}'));
const sum = (name) => reports.reduce((total, report) => total + (report[name] ?? 0), 0);
console.log(`\n${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed`);
const isGood = ({ numPassedTests = 0, numFailedTests = 0, success }) =>
  numPassedTests > 0 && numFailedTests === 0 && success === true;
process.exitCode = reports.length > 0 && reports.every(isGood) ? 0 : 1;
