/** How a program gets what a package exports, by the extension of its file. */
const LOAD = {
  mjs: (names: string, from: string) => `import { ${names} } from '${from}';`,
  cjs: (names: string, from: string) => `const { ${names} } = require('${from}');`,
} as const;

/**
 * A program of an app that has the chat. A visitor opens a thread and writes into it, an agent answers, and the program prints
 * what came through the stream, as JSON.
 *
 * @param kind The extension of its file: `mjs` of an ES module, `cjs` of CommonJS.
 * @param adapter `Express` or `Fastify`.
 */
export function chatProgram(kind: 'cjs' | 'mjs', adapter: string): string {
  const load = LOAD[kind];
  return `
    ${kind === 'mjs' ? "import 'reflect-metadata';" : "require('reflect-metadata');"}
    ${load('NestFactory', '@nestjs/core')}
    ${load(`${adapter}Adapter`, `@nestjs/platform-${adapter.toLowerCase()}`)}
    ${load('TelegramModule', 'nestjs-telegram-support')}
    ${load('SupportChat, SupportChatModule', 'nestjs-telegram-support/chat')}
    ${load('TelegramTestDesk', 'nestjs-telegram-support/testing')}
    class App {}

    async function main() {
      const desk = await TelegramTestDesk.start({ emulator: { waitTimeoutMs: 20_000 } });
      const telegram = TelegramModule.forRoot({ isGlobal: true });
      const imports = [telegram, SupportChatModule.forRoot({ anonymous: true }), desk.module];
      const app = await NestFactory.create({ module: App, imports }, new ${adapter}Adapter(), { logger: false });
      await desk.connect(app);
      const base = (await app.getUrl()) + '/support/';
      const headers = { 'Content-Type': 'application/json', 'X-Support-Chat': '1' };
      const post = async (path, body) => {
        const answer = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
        if (!answer.ok) throw new Error(path + ': ' + answer.status + ' ' + (await answer.text()));
        return answer;
      };
      const session = await post('session', {});
      headers.Cookie = session.headers.getSetCookie()[0].split(';')[0];
      const { thread } = await (await post('threads', { clientId: '1', text: 'Where is my parcel?' })).json();
      const stream = await fetch(base + 'threads/' + thread.id + '/stream?after=0', { headers });
      await post('threads/' + thread.id + '/messages', { clientId: '2', text: 'It is blue' });
      const notice = await desk.chat.waitForMessage(({ text }) => text.includes('It is blue'));
      desk.chat.agent('Ada').reply(notice, 'On its way');
      let seen = '';
      for await (const piece of stream.body.pipeThrough(new TextDecoderStream())) {
        seen += piece;
        if (seen.includes('On its way')) break;
      }
      const events = [...seen.matchAll(/^event: message$\\s^data: (.*)$/gm)].map(([, data]) => JSON.parse(data));
      const { path, integrity } = app.get(SupportChat, { strict: false }).widgetUrl();
      const scripts = [base + 'widget.js', new URL(path, base)].map(async (url) => (await fetch(url)).text());
      const [latest, versioned] = await Promise.all(scripts);
      const german = await fetch(base + 'widget.de.json');
      await desk.stop();
      const texts = events.map(({ author, text }) => author.kind + ': ' + text);
      const isWidget = latest.includes('support-chat') && latest === versioned && integrity.startsWith('sha384-');
      console.log(JSON.stringify({ texts: [...new Set(texts)], isWidget, german: german.status }));
    }
    main().catch((error) => {
      console.error(error);
      process.exit(1);
    });`;
}
