import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findProgram, installMissing, type RequiredProgram } from './required-program.js';

const SPINNER: RequiredProgram = {
  commands: ['spinner', 'spinner-browser'],
  pathVariable: 'SPINNER_PATH',
  packages: ['spinner'],
  advice: 'The tests need a spinner: put spinner on the PATH (Debian: apt-get install spinner)',
};

const WEAVER: RequiredProgram = { ...SPINNER, commands: ['weaver'], advice: 'Install weaver' };

describe('A program that the tests require', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'programs-'));
    vi.stubEnv('PATH', folder);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  async function addProgram(name: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, '#!/bin/sh\n');
    await chmod(path, 0o755);
    return path;
  }

  it('is found on the PATH by its usual name first', async () => {
    const other = await addProgram('spinner-browser');
    expect(await findProgram(SPINNER)).toBe(other);
    const usual = await addProgram('spinner');
    expect(await findProgram(SPINNER)).toBe(usual);
    vi.stubEnv('SPINNER_PATH', '/opt/spinner');
    expect(await findProgram(SPINNER)).toBe('/opt/spinner');
  });

  it('is named in one line each when it is missing where it cannot be installed', async () => {
    await expect(findProgram(SPINNER)).rejects.toThrow(SPINNER.advice);
    await expect(installMissing([SPINNER, WEAVER])).rejects.toThrow(
      `${SPINNER.advice}\n${WEAVER.advice}`,
    );
    await addProgram('spinner');
    await expect(installMissing([SPINNER, WEAVER])).rejects.toThrow(/^Install weaver$/);
  });
});
