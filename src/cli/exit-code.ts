/** How the commands end. */
export const EXIT_CODE = {
  ok: 0,
  warnings: 1,
  failed: 2,
  /** That of a program that Ctrl-C has ended. */
  interrupted: 130,
} as const;
