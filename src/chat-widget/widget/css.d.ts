declare module '*.css?inline' {
  /** The text of the style sheet, minified by the bundler. */
  export default text;
  const text: string;
}
