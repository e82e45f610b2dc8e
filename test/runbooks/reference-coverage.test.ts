import { compile } from "lockstep";
import { renderMarkdown } from "lockstep/render";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checklists, commandLines, environmentFacts, numberedActions, thresholds } from "./reference-document.ts";
import { type RenderedPage, readPage } from "./rendered-page.ts";
import { exampleValues, runbooks } from "./shipped-runbooks.ts";

const pages = new Map<string, RenderedPage>();
const examplePages = new Map<string, RenderedPage>();

const coverage = suite("the document is covered");

coverage.before(async () => {
  for (const runbook of runbooks) {
    pages.set(runbook.id, readPage(await renderMarkdown(compile(runbook))));
    examplePages.set(runbook.id, readPage(await renderMarkdown(compile(runbook, { values: exampleValues(runbook) }))));
  }
});

const textOf = (id: string): string => (pages.get(id)?.lines ?? []).join("\n");

coverage("every command line stands in a block of a page, character for character", () => {
  const lines = commandLines();
  assert.is(lines.length, 92);
  const printed = new Set([...pages.values(), ...examplePages.values()].flatMap(({ codeLines }) => codeLines));
  assert.equal(
    lines.filter((line) => !printed.has(line)),
    [],
  );
});

coverage("only the lines with example values need a parameter for that", () => {
  const printed = new Set([...pages.values()].flatMap(({ codeLines }) => codeLines));
  assert.equal(
    commandLines().filter((line) => !printed.has(line)),
    [
      "kubectl set image deployment/rlhf-audit-trail rlhf-audit-trail=rlhf-audit-trail:v1.2.3 -n rlhf-production",
      'python manage.py makemigrations --name="descriptive_name"',
      'python manage.py makemigrations --empty --name="data_migration_name" app_name',
    ],
  );
});

for (const [heading, items] of checklists()) {
  coverage(`every item of the checklist stands on one page, in order: ${heading}`, () => {
    const holding = [...pages.values()].filter(({ lines }) => holdsInOrder(lines, items));
    assert.ok(holding.length > 0, items.join("\n"));
  });
}

for (const id of ["production-blue-green", "production-rolling", "monitoring"]) {
  coverage(`every alert threshold stands on the page: ${id}`, () => {
    assert.is(thresholds().length, 5);
    assert.equal(
      thresholds().filter((threshold) => !textOf(id).includes(threshold)),
      [],
    );
  });
}

const emergencies = {
  "Deployment Failure": "emergency-deployment-failure",
  "Security Incident During Deployment": "emergency-security-incident",
};
for (const [heading, id] of Object.entries(emergencies)) {
  coverage(`every numbered action stands on the page, in order: ${heading}`, () => {
    const actions = numberedActions(heading);
    assert.ok(actions.length >= 5);
    const page = pages.get(id);
    const text = `${textOf(id)}\n${page?.codeLines.join("\n")}`.toLowerCase();
    assert.equal(
      actions.filter((action) => !text.includes(action.toLowerCase())),
      [],
    );
  });
}

coverage("every fact of every environment stands on a page", () => {
  const facts = environmentFacts();
  assert.is(facts.size, 3);
  const text = textOf("pre-deployment");
  for (const [title, expected] of facts) {
    const found = runbooks
      .flatMap(({ environments }) => environments)
      .find((environment) => environment.title === title);
    assert.equal(found?.facts, expected);
    for (const [name, value] of Object.entries(expected))
      assert.ok(text.includes(name) && text.includes(value), `${title}: ${name}`);
  }
});

function holdsInOrder(lines: readonly string[], items: readonly string[]): boolean {
  const boxes = lines.filter((line) => line.startsWith("[ ] ")).map((line) => line.slice("[ ] ".length));
  let from = 0;
  return items.every((item) => {
    const index = boxes.findIndex((box, position) => position >= from && box.startsWith(item));
    from = index + 1;
    return index >= 0;
  });
}

coverage.run();
