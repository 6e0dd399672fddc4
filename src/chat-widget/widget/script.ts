import { defineSupportChat } from './define-support-chat.js';

// The routes are where this script comes from.
const { currentScript } = document;
const source = currentScript instanceof HTMLScriptElement ? currentScript.src : '';
defineSupportChat(source ? { base: new URL('.', source).href } : {});
