import { describe } from 'vitest';
import { describePackedPackage } from './packed-package.js';

describe('The packed package, installed in an app on Nest 12', () => {
  describePackedPackage(12, {});
});
