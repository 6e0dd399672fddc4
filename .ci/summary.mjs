// Prints the closing line of a run from the test runner's JSON report; fails when no test has passed.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8') || '{}');
const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = report;
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = passed > 0 && failed === 0 && report.success === true ? 0 : 1;
