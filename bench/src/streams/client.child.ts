import { EventEmitter, once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { answerParent } from '../support/child.js';
import type { StreamClientTask, StreamShape, Wave } from './streams.task.js';

/** How many streams are opened at a time. */
const AT_A_TIME = 50;

const NS_OF_MS = 1e6;

/** When a message was sent stands in its text. */
const SENT = /"text":"(\d+)"/g;

let streams = 0;
let latenciesNs: bigint[] = [];
let firstSent = 0n;
let lastArrived = 0n;
const arrivals = new EventEmitter();

/** Reads streams, and answers with what became of the message that each of them gets. */
answerParent(async (task: StreamClientTask): Promise<number | Wave> => {
  if ('open' in task) return open(task.open, task.shape);
  while (latenciesNs.length < streams) await once(arrivals, 'complete');
  const wave = {
    ms: Number(lastArrived - firstSent) / NS_OF_MS,
    latenciesMs: latenciesNs.map((each) => Number(each) / NS_OF_MS),
  };
  latenciesNs = [];
  firstSent = 0n;
  return wave;
});

async function open(url: string, { threads, readers }: StreamShape): Promise<number> {
  streams = threads * readers;
  for (let first = 0; first < streams; first += AT_A_TIME) {
    const length = Math.min(AT_A_TIME, streams - first);
    const openings = Array.from({ length }, (_, i) =>
      read(`${url}t${(first + i) % threads}/stream`),
    );
    await Promise.all(openings);
  }
  return streams;
}

async function read(url: string): Promise<void> {
  const [response]: IncomingMessage[] = await once(get(url, { agent: false }), 'response');
  if (response?.statusCode !== 200) throw new Error(`Status ${response?.statusCode}`);
  response.setEncoding('utf8');
  await new Promise<void>((resolve) => {
    response.on('data', (text: string) => {
      if (text.includes('event: ready')) resolve();
      for (const [, sent = '0'] of text.matchAll(SENT)) take(BigInt(sent));
    });
  });
}

function take(sent: bigint): void {
  lastArrived = process.hrtime.bigint();
  if (firstSent === 0n || sent < firstSent) firstSent = sent;
  latenciesNs.push(lastArrived - sent);
  if (latenciesNs.length === streams) arrivals.emit('complete');
}
