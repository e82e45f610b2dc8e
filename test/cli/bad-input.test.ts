import { suite } from "uvu";
import { lockstep, project, readingRunbook, runbookText } from "../support/lockstep-command.ts";

const bad = suite("bad input");

const deploy = runbookText(
  "deploy",
  'step("look", "Look", sh.read`echo ${p.version}`)',
  `params: { version: param.string({ pattern: "^v\\\\d+$", example: "v1" }), replicas: param.integer({ default: 2, min: 1 }), strategy: param.oneOf(["rolling", "at-once"], { default: "rolling" }), fast: param.boolean({ default: false }), token: param.secret({ from: { env: "DEPLOY_TOKEN", command: "pass show token" } }) }`,
);

bad("a mistyped command", async () => {
  await lockstep("lst").says('error: lockstep has no command "lst". Did you mean list?\n').exits(2);
  await lockstep("frobnicate")
    .says('error: lockstep has no command "frobnicate". lockstep --help lists the commands\n')
    .exits(2);
});

bad("a mistyped option", async () => {
  await lockstep("list", "--jsn").says("error: list has no option --jsn. Did you mean --json?\n").exits(2);
  await lockstep("plan", "--wat").says("error: plan has no option --wat. lockstep plan --help shows how\n").exits(2);
});

bad("an argument that is missing or too many", async () => {
  await lockstep("plan").says("error: plan needs ID. Usage: lockstep plan ID [options]\n").exits(2);
  await lockstep("list", "all")
    .says("error: list takes no arguments, and was given all. Usage: lockstep list [options]\n")
    .exits(2);
  await lockstep("plan", "x", "-p")
    .says("error: -p needs a value, <name=value>. lockstep plan --help shows how\n")
    .exits(2);
});

bad("a body that throws", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": runbookText(
      "a",
      'step("one", "One", sh.read`true`),\n  stepp("two", "Two", sh.read`true`)',
    ),
  });
  await lockstep("plan", "a")
    .in(folder)
    .says(
      /^error: the body of a failed: ReferenceError: stepp is not defined\b.*\n {2}at runbooks\/a\.runbook\.ts:[23]:\d+\n/,
    )
    .exits(2);
});

bad("a mistyped id of a runbook", async () => {
  const folder = await project({ "runbooks/deploy.runbook.ts": deploy });
  await lockstep("plan", "delpoy").in(folder).says('error: no runbook "delpoy". Did you mean deploy?\n').exits(2);
  await lockstep("plan", "something-else")
    .in(folder)
    .says('error: no runbook "something-else". lockstep list shows them\n')
    .exits(2);
  await lockstep("plan", "./delpoy.runbook.ts")
    .in(folder)
    .says("error: there is no file ./delpoy.runbook.ts. lockstep list shows the runbooks of this project\n")
    .exits(2);
});

bad("a mistyped parameter, environment or value", async () => {
  const folder = await project({ "runbooks/deploy.runbook.ts": deploy });
  const plan = (...args: string[]) =>
    lockstep("plan", "deploy", ...args)
      .in(folder)
      .exits(2);
  await plan("-p", "versoin=v1").says("error: deploy has no parameter versoin. Did you mean version?\n");
  await plan("-p", "version").says("error: -p version has no value. Write -p version=...\n");
  await plan("-p", "version=1").says('error: version must match ^v\\d+$, not "1". Such as v1\n');
  await plan("-p", "replicas=two").says('error: replicas must be a whole number, not "two"\n');
  await plan("-p", "replicas=0").says('error: replicas must be at least 1, not "0"\n');
  await plan("-p", "strategy=roling").says(
    'error: strategy must be one of rolling, at-once, not "roling". Did you mean rolling?\n',
  );
  await plan("-p", "fast=maybe").says('error: fast must be yes or no, not "maybe"\n');
  await plan("--env", "prod").says("error: deploy has no environment prod. It has none\n");
});

