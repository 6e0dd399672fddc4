/** Where the files of the widget are: the same from the sources and from what is built of them. */
export const WIDGET_FOLDER = new URL('../../../dist/chat-widget/widget/', import.meta.url);
