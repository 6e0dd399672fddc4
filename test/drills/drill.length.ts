/** About how many messages customers write in a drill: `npm run drills` has them write more. */
export const DRILL_MESSAGES = Number(process.env['DRILL_MESSAGES'] ?? 600);

/** How many processes are killed in a drill. */
export const DRILL_KILLS = Number(process.env['DRILL_KILLS'] ?? 3);