bad("a secret on the command line or in a file", async () => {
  const folder = await project({ "runbooks/deploy.runbook.ts": deploy, "values.json": `{ "token": "hunter2" }` });
  const message =
    "error: token is a secret and is not given as a value. Set the environment variable DEPLOY_TOKEN, or see that this prints it: pass show token\n";
  await lockstep("plan", "deploy", "-p", "token=hunter2").in(folder).says(message).exits(2);
  await lockstep("plan", "deploy", "--params", "values.json").in(folder).says(message).exits(2);
});

bad("a parameter file that is not there or no JSON", async () => {
  const folder = await project({
    "runbooks/deploy.runbook.ts": deploy,
    "values.json": "version: v1\n",
    "list.json": "[]",
  });
  const plan = (file: string) => lockstep("plan", "deploy", "--params", file).in(folder).exits(2);
  await plan("none.json").says("error: the parameter file none.json is not there. --params takes a JSON file\n");
  await plan("values.json").says(
    /^error: the parameter file values\.json is no JSON: .*\. Write \{ "version": "v1\.2\.3" \}\n$/,
  );
  await plan("list.json").says(
    'error: the parameter file list.json is no JSON object. Write { "version": "v1.2.3" }\n',
  );
});

bad("a runbook with a syntax error", async () => {
  const folder = await project({
    "runbooks/deploy.runbook.ts": `import { step } from "lockstep";\n\nexport const é: number = = 1;\n`,
  });
  const expected = `error: runbooks/deploy.runbook.ts cannot be read: Unexpected "="
  at runbooks/deploy.runbook.ts:3:26
  | export const é: number = = 1;
  |                          ^
`;
  await lockstep("plan", "deploy").in(folder).says(expected).exits(2);
});

bad("a runbook that imports what is not there", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": `import { x } from "./nothing.ts";\nexport default x;\n`,
    "runbooks/b.runbook.ts": `import { x } from "lockstep/kubernetse";\nexport default x;\n`,
    "runbooks/c.runbook.ts": `import { x } from "left-pad-of-nobody";\nexport default x;\n`,
    "runbooks/e.runbook.ts": `import { runbook } from "lockstep";\nexport default runbook({ id: "e", title: "E" }, () => [setp("a")]);\n`,
    "runbooks/d.runbook.ts": `import { stepp } from "lockstep";\nexport default stepp;\n`,
  });
  const plan = (file: string) => lockstep("plan", `runbooks/${file}.runbook.ts`).in(folder).exits(2);
  await plan("a").says(
    /^error: .*it imports "\.\/nothing\.ts", which is not there\n {2}at runbooks\/a\.runbook\.ts:1:19\n/,
  );
  await plan("b").says(
    /lockstep has no entry "lockstep\/kubernetse". Did you mean lockstep\/kubernetes\?\n {2}at runbooks\/b\.runbook\.ts:1:19\n/,
  );
  await plan("c").says(/it imports "left-pad-of-nobody", which is not there\n {2}at runbooks\/c\.runbook\.ts:1:19\n/);
  await plan("c").says(/hint: Install the package: npm install left-pad-of-nobody;/);
  await plan("d").says(
    /^error: runbooks\/d\.runbook\.ts imports stepp, which is not exported there\n {2}at runbooks\/d\.runbook\.ts:1:10\n[\s\S]*hint: Did you mean step\?\n/,
  );
  await plan("e").says(/setp is not defined\n[\s\S]*hint: See whether setp is mistyped, or import it\n/);
});

bad("a runbook that throws, exports nothing, or something else", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": `interface Kept { readonly gone: true }\n\nfunction broken(kept?: Kept): never {\n  throw new TypeError(\`no such thing: \${kept}\`);\n}\nexport default broken();\n`,
    "runbooks/b.runbook.ts": `export const runbook: string = "hello";\n`,
    "runbooks/c.runbook.ts": `export default 7;\n`,
  });
  const plan = (file: string) => lockstep("plan", `runbooks/${file}.runbook.ts`).in(folder).exits(2);
  await plan("a").says(
    /^error: runbooks\/a\.runbook\.ts does not load: no such thing: undefined\n {2}at runbooks\/a\.runbook\.ts:4:9\n {2}\| {3}throw new TypeError/,
  );
  await plan("b").says(
    /^error: runbooks\/b\.runbook\.ts has no default export\n.*\n(.*\n)*hint: write: export default runbook\(/,
  );
  await plan("c").says(/^error: runbooks\/c\.runbook\.ts exports something by default that is no runbook\n/);
});

