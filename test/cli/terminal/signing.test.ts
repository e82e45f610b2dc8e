import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { journalOf } from "../../support/journal-of.ts";
import { closeTerminals } from "../../support/lockstep-terminal.ts";
import { me, openPeople } from "../../support/people-window.ts";
import { type SigningPeople, signingPeople } from "../../support/signing-people.ts";

const test = suite("an approval that is signed in a terminal");
let people: SigningPeople;
test.before(() => {
  people = signingPeople();
});
test.after.each(closeTerminals);
test.after(() => people.clean());

const blocks = (terms = "") => `approval("go", "Switch traffic", { by: ["release-manager"]${terms} }),
  section("move", "Move", [step("move-it", "Move it", sh\`echo moved\`, { undo: sh\`echo back\` })])`;

const config = (): string => `import { defineConfig } from "lockstep";
export default defineConfig({
  roles: { "release-manager": ["me@example.com"] },
  approvals: {
    allowedSigners: ${JSON.stringify(people.allow(`me@example.com ${people.publicKeyOf("me")}`))},
    users: { ${JSON.stringify(me)}: ["me@example.com"] },
  },
});
`;

test("is signed with the key that git signs with, once there is one", async () => {
  const gitconfig = join(people.folder, "gitconfig");
  writeFileSync(gitconfig, "");
  const { window, folder } = await openPeople(blocks(), { config: config(), env: { GIT_CONFIG_GLOBAL: gitconfig } });
  await window.waitFor(new RegExp(`you are ${me}, a release-manager by lockstep\\.config\\.ts`));
  await window.answer(/^a approve/m, "a");
  await window.word(/type approve and Enter/, "approve");
  await window.waitForRecord(
    /There is no key to sign with: set git's user\.signingkey, or:\s+lockstep\s+approve\s+\w+\s+1\s+--key\s+FILE/,
  );
  writeFileSync(gitconfig, `[gpg]\n\tformat = ssh\n[user]\n\tsigningkey = ${people.keyOf("me")}\n`);
  await window.answer(/^a approve/m, "a");
  await window.word(/type approve and Enter/, "approve");
  assert.is(await window.ended(), 0);
  const [answered] = journalOf(folder).filter(({ type }) => type === "answered");
  assert.is(answered?.["unsigned"], false);
  assert.equal(answered?.["by"] && (answered["by"] as { user: string }).user, "me@example.com");
});

test("is not offered to who runs it where it takes somebody else", async () => {
  const { window } = await openPeople(blocks(", secondPerson: true, validFor: minutes(30)"), { config: config() });
  await window.waitFor(new RegExp(`you are ${me}, who runs this; it takes somebody else\\. It is approved`));
  assert.match(window.text(), /^ {5}holds {3}for 30m 00s, then it is asked for again$/m);
  assert.not.match(window.text(), /^a approve/m);
  await window.answer(/^v view · n note · x refuse · q quit/m, "q");
  assert.is(await window.ended(), 3);
});

test("a step of a second person names what they type, and what prints the text that they sign", async () => {
  const { window } = await openPeople('manual("call", "Call the provider", { by: "secondPerson" })', {
    config: config(),
  });
  await window.waitFor(/^x cannot be done/m);
  assert.match(
    window.text().replace(/\s+/g, " "),
    /A second person does this, and answers: lockstep approve (\w{4}) 1; what to sign there is printed by: lockstep approve \1 1 --request/,
  );
  await window.answer(/^x cannot be done/m, "q");
  assert.is(await window.ended(), 3);
});

test.run();
