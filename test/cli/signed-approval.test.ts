import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import { lockstep, project, runbookText } from "../support/lockstep-command.ts";
import { type SigningPeople, signingPeople } from "../support/signing-people.ts";

const signed = suite("a signed approval");
const me = userInfo().username;
let people: SigningPeople;
signed.before(() => {
  people = signingPeople();
});
signed.after(() => people.clean());

/** A project whose runbook needs somebody else's signature; a run of it that is suspended there. */
async function suspended(terms = "secondPerson: true"): Promise<{ readonly folder: string; readonly run: string }> {
  const folder = await project({
    "lockstep.config.ts": `export default {
      roles: { "release-manager": ["bo", "eva"] },
      approvals: { allowedSigners: "ops/allowed_signers", users: { ${JSON.stringify(me)}: ["operator"] } },
    };\n`,
    "ops/allowed_signers": `bo ${people.publicKeyOf("bo")}\noperator ${people.publicKeyOf("operator")}\n`,
    "runbooks/careful.runbook.ts": runbookText(
      "careful",
      `approval("go", "Go on", { by: ["release-manager"], ${terms} }),
       step("write", "Write", sh\`echo done > out.txt\`, { undo: sh\`rm out.txt\` })`,
    ),
  });
  await lockstep("run", "careful", "-q")
    .in(folder)
    .says(/asks/)
    .prints(/^Suspended/)
    .exits(75);
  const { stdout } = await lockstep("runs", "--json").in(folder).prints(/./);
  return { folder, run: JSON.parse(stdout)[0].run };
}

function sign(folder: string, person: string, request: string): string {
  const file = join(folder, `${person}.request`);
  writeFileSync(file, request);
  execFileSync("ssh-keygen", ["-q", "-Y", "sign", "-n", "lockstep", "-f", people.keyOf(person), file], {
    stdio: "ignore",
  });
  return `${file}.sig`;
}

signed("is asked for by --request, handed in by --signature, and verified again by verify and the report", async () => {
  const { folder, run } = await suspended();
  const approve = (...args: string[]) => lockstep("approve", run, "go", ...args).in(folder);
  const { stdout: request } = await approve("--request").prints(
    new RegExp(`^lockstep answer, version 1\\n\\nrun +${run}\\n`),
    /^ {2}command +echo done > out\.txt$/m,
    /^ {2}undo +rm out\.txt$/m,
  );
  const { stdout: json } = await approve("--json").prints(/"kind": "approval"/);
  await approve("--digest", JSON.parse(json).digest)
    .says(/^error: this does not answer 1: it is not signed: sign what lockstep approve \w+ 1 --request prints/)
    .exits(2);
  await approve("--signature", sign(folder, "operator", request))
    .says(/^error: this does not answer 1: operator runs this, and it takes somebody else/)
    .exits(2);
  await approve("--signature", sign(folder, "stranger", request))
    .says(/^error: this does not answer 1: the key SHA256:\S+ is none of /)
    .exits(2);
  await approve("--signature", "missing.sig")
    .says(/^error: the signature cannot be read: missing\.sig/)
    .exits(2);
  await approve("--signature", sign(folder, "bo", request)).prints(
    `✓ 1 approved by bo. Goes on with: lockstep resume ${run}\n`,
  );
  await lockstep("resume", run)
    .in(folder)
    .says(/2 {5}ok/)
    .prints(/^Done(.*\n)* {2}approved {2}1 by bo/);
  await lockstep("verify", run)
    .in(folder)
    .prints(/ lines, none changed; 1 signature verified\n$/);
  await lockstep("report", run)
    .in(folder)
    .prints(
      new RegExp(
        `approved by bo@${hostname()}, \\S+, signed by bo \\(${people.fingerprintOf("bo").replaceAll(/[+/]/g, "\\$&")}\\)`,
      ),
    );
});

