import { suite } from "uvu";
import * as assert from "uvu/assert";
import { journalOf } from "../../support/journal-of.ts";
import { lockstep, project } from "../../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../../support/lockstep-terminal.ts";

const test = suite("how a run looks in a terminal");
test.after.each(closeTerminals);

const runbook = `import { approval, caution, checklist, irreversible, notNeeded, param, runbook, section, sh, step, when } from "lockstep";
export default runbook({ id: "looks", title: "What it looks like", params: { changed: param.boolean({ default: false }) } }, (p) => [
  section("first", "The first of the sections", [
    checklist("gates", "Gates", ["Code reviewed", "Tests pass"]),
    when(p.changed, [step("migrate", "Migrate", sh\`echo migrated\`, { undo: sh\`echo unmigrated\` }), step("verify", "Verify", sh.read\`echo verified\`)]),
    caution("From here on users are served by green."),
    step("switch", "Point the ingress to green", sh\`echo ingress.networking.k8s.io/rlhf-audit-trail patched\`, {
      undo: notNeeded("it points back by itself, which takes a while"),
    }),
  ]),
]);
`;

async function open(args: readonly string[], options: Parameters<typeof lockstepTerminal>[2] = {}) {
  const folder = await project({ "runbooks/looks.runbook.ts": runbook });
  return { folder, window: lockstepTerminal(folder, ["run", "looks", ...args], options) };
}

test("at 40 columns every line fits, and labels stand before their text", async () => {
  const { window } = await open(["--step"], { columns: 40, rows: 24 });
  await window.answer(/^0 of 2 · 1-2 tick · d done\nx does not hold · n note · q quit\n\? more$/m, "1");
  await window.answer(/^1 of 2/m, "2");
  await window.answer(/^2 of 2/m, "d");
  await window.answer(
    /^┃ CAUTION {2}From here on users are\n┃ served by green\.\n\nc caution read · n note · q quit\n\? more$/m,
    "c",
  );
  await window.answer(/^r run · s skip · v view · n note$/m, "r");
  assert.is(await window.ended(), 0);
  assert.match(
    window.scrollback(),
    /^1\.4 {2}Point the ingress to green · WRITE\n {2}on: this machine\n {2}undo: none: it points back by itself,\n {4}which takes a while\necho ingress\.networking\.k8s\.io\/rlhf-audi\nt-trail patched\n│ ingress\.networking\.k8s\.io\/rlhf-audit-\n│ trail patched\n✓ 1\.4 ok/m,
  );
});

