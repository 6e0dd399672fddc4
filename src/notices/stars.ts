/** The best rating. */
const MOST_STARS = 5;

/** A rating as stars, such as ★★★★☆. */
export function starsOf(rating: number): string {
  return '★'.repeat(rating).padEnd(MOST_STARS, '☆');
}
