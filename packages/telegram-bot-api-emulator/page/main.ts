import { PageLayout } from './shell/page-layout.js';
import { PageServices } from './shell/page-services.js';

new PageLayout(new PageServices()).start();
