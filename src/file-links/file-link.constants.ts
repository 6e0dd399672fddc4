/** The route of the files, without the global prefix. */
export const FILES_PATH = Symbol('TELEGRAM_FILES_PATH');

/** The controller class that serves the files of one bot. */
export const FILES_CONTROLLER = Symbol('TELEGRAM_FILES_CONTROLLER');
