// `npm run compat`: installs the packed package in apps of many kinds, tries each, and writes what it saw into
// docs/compatibility.md. `--only <row>,<row>` tries some rows and replaces theirs, `--keep` leaves the apps on the disk,
// and `--built` takes what was built last.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { freePort } from '../free-port.mjs';
import { run } from './command.mjs';
import { tryRow } from './row.mjs';
import { lineOf, writeTable } from './table.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = join(root, 'docs/compatibility.md');
const rows = JSON.parse(await readFile(new URL('rows.json', import.meta.url), 'utf8'));

const { values } = parseArgs({
  options: { only: { type: 'string' }, keep: { type: 'boolean' }, built: { type: 'boolean' } },
});
const wanted = chosen(values.only);
const scratch = await mkdtemp(join(tmpdir(), 'compat-'));
const redis = await startRedis();
const lines = new Map();
let failures = 0;
try {
  const packed = await packAll();
  for (const row of wanted) {
    process.stdout.write(`${row.id} ...\n`);
    const nodeFolder = await nodeOf(row.node);
    const seen = await tryRow(row, { nodeFolder, packed, redisUrl: redis.url, keep: values.keep });
    if (seen.failure !== undefined) failures += 1;
    const line = lineOf(row, seen);
    process.stdout.write(`${line}\n`);
    lines.set(row.id, line);
    await writeTable(page, rows, lines, aboutThisRun());
  }
  await run('format', 'npx', ['prettier', '--write', page], { cwd: root, env: process.env });
} finally {
  redis.stop();
  await rm(scratch, { recursive: true, force: true });
}
process.exitCode = failures > 0 ? 1 : 0;

function chosen(only) {
  if (only === undefined) return rows;
  const ids = only.split(',');
  const found = rows.filter(({ id }) => ids.includes(id));
  if (found.length === ids.length) return found;
  throw new Error(`--only takes some of ${rows.map(({ id }) => id).join(', ')}`);
}

function aboutThisRun() {
  const day = new Date().toISOString().slice(0, 10);
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `on ${process.platform} ${process.arch} with ${cpus().length} cores and ${memory} GB`;
  if (lines.size === rows.length) return `All rows of one run, on ${day}, ${machine}.`;
  return `Rows of several runs, the last one on ${day}, ${machine}.`;
}

/** What a user installs. */
async function packAll() {
  const options = { cwd: root, env: process.env };
  if (!values.built) await run('build', 'npm', ['run', '--silent', 'build'], options);
  const pack = async (folder) => {
    const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', scratch];
    const output = await run('pack', 'npm', args, { ...options, cwd: join(root, folder) });
    return join(scratch, output.trim());
  };
  return { product: await pack('.'), emulator: await pack('packages/telegram-bot-api-emulator') };
}

/** The folder of a Node of a major version, which a package of npm brings. */
async function nodeOf(major) {
  const folder = join(scratch, `node-${major}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{}');
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--silent'];
  const options = { cwd: folder, env: process.env };
  await run('node', 'npm', ['install', ...quiet, `node@${major}`], options);
  return join(folder, 'node_modules/node/bin');
}

/** A real Redis, of REDIS_URL or of its own. */
async function startRedis() {
  const given = process.env.REDIS_URL;
  if (given) return { url: given, stop: () => undefined };
  const port = await freePort();
  const server = spawn('redis-server', ['--port', String(port), '--save', '', '--dir', scratch]);
  await once(server, 'spawn');
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.includes('Ready to accept connections')) break;
  }
  server.stdout.resume();
  return { url: `redis://127.0.0.1:${port}`, stop: () => server.kill() };
}
