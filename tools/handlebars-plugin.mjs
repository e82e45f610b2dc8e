import { readFile } from "node:fs/promises";
import Handlebars from "handlebars";

/**
 * Makes a Handlebars partial importable: its text, and what `Handlebars.template` of `handlebars/runtime.js` takes,
 * so that a page needs no template compiler at run time unless a project overrides a partial.
 */
export const handlebarsPlugin = {
  name: "handlebars",
  setup(build) {
    build.onLoad({ filter: /\.hbs$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = [
        `export const source = ${JSON.stringify(source)};`,
        `export const precompiled = ${Handlebars.precompile(source, { noEscape: true })};`,
      ].join("\n");
      return { contents, loader: "js" };
    });
  },
};
