export { findEntities, type FoundEntity } from './found-entities.js';
export type { TextRange } from './link-candidates.js';
