import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

// One after the other: they would disturb each other.
for (const name of [
  'drain',
  'media',
  'topics',
  'accept',
  'growth',
  'desk',
  'ingest',
  'memory',
  'links',
  'streams',
]) {
  const path = fileURLToPath(new URL(`${name}.bench.js`, import.meta.url));
  const [code] = await once(spawn(process.execPath, [path], { stdio: 'inherit' }), 'exit');
  if (code !== 0) throw new Error(`The benchmark ${name} failed`);
}
