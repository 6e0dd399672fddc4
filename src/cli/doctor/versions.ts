import { createRequire } from 'node:module';
import { arch, release, type } from 'node:os';

/** What a diagnosis was made with: the first thing that is asked for in an issue. */
export interface Versions {
  readonly package: string;
  readonly node: string;
  readonly nest: string;
  readonly os: string;
  /** Absent when it is not installed. */
  readonly ioredis?: string;
  /** Absent when it is not installed. */
  readonly bullmq?: string;
}

const require = createRequire(import.meta.url);

export function readVersions(): Versions {
  const [ioredis, bullmq] = [versionOf('ioredis'), versionOf('bullmq')];
  return {
    package: versionOf('../../..') ?? 'unknown',
    node: process.versions.node,
    nest: versionOf('@nestjs/core') ?? 'unknown',
    os: `${type()} ${release()} ${arch()}`,
    ...(ioredis !== undefined && { ioredis }),
    ...(bullmq !== undefined && { bullmq }),
  };
}

/** Undefined when it is not installed. */
function versionOf(name: string): string | undefined {
  try {
    const manifest: unknown = require(`${name}/package.json`);
    return String(Object(manifest).version);
  } catch (error) {
    if (Object(error).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
