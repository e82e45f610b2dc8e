import type { PlanParameter } from "../../dsl/plan/plan.ts";
import type { PlainValue } from "../../dsl/values/ref.ts";
import { createText, type PageBlock } from "./page.ts";
import type { PageContext } from "./page-context.ts";
import { viewPolicies } from "./policy-view.ts";
import { code, joinSpans, type Spans } from "./span.ts";
import { proseSpans, typedDuration, upperFirst } from "./words.ts";

/** Name, value on this page, meaning; how environments differ, if there are several; and what they forbid. */
export function viewParameters({ plan }: PageContext): readonly PageBlock[] {
  const policies = viewPolicies(plan);
  if (plan.parameters.length === 0) return policies;
  return [
    { block: "heading", level: 2, title: "Parameters" },
    parameterTable(plan.parameters),
    ...environmentTable(plan.parameters, plan.environments),
    ...policies,
  ];
}

/** Without a column for meanings where no author gave one. */
function parameterTable(parameters: readonly PlanParameter[]): PageBlock {
  const rows = parameters.map((parameter) => [[code(parameter.flag)], valueOnPage(parameter), meaningOf(parameter)]);
  const width = rows.some(([, , meaning = []]) => meaning.length > 0) ? 3 : 2;
  const columns: readonly Spans[] = [["Parameter"], ["Value on this page"], ["Meaning"]];
  return { block: "table", columns: columns.slice(0, width), rows: rows.map((row) => row.slice(0, width)) };
}

function valueOnPage({ flag, declaration, value }: PlanParameter): Spans {
  if (declaration.type === "secret") return secretSource(declaration);
  if (value !== undefined) return [code(typedValue(declaration, value))];
  const { example } = declaration;
  if (example === undefined) return [code(`<${flag}>`)];
  const shown = typeof example === "object" ? example.seconds : example;
  return [code(`<${flag}>`), ", such as ", code(typedValue(declaration, shown))];
}

function secretSource({ from }: Extract<PlanParameter["declaration"], { readonly type: "secret" }>): Spans {
  const { env, file, command, prompt } = from ?? {};
  const sources: readonly Spans[] = [
    ...(env === undefined ? [] : [["the variable ", code(env)]]),
    ...(file === undefined ? [] : [["the file ", code(file)]]),
    ...(command === undefined ? [] : [[code(command)]]),
  ];
  if (sources.length === 0) return ["secret, asked for"];
  return ["secret, from ", ...joinSpans(sources, ", else "), ...(prompt ? [", else asked for"] : [])];
}

/** As a user types it. */
function typedValue({ type }: PlanParameter["declaration"], value: PlainValue): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (type === "duration" && typeof value === "number") return typedDuration(value);
  return Array.isArray(value) ? value.join(",") : String(value);
}

function meaningOf({ declaration, decides }: PlanParameter): Spans {
  const phrase =
    declaration.type === "boolean" && declaration.phrase !== undefined ? upperFirst(declaration.phrase) : "";
  const asides: readonly Spans[] = [
    ...choicesOf(declaration),
    ...boundsOf(declaration),
    ...(decides.length === 0 ? [] : [[`decides ${decides.join(", ")}`]]),
  ];
  const meaning = proseSpans(declaration.meaning ?? phrase);
  if (asides.length === 0) return meaning;
  return meaning.length === 0 ? capital(joinSpans(asides, "; ")) : [...meaning, " (", ...joinSpans(asides, "; "), ")"];
}

function choicesOf(declaration: PlanParameter["declaration"]): readonly Spans[] {
  if (declaration.type !== "oneOf") return [];
  return [
    [
      "one of ",
      ...joinSpans(
        declaration.choices.map((choice): Spans => [code(choice)]),
        ", ",
      ),
    ],
  ];
}

function boundsOf(declaration: PlanParameter["declaration"]): readonly Spans[] {
  if (declaration.type !== "integer" && declaration.type !== "number") return [];
  const { min, max } = declaration;
  if (min !== undefined && max !== undefined) return [[`${min} to ${max}`]];
  return min !== undefined ? [[`at least ${min}`]] : max !== undefined ? [[`at most ${max}`]] : [];
}

function capital([first = "", ...rest]: Spans): Spans {
  return typeof first === "string" ? [upperFirst(first), ...rest] : [first, ...rest];
}

/** One row a parameter, so that a phone shows two or three columns and not one a parameter. */
function environmentTable(
  parameters: readonly PlanParameter[],
  environments: PageContext["plan"]["environments"],
): readonly PageBlock[] {
  if (environments.length < 2) return [];
  const set = parameters.filter(({ name }) => environments.some(({ values }) => Object.hasOwn(values, name)));
  if (set.length === 0) return [];
  return [
    createText("Environments set some of them, by ", code("--env NAME"), ":"),
    {
      block: "table",
      columns: [["Parameter"], ...environments.map(({ id }): Spans => [code(id)])],
      rows: set.map(({ name, flag, declaration }) => [
        [code(flag)],
        ...environments.map(({ values }): Spans => {
          const value = values[name];
          return value === undefined ? [] : [code(typedValue(declaration, value))];
        }),
      ]),
    },
  ];
}
