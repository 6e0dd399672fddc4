import { chromium, type BrowserServer } from 'playwright-core';
import { findProgram } from './required-program.js';
import { CHROMIUM } from './required-programs.js';

/** Nothing but this machine has an address, whatever a page asks for. */
const LOOPBACK_ONLY = 'MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1';

/** Starts the Chromium of a run, without a window. The caller closes it. */
export async function startChromium(): Promise<BrowserServer> {
  return chromium.launchServer({
    executablePath: await findProgram(CHROMIUM),
    host: '127.0.0.1',
    // Chromium's sandbox refuses to be used by root.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [`--host-resolver-rules=${LOOPBACK_ONLY}`],
  });
}
