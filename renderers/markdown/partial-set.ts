import type HandlebarsRuntime from "handlebars";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";
import type { PartialName } from "./partial-name.ts";
import { shippedPartials } from "./shipped-partials.ts";

/** Lays out one thing of the page. What it is given is escaped already. */
export type WritePartial = (name: PartialName, view: object) => string;

type Template = HandlebarsRuntime.TemplateDelegate;

/** A template sees the properties of what it is given, and nothing behind them. */
const runtimeOptions = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

/**
 * The shipped partials with a project's own in their place. These are compiled here; the others were when the
 * package was built.
 */
export async function loadPartials(overrides: Readonly<Record<string, string>> = {}): Promise<WritePartial> {
  for (const name of Object.keys(overrides)) requireKnown(name);
  const isPlain = Object.keys(overrides).length === 0;
  const { default: handlebars } = isPlain ? await import("handlebars/runtime.js") : await import("handlebars");
  const environment = handlebars.create();
  const templates = new Map<string, Template>();
  for (const [name, { precompiled }] of Object.entries(shippedPartials)) {
    const override = overrides[name];
    const template =
      override === undefined ? environment.template(precompiled) : compileOverride(environment, name, override);
    templates.set(name, template);
    environment.registerPartial(name, template);
  }
  return (name, view) => write(templates.get(name) as Template, name, view);
}

function write(template: Template, name: string, view: object): string {
  try {
    return template(view, runtimeOptions).replace(/\n+$/, "");
  } catch (error) {
    throw badPartial(name, error);
  }
}

function compileOverride(environment: typeof HandlebarsRuntime, name: string, source: string): Template {
  try {
    environment.precompile(source, { noEscape: true });
    return environment.compile(source, { noEscape: true });
  } catch (error) {
    throw badPartial(name, error);
  }
}

function badPartial(name: string, error: unknown): LockstepError {
  return new LockstepError({
    code: "bad-partial",
    message: `the partial ${name} does not work: ${error instanceof Error ? error.message : String(error)}`,
    hint: `A partial is a Handlebars template; the shipped one is shippedPartials["${name}"].source of lockstep/render`,
  });
}

function requireKnown(name: string): void {
  const names = Object.keys(shippedPartials);
  if (names.includes(name)) return;
  throw new LockstepError({
    code: "bad-partial",
    message: `there is no partial ${name}`,
    hint: didYouMean(name, names, `The partials are ${names.join(", ")}`),
  });
}
