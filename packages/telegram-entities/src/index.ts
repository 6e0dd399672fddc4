export { findEntities, type FoundEntity } from './find-entities.js';
export type { TextRange } from './link-candidates.js';
