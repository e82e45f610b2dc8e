import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { renderMarkdown, shippedPartials } from "../../../renderers/index.ts";
import { everyPlan, helloPlan } from "../sample-plans.ts";

const partials = suite("partials");

partials("are all that is in their folder", () => {
  const folder = fileURLToPath(new URL("../../../renderers/markdown/partials", import.meta.url));
  const files = readdirSync(folder).map((name) => name.replace(/\.hbs$/, ""));
  assert.equal(Object.keys(shippedPartials).sort(), files.sort());
});

partials("are overridden by name, and may use the others", async () => {
  const page = await renderMarkdown(everyPlan, {
    partials: { approval: "- APPROVAL {{number}}\n", checklist: "{{> item}}\n    - signed off\n" },
  });
  assert.match(page, "- APPROVAL 3.1\n");
  assert.match(page, "    - signed off\n");
  assert.match(page, "**1.4 Migrate.**");
});

partials("that do nothing new change nothing", async () => {
  const sources = Object.fromEntries(Object.entries(shippedPartials).map(([name, { source }]) => [name, source]));
  assert.is(await renderMarkdown(everyPlan, { partials: sources }), await renderMarkdown(everyPlan));
});

partials("see nothing behind what they are given", async () => {
  for (const reach of [
    "{{constructor.name}}",
    "{{__proto__.toString}}",
    '{{lookup this "constructor"}}',
    "{{line.constructor}}",
    '{{lookup (lookup this "constructor") "name"}}',
    '{{lookup (lookup line "__proto__") "constructor"}}',
    '{{#with (lookup this "constructor")}}{{name}}{{/with}}',
    "{{#each __proto__}}{{@key}}{{/each}}",
    "{{#with __proto__}}{{constructor}}{{/with}}",
    "{{__defineGetter__}}{{__lookupGetter__}}",
    "{{line.toString}}{{hasOwnProperty}}{{valueOf}}",
    "{{@root.constructor.name}}{{../constructor}}",
    "{{#with line}}{{length.constructor}}{{/with}}",
  ]) {
    const page = await renderMarkdown(helloPlan, { partials: { shell: `- [${reach}]\n` } });
    assert.match(page, "- []\n", reach);
  }
});

partials("with another name are refused with the name that was meant", async () => {
  try {
    await renderMarkdown(helloPlan, { partials: { aproval: "" } });
    assert.unreachable();
  } catch (error) {
    assert.is((error as { code?: string }).code, "bad-partial");
    assert.is((error as { hint?: string }).hint, "Did you mean approval?");
  }
});

partials("that are no template are refused by name", async () => {
  try {
    await renderMarkdown(helloPlan, { partials: { shell: "{{#if}" } });
    assert.unreachable();
  } catch (error) {
    assert.match((error as Error).message, "the partial shell does not work");
    assert.is(
      (error as { hint?: string }).hint,
      'A partial is a Handlebars template; the shipped one is shippedPartials["shell"].source of lockstep/render',
    );
  }
});

partials.run();