bad("a promise that a runbook forgot", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": `${readingRunbook("a")}void Promise.reject(new Error("forgotten"));\n`,
  });
  await lockstep("plan", "a")
    .in(folder)
    .says(/^error: something that nobody waits for failed: forgotten\n {2}at runbooks\/a\.runbook\.ts:\d+:\d+\n/)
    .exits(2);
});

bad("a cycle, a duplicate id of a step, a write without undo: the place in the TypeScript source", async () => {
  const folder = await project({
    "runbooks/twice.runbook.ts": runbookText(
      "twice",
      `\n  step("a", "One", sh.read\`true\`),\n  step("a", "Two", sh.read\`true\`),\n`,
    ),
    "runbooks/write.runbook.ts": runbookText("write", `\n  step("a", "One", sh\`rm -f x\`),\n`),
  });
  const around = runbookText(
    "around",
    `parallel("both", "Both", [\n  step("a", "One", sh.read\`true\`, { after: ["b"] }),\n  step("b", "Two", sh.read\`true\`, { after: ["a"] }),\n])`,
  ).replace("approval,", "approval, parallel,");
  const cyclic = await project({ "runbooks/around.runbook.ts": around });
  await lockstep("plan", "around")
    .in(cyclic)
    .says(/^error: .*\n {2}at runbooks\/around\.runbook\.ts:\d+:\d+\n/)
    .exits(2);
  await lockstep("plan", "twice")
    .in(folder)
    .says(/^error: .*"?a"?.*\n {2}at runbooks\/twice\.runbook\.ts:4:3\n {2}\| {3}step\("a", "Two"/)
    .exits(2);
  await lockstep("plan", "write")
    .in(folder)
    .says(/^error: .*undo.*\n {2}at runbooks\/write\.runbook\.ts:3:3\n {2}\| {3}step\("a", "One"/)
    .exits(2);
});

bad("two files with one id", async () => {
  const folder = await project({
    "runbooks/a.runbook.ts": readingRunbook("same"),
    "runbooks/b.runbook.ts": readingRunbook("same"),
  });
  const message =
    'error: two runbooks have the id "same". Give one of them another: runbooks/a.runbook.ts, runbooks/b.runbook.ts\n';
  await lockstep("list").in(folder).says(message).exits(2);
  await lockstep("plan", "same").in(folder).says(message).exits(2);
});

bad("a config with an unknown setting", async () => {
  const folder = await project({ "lockstep.config.ts": "export default { runbook: [] };\n" });
  await lockstep("list")
    .in(folder)
    .says(/^error: lockstep\.config\.ts has an unknown setting "runbook"\n(.*\n)*hint: Did you mean runbooks\?\n$/)
    .exits(2);
});

bad("an unknown run", async () => {
  const folder = await project({ "package.json": "{}" });
  for (const command of ["log", "verify", "resume", "rollback", "report", "approve"])
    await lockstep(command, "7k3m")
      .in(folder)
      .says(/^error: there is no run 7k3m/)
      .exits(2);
});

bad("a disk that cannot be written costs the cache, not the command", async () => {
  const folder = await project({
    "runbooks/hello.runbook.ts": readingRunbook("hello"),
    ".lockstep": "a file where the folder should be\n",
  });
  await lockstep("plan", "hello")
    .in(folder)
    .prints(/echo seen/);
});

bad("a folder that cannot be written", async () => {
  const folder = await project({ "package.json": "{}", runbooks: "a file\n" });
  await lockstep("new", "hello")
    .in(folder)
    .says("error: runbooks: something else has this name. Mend that and run it again\n")
    .exits(1);
});

bad.run();
