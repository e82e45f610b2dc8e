import {
  ask,
  choose,
  is,
  manual,
  notNeeded,
  output,
  type Ref,
  repeat,
  sh,
  step,
  text,
  wait,
} from "../../../../dsl/index.ts";

const find = step("find", "Find a pod", sh.read`kubectl get pods`, {
  outputs: { name: output.text(), count: output.integer(), sizes: output.json<readonly number[]>({ type: "array" }) },
});
const name: Ref<string> = find.outputs.name;
const count: Ref<number> = find.outputs.count;
step("use", "Use it", sh`./use ${name} ${count} ${find.outputs.sizes}`, { undo: notNeeded("it only reads") });
step("title", text`Use ${name}`, sh.read`ls`, { expect: name, env: { NAME: name, COUNT: count } });

// @ts-expect-error no such output
find.outputs.nmae;
// @ts-expect-error an output of another type
const wrong: Ref<number> = find.outputs.name;
// @ts-expect-error a step that declares no outputs has none
step("plain", "Plain", sh.read`ls`).outputs.name;
// @ts-expect-error an output is declared by output.text(), not by words
step("words", "Words", sh.read`ls`, { outputs: { name: "text" } });
// @ts-expect-error a wait takes a length of time
wait("wait", "Wait", count);
// @ts-expect-error a mistyped option
step("mistyped", "Mistyped", sh.read`ls`, { ouputs: { name: output.text() } });

const asked = manual("asked", "Decide", { asks: { way: ask.oneOf("Which way", ["left", "right"]) } });
choose("way", asked.outputs.way, { left: [], right: [] });
is(asked.outputs.way, "left");
// @ts-expect-error no such choice
is(asked.outputs.way, "middle");

// A repeat is given by a function, since its end looks at what it holds.
repeat("drain", "Drain", { limit: 3 }, () => ({ body: [find], until: is(count, 0) }));
// @ts-expect-error its body is no list
repeat("drain", "Drain", { limit: 3 }, [find]);
// @ts-expect-error without an end
repeat("drain", "Drain", { limit: 3 }, () => ({ body: [find] }));
// @ts-expect-error without a limit
repeat("drain", "Drain", {}, () => ({ body: [find], until: is(count, 0) }));
void wrong;
