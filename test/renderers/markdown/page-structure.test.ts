import { suite } from "uvu";
import * as assert from "uvu/assert";
import { renderMarkdown } from "../../../renderers/index.ts";
import { allSteps, everyPlan, helloPlan } from "../sample-plans.ts";
import { anchorsOf, htmlOf, linksOf, wordsOf } from "./read-markdown.ts";

const structure = suite("page structure");
const page = await renderMarkdown(everyPlan, {
  linkTo: (id) => (id === "verification" ? "verification.md" : undefined),
});

structure("is small for a small runbook", async () => {
  const lines = (await renderMarkdown(helloPlan)).split("\n");
  assert.equal(lines.slice(2, 9), [
    "# Hello",
    "",
    "Run `lockstep run hello`, or by hand:",
    "",
    '- [ ] <a id="build"></a>**1 Build**',
    "    ```bash",
    "    make build",
  ]);
  assert.ok(lines.length < 20);
});

structure("leads every link to a place that is there, and names every place once", () => {
  const anchors = anchorsOf(page);
  const internal = linksOf(page).filter((href) => href.startsWith("#"));
  assert.ok(internal.length > 15);
  for (const href of internal) assert.ok(anchors.has(decodeURIComponent(href.slice(1))), href);
  const ids = [...page.matchAll(/<a id="([^"]*)">/g)].map(([, id]) => id);
  assert.is(new Set(ids).size, ids.length);
});

structure("gives every step an anchor of its id and its number in bold", () => {
  for (const { id, number } of allSteps(everyPlan)) {
    assert.ok(page.includes(`<a id="${id}"></a>`), id);
    assert.ok(page.includes(`**${number}`) || page.includes(`–${number} `), number);
  }
});

structure("nests what a condition decides under it, as one list", () => {
  const html = htmlOf(page);
  const inner = /<li><strong>If the schema changes:<\/strong>\n<ul>([\s\S]*?)<a id="way">/.exec(html)?.[1] ?? "";
  assert.match(inner, "1.4 Migrate");
  assert.match(inner, /<ul>[\s\S]*1\.5 Vacuum/);
});

structure("draws its lists tight, so that no step is torn from its block", () => {
  assert.not.match(htmlOf(page), /<li>\s*<p>/);
});

structure("says the range of a guard where it begins, and shortly where it ends", () => {
  assert.match(
    page,
    "> **From 3.2 to 4.2:** [undo Phase 3](#undo-phase-3) as soon as a step fails or one of these thresholds is exceeded:\n>\n> - [Error rate](#error-rate) > 1%",
  );
  assert.match(
    page,
    "> **Until 4.2:** [undo Phase 4](#undo-phase-4) as soon as a step fails or one of the [two thresholds of Phase 3](#switch) is exceeded.",
  );
});

structure("ends background jobs where their section ends, by a name that is theirs alone", () => {
  assert.match(page, "- [ ] **End 2.2**\n    ```bash\n    kill '%?port-forward'");
  assert.ok(page.indexOf("**End 2.3**") < page.indexOf("Phase 3: Switch"));
});

structure("undoes newest first, and says what stays", () => {
  const order = [
    "Undo 4:",
    "Undo 3.2:",
    "Undo 1.8",
    "Undo 1.6b.1",
    "Undo 1.4:",
    "Undo 1.2–1.3:",
    "Left in place: 1.1 (an empty namespace does no harm)",
  ];
  const places = order.map((words) => page.indexOf(words));
  assert.ok(
    places.every((place) => place > 0),
    String(places),
  );
  assert.equal(
    [...places].sort((a, b) => a - b),
    places,
  );
});

structure("says before a step what cannot be undone", () => {
  assert.match(page, /> \[!CAUTION\]\n> 4\.4 cannot be undone: the old one is gone\.\n\n- \[ \] <a id="delete">/);
  assert.match(page, '    - > **Caution:** 4.5 cannot be undone: the data is gone.\n    - [ ] <a id="drop">');
});

structure("words every kind", () => {
  const words = wordsOf(page);
  for (const expected of [
    "3.1 Approval by 2 of release-manager, cto: switch traffic to <version>. By somebody who does not run this. Holds for 30 minutes, then it is asked for again.",
    "3.3 Watch the pods until they stay level, then Ctrl-C",
    "Gives the name that 2.5 shows as pod/web-1. Up to 3 times, 10 s apart.",
    "Expect within 10 minutes: success and a match of /ok/ (corrected)",
    "Runs until the end of Phase 2. Go on when it shows: Forwarding from",
    "1.9.2 Check the types. After 1.9.1.",
    "Again and again until count is below 1, at most 10 times, 30 s apart:",
    "Go on after 5 minutes without Queue length > 5",
    "How bad it is: low or high",
    "With TOKEN set to the secret token. Standard input: the secret token.",
    "After 4.4: Verification with host=example.org.",
    "Only what 1.2–1.3 said was created",
    "1.4 Migrate. If not: stop.",
    "People: a second person (0.1, 2.7), 2 of release-manager, cto other than who runs this (3.1)",
    "Seen by a colleague (by a second person)",
  ])
    assert.ok(words.includes(expected), expected);
});

structure("never shows the value of a secret's parameter as something to give", () => {
  assert.not.match(page, "-p token");
});

structure.run();
