import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { DrillModule } from './drill.module.js';

// The test holds the other end of the pipe: when it is gone, this program ends too.
process.stdin.resume().on('end', () => process.exit());

const app = await NestFactory.create(DrillModule, { logger: ['log', 'warn', 'error'] });
await app.listen(Number(process.env['PORT']), '127.0.0.1');
process.stdout.write('The app listens\n');
