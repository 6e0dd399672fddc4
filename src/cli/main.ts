#!/usr/bin/env node
import { runCommandLine } from './command-line.js';
import { EXIT_CODE } from './exit-code.js';

process.exitCode = await runCommandLine(process.argv.slice(2));
// What was interrupted may still wait for an answer of Telegram's.
if (process.exitCode === EXIT_CODE.interrupted) process.exit();