signed("is made by approve itself with a key, also one that git signs with", async () => {
  const { folder, run } = await suspended();
  const { stdout: json } = await lockstep("approve", run, "--json").in(folder).prints(/./);
  const { digest } = JSON.parse(json);
  execFileSync("git", ["init", "-q"], { cwd: folder });
  execFileSync("git", ["config", "gpg.format", "ssh"], { cwd: folder });
  execFileSync("git", ["config", "user.signingkey", people.keyOf("operator")], { cwd: folder });
  await lockstep("approve", run, "go", "--digest", digest)
    .in(folder)
    .says(/operator runs this, and it takes somebody else/)
    .exits(2);
  await lockstep("approve", run, "go", "--digest", digest, "--key", people.keyOf("bo"))
    .in(folder)
    .says(/./)
    .prints(/^✓ 1 approved by bo\. /);
});

signed("of one of two is counted before the run has read it, and is not taken twice", async () => {
  const { folder, run } = await suspended("quorum: 2");
  const approve = (...args: string[]) => lockstep("approve", run, "go", ...args).in(folder);
  const shown = await approve()
    .says(/\(0 of 2\)/)
    .exits(75);
  const digest = /--digest (\w{12})/.exec(shown.stderr)?.[1] ?? "";
  const yes = ["--digest", digest, "--key", people.keyOf("bo")];
  await approve(...yes)
    .says(/./)
    .prints("✓ 1 approved by bo. 1 more must approve\n");
  await approve()
    .says(/\(1 of 2\)/, /so far +approved by bo\n/)
    .exits(75);
  await approve(...yes)
    .says(
      /error: this does not answer 1: that person has approved already\. It takes release-manager, 2 people, of whom 1 has approved;/,
    )
    .exits(2);
});

signed("that was forged in the journal is found, also under right hashes", async () => {
  const { folder, run } = await suspended("");
  const { stdout: request } = await lockstep("approve", run, "--request").in(folder).prints(/./);
  await lockstep("approve", run, "--signature", sign(folder, "bo", request))
    .in(folder)
    .prints(/✓/);
  await lockstep("resume", run).in(folder).says(/./).prints(/^Done/);
  const journal = join(folder, ".lockstep", "runs", run, "journal.ndjson");
  const original = readFileSync(journal, "utf8");
  const { splitLine } = await import("../../runners/journal/journal-line.ts");
  const { openJournal } = await import("../../runners/journal/journal-writer.ts");
  const { createClock } = await import("../../runners/journal/clock.ts");
  const forgeries: readonly (readonly [(event: Record<string, unknown>) => unknown, RegExp])[] = [
    [
      (event) => (event["type"] === "answered" ? { ...event, by: { user: "eva", host: "x" } } : event),
      /1, answered by eva: it was signed by bo \(SHA256:/,
    ],
    [
      (event) => JSON.parse(JSON.stringify(event).replaceAll("out.txt", "all.txt")),
      /1, answered by bo: the signature does not hold: it signs another text/,
    ],
    [
      (event) => {
        if (event["type"] !== "answered") return event;
        const { signature: _kept, ...rest } = event;
        return { ...rest, unsigned: true, answer: { say: "approve", digest: "x" } };
      },
      /1, answered by bo: it is not signed, and lockstep\.config\.ts names allowed signers/,
    ],
  ];
  for (const [forge, found] of forgeries) {
    writeFileSync(journal, "");
    const writer = await openJournal<Record<string, unknown> & { type: string }>(join(journal, ".."), {
      clock: createClock(),
    });
    for (const line of original.trimEnd().split("\n"))
      await writer.append(forge(splitLine(JSON.parse(line)).event as never) as never, { sync: false });
    await writer.close();
    await lockstep("verify", run).in(folder).says(found).exits(1);
  }
});

signed("without ssh-keygen is refused with what to install", async () => {
  const { folder, run } = await suspended();
  const { stdout: request } = await lockstep("approve", run, "--request").in(folder).prints(/./);
  const file = sign(folder, "bo", request);
  await lockstep("approve", run, "--signature", file)
    .in(folder)
    .env({ PATH: join(folder, "nothing") })
    .says(/^error: ssh-keygen is not installed, .*Install OpenSSH/)
    .exits(2);
});

signed.run();
