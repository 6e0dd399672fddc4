import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** No row takes so long, unless it hangs. */
const TIMEOUT_MS = 300_000;

/** A step of a row has failed, and why. */
export class StepError extends Error {
  constructor(step, output) {
    super(`${step}: ${reasonIn(output)}`);
    this.output = output;
  }
}

/** Runs a command to its end, and returns what it wrote. @throws {StepError} When it fails, or takes too long. */
export async function run(step, command, args, { cwd, env }) {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => (output += chunk));
  }
  const kill = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
  const timer = setTimeout(kill, TIMEOUT_MS);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(timer);
  if (code !== 0) throw new StepError(step, output || `ended with ${code}`);
  return output;
}

/** The first line that names an error, else the last one. */
function reasonIn(output) {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const line =
    lines.find((each) => /\berror\b|failed|cannot find/i.test(each)) ?? lines.at(-1) ?? '';
  return line.replaceAll('|', '/').slice(0, 160);
}

/** The environment of a developer's machine, with this Node first, and without what leads to other desks. */
export function environment(nodeFolder) {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(NODE_OPTIONS|NODE_ENV|TELEGRAM_|REDIS_URL|PORT$|npm_(?!config_(?:registry|cache|userconfig)))/.test(
        name,
      ),
  );
  const env = Object.fromEntries(kept);
  return { ...env, CI: '1', PATH: `${nodeFolder}:${env.PATH}` };
}
