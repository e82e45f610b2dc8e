import { lstatSync, readdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checklist, code, ifCreated, output, param, runbook, sh, step } from "../../../dsl/index.ts";
import { readInbox, writeInbox } from "../../../runners/store/inbox.ts";
import { rejectionOf } from "../../support/lockstep-errors.ts";
import { createRunFixture } from "../../support/run-fixture.ts";

const test = suite("the files of a run");
let project = createRunFixture();
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const everything = runbook({ id: "all", title: "All", params: { token: param.secret() } }, (p) => [
  step("print", "Print", sh.read`echo "$T"`, { env: { T: p.token }, outputs: { said: output.text() } }),
  step(
    "coded",
    "In code",
    code.read(async ({ log }) => log("in code")),
  ),
  step("make", "Make", sh`mkdir made; echo made created`, { undo: ifCreated(sh`rmdir made; echo undone >> effects`) }),
  checklist("look", "Look", ["It holds"]),
  step("fails", "Fail", sh.read`test -e mended`),
]);
const secrets = { token: "hunter2-and-more" };

function walk(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return lstatSync(path).isDirectory() ? [path, ...walk(path)] : [path];
  });
}

async function wholeRun(): Promise<string> {
  assert.is((await project.run(everything, { secrets })).exitCode, 75);
  await project.answer("look", { say: "tick", items: [1] });
  assert.is((await project.resume(everything, { secrets })).exitCode, 1);
  return (await project.folder()).path;
}

for (const mask of [0o000, 0o022, 0o077])
  test(`are for their owner only with the umask ${mask.toString(8)}, through a run, a resume and a rollback`, async () => {
    const before = process.umask(mask);
    try {
      await wholeRun();
      assert.is((await project.rollback({ secrets })).exitCode, 4);
    } finally {
      process.umask(before);
    }
    const paths = walk(join(project.root, ".lockstep/runs"));
    assert.ok(paths.length > 20, `${paths.length}`);
    const wrong = paths.flatMap((path) => {
      const found = lstatSync(path);
      const wanted = found.isDirectory() ? 0o700 : 0o600;
      return (found.mode & 0o777) === wanted ? [] : [`${path} ${(found.mode & 0o777).toString(8)}`];
    });
    assert.equal(wrong, []);
    assert.equal(
      paths.filter((path) => lstatSync(path).isFile() && readFileSync(path, "utf8").includes(secrets.token)),
      [],
    );
  });

for (const name of ["attempts", "holds", "inbox"])
  test(`are not written through a link in the place of ${name}: it is refused by name, and nothing runs`, async () => {
    const path = await wholeRun();
    const elsewhere = join(project.root, "elsewhere");
    renameSync(join(path, name), elsewhere);
    symlinkSync(elsewhere, join(path, name));
    const before = walk(elsewhere).length;
    for (const go of [() => project.resume(everything, { secrets }), () => project.rollback({ secrets })]) {
      const error = await go().then(
        () => undefined,
        (given: { code: string; message: string }) => given,
      );
      assert.is(error?.code, "journal-damaged");
      assert.match(error?.message ?? "", `${name} is a symbolic link, which is not followed`);
    }
    assert.is(walk(elsewhere).length, before);
    assert.not(project.exists("effects"));
  });

for (const name of ["inbox", ""])
  test(`take no message through a link in the place of ${name === "" ? "the run itself" : "their inbox"}, and give none`, async () => {
    const path = await wholeRun();
    const folder = await project.folder();
    const elsewhere = join(project.root, "elsewhere");
    renameSync(join(path, name), elsewhere);
    symlinkSync(elsewhere, join(path, name));
    const inbox = name === "" ? join(elsewhere, "inbox") : elsewhere;
    const letter = { kind: "answer", step: "fails", question: "fails#1", by: "bo", answer: { say: "stop" } } as const;
    for (const reach of [() => writeInbox(folder, letter), () => readInbox(folder)]) {
      const error = await rejectionOf(reach());
      assert.is(error.code, "journal-damaged");
      assert.match(error.message, "is a symbolic link, which is not followed");
    }
    assert.equal(walk(inbox), []);
  });

test("a plan is not read through a link", async () => {
  const path = await wholeRun();
  const plan = readdirSync(path).find((name) => name.startsWith("plan-")) ?? "";
  renameSync(join(path, plan), join(project.root, "plan"));
  symlinkSync(join(project.root, "plan"), join(path, plan));
  const error = await project.rollback({ secrets }).catch((given: { code: string }) => given.code);
  assert.is(error, "journal-damaged");
});

test.run();
