import type { PlanEnvEntry, PlanSettings, PlanStep, PlanText } from "../../dsl/plan/plan.ts";
import { quoteWord } from "../../dsl/shell/quote-word.ts";
import type { Remark } from "./page.ts";
import { type PageContext, type Place, textSpans } from "./page-context.ts";
import { code, joinSpans, plainText, type Spans } from "./span.ts";

/** The folder, the variables and the input that a step has and that the page has not brought about before it. */
export function settingsRemarks(context: PageContext, { settings }: Place, step: PlanStep): readonly Remark[] {
  const { cwd, env } = missingSettings(settings, step.settings);
  return [
    ...(cwd.length === 0
      ? []
      : [
          {
            spans: [
              "In ",
              ...joinSpans(
                cwd.map((folder) => [code(words(context, folder))]),
                ", then ",
              ),
            ],
            sentence: true as const,
          },
        ]),
    ...variableRemarks(context, env),
    ...(step.stdin === undefined
      ? []
      : [{ spans: ["Standard input: ", ...given(context, step.stdin)], sentence: true as const }]),
  ];
}

/** "With `CI=1`, `TOKEN` (secret)". */
export function variableRemarks(context: PageContext, env: PlanSettings["env"]): readonly Remark[] {
  if (env.length === 0) return [];
  const variables = joinSpans(
    env.map((entry) => variable(context, entry)),
    ", ",
  );
  return [{ spans: ["With ", ...variables], sentence: true }];
}

/** What `wanted` has and `present` has not. */
export function missingSettings(present: PlanSettings, wanted: PlanSettings): PlanSettings {
  const rest = wanted.cwd.slice(commonLength(present.cwd, wanted.cwd));
  const known = new Set(present.env.map((entry) => JSON.stringify(entry)));
  return { cwd: rest, env: wanted.env.filter((entry) => !known.has(JSON.stringify(entry))) };
}

function commonLength(a: readonly PlanText[], b: readonly PlanText[]): number {
  const differs = a.findIndex((folder, index) => folder.text !== b[index]?.text);
  return differs < 0 ? a.length : differs;
}

/** `PGHOST=localhost`, or where a secret comes from. */
export function variable(context: PageContext, entry: PlanEnvEntry): Spans {
  if ("secret" in entry) return [code(entry.name), " set to the secret ", code(entry.secret)];
  return [code(`${entry.name}=${quoteWord(words(context, entry.value))}`)];
}

function given(context: PageContext, stdin: NonNullable<PlanStep["stdin"]>): Spans {
  return "secret" in stdin ? ["the secret ", code(stdin.secret)] : [code(words(context, stdin.value))];
}

function words(context: PageContext, text: PlanText): string {
  return plainText(textSpans(context, text));
}