test("with --ascii there is nothing but ASCII, and with NO_COLOR no colour", async () => {
  const { window } = await open(["--step", "--ascii"], { env: { NO_COLOR: "1" } });
  await window.answer(/^0 of 2, 1-2 tick, d done, x does not hold, n note, q quit, \? more$/m, "1");
  await window.answer(/^1 of 2/m, "2");
  await window.answer(/^2 of 2/m, "d");
  await window.answer(/^! CAUTION {2}From here on users are served by green\.$/m, "c");
  await window.answer(/^1\.4 {2}Point the ingress to green - WRITE\n[\s\S]*^r run, s skip/m, "r");
  assert.is(await window.ended(), 0);
  assert.match(window.text(), /^-- 1 The first of the sections$/m);
  assert.match(window.text(), /^- 1\.2, 1\.3 skipped {2}\S+ {2}changed is no$/m);
  assert.match(window.text(), /^\| ingress\.networking[^\n]* patched\n\+ 1\.4 ok {2}/m);
  assert.not.match(window.written(), /[^\x00-\x7f]/);
  assert.not.match(window.written(), /\x1b\[\d*m/);
});

test("colours are of the 16, and never blue", async () => {
  const { window } = await open(["--step"]);
  await window.answer(/^0 of 2/m, "q");
  await window.ended();
  const colours = [...window.written().matchAll(/\x1b\[(\d*)m/g)].map(([, code]) => Number(code));
  assert.ok(colours.includes(1), "bold");
  assert.not(colours.some((code) => code === 34 || code === 94 || code === 90 || code === 38));
});

for (const how of ["--plain", "TERM=dumb"] as const)
  test(`by ${how} everything is a sentence, words are typed, and nothing is redrawn`, async () => {
    const dumb = how === "TERM=dumb";
    const { window, folder } = await open(
      ["--step", ...(dumb ? [] : ["--plain"])],
      dumb ? { env: { TERM: "dumb" } } : {},
    );
    await window.word(
      /^Item 1 of 2: Code reviewed\.\nType holds, does not hold, note, quit or help, then Enter:$/m,
      "holds",
    );
    await window.word(/^Item 2 of 2: Tests pass\.\nType .* then Enter:$/m, "holds");
    await window.word(
      /^Caution: From here on users are served by green\.\nType caution read, .* then Enter:$/m,
      "caution read",
    );
    await window.word(
      /^Step 1\.4: Point the ingress to green\. Write, on this machine\.\nUndo: none: it points back by itself, which takes a while\.\nCommand: echo [^\n]* patched\nType run, skip, view, note, shell, to the end, quit or help, then Enter:$/m,
      "what",
    );
    await window.word(/^run: run 1\.4\.\nskip: skip it; asks why, and the reason is kept\.\n/m, "run");
    assert.is(await window.ended(), 0);
    assert.match(window.text(), /^Step 1\.1 ok, after [\d.]+ seconds?, at \d\d:\d\d:\d\d\. 2 of 2 ticked by \w+\.$/m);
    assert.match(window.text(), /^Step 1\.2, 1\.3 skipped, at \d\d:\d\d:\d\d\. Changed is no\.$/m);
    assert.match(window.text(), /^Output: ingress\.networking\.k8s\.io\/rlhf-audit-trail patched$/m);
    assert.not.match(window.written(), /\x1b/);
    assert.ok(journalOf(folder).some(({ type }) => type === "ended"));
  });

test("a step that is started says where: the cluster that kubectl has now", async () => {
  const kubectl = `#!/bin/bash
case "$*" in
  "config view -o json") echo '{"current-context":"prod-eu","clusters":[{"name":"prod","cluster":{"server":"https://10.20.0.1:6443"}}],"contexts":[{"name":"prod-eu","context":{"cluster":"prod","user":"alice-oncall"}}]}';;
  *) echo changed;;
esac
`;
  const folder = await project({
    "bin/kubectl": kubectl,
    "runbooks/apply.runbook.ts": `import { notNeeded, runbook, step } from "lockstep";
import { kubectl } from "lockstep/kubernetes";
export default runbook({ id: "apply", title: "Apply" }, () => [
  step("apply", "Apply it", kubectl.apply({ file: "namespace.yaml" }), { undo: notNeeded("a test") }),
]);
`,
  });
  const env = { PATH: `${folder}/bin:${process.env["PATH"]}` };
  const window = lockstepTerminal(folder, ["run", "apply", "--step"], { env });
  await window.answer(/^r run · s skip/m, "r");
  assert.is(await window.ended(), 0);
  assert.match(window.text(), /^ {2}cluster {2}prod-eu, https:\/\/10\.20\.0\.1:6443, as alice-oncall$/m);
  assert.match(window.text(), /^1 {2}Apply it · WRITE\n {5}on {6}prod-eu$/m);
  assert.match(window.written(), /\x1b\]2;1 runs · apply · prod-eu\x07/);
});

const wanting = `import { param, runbook, sh, step } from "lockstep";
export default runbook(
  {
    id: "wanting",
    title: "Wanting",
    params: {
      version: param.string({ pattern: "^v\\\\d+$", example: "v1", meaning: "What is deployed" }),
      pause: param.duration(),
      token: param.secret({ from: { env: "WANTED_TOKEN", prompt: true } }),
    },
  },
  (p) => [step("look", "Look", sh.read\`echo \${p.version}; printenv TOKEN | wc -c\`, { env: { TOKEN: p.token } })],
);
`;

test("what is missing is asked for before a run, checked as it is typed, and a secret is not shown", async () => {
  const folder = await project({
    "runbooks/wanting.runbook.ts": wanting,
  });
  const window = lockstepTerminal(folder, ["run", "wanting"]);
  await window.answer(/^version, What is deployed, such as v1\. Esc leaves\.$/m, "1");
  await window.waitFor(/^version must match \^v\\d\+\$, not "1"\. Such as v1\n/m);
  await window.type("\r");
  await window.word(/^version, What is deployed/m, "v2");
  await window.word(/^pause, such as 90s, 10m or 1h30m\. Esc leaves\.$/m, "10m");
  await window.secret(/^token, not shown\. Esc leaves\.$/m, "hunter2hunter2");
  await window.answer(/^r start · q quit$/m, "r");
  assert.is(await window.ended(), 0);
  assert.match(window.text(), /^ {2}with {5}version=v2, pause=10m, token=\(secret\)$/m);
  assert.match(window.text(), /^│ v2\n│ 15$/m);
  assert.not.match(window.written(), /hunter2/);
  assert.not.match(JSON.stringify(journalOf(folder)), /hunter2/);
});

test("who leaves a question for a parameter has begun nothing; without a terminal nothing is asked", async () => {
  const folder = await project({ "runbooks/wanting.runbook.ts": wanting });
  const window = lockstepTerminal(folder, ["run", "wanting"]);
  await window.answer(/^version, /m, "\x1b");
  assert.is(await window.ended(), 130);
  assert.match(window.text(), /^Nothing has begun\.$/m);
  assert.equal(journalOf(folder), []);
  await lockstep("run", "wanting")
    .in(folder)
    .says(/^error: wanting needs version, pause/)
    .exits(2);
});

test.run();
