/**
 * A Handlebars partial, compiled when the package is built (`tools/handlebars-plugin.mjs`) with `noEscape`, since
 * the pages are Markdown and the helpers escape for where a value stands.
 */
declare module "*.hbs" {
  /** The text of the file. */
  export const source: string;
  /** What `Handlebars.template(...)` of `handlebars/runtime.js` takes. */
  export const precompiled: ReturnType<typeof import("handlebars").precompile>;
}

/** Handlebars without its compiler; its own types name the module without `.js`, which Node does not find. */
declare module "handlebars/runtime.js" {
  import Handlebars from "handlebars";
  export default Handlebars;
}
