import {
  above,
  all,
  any,
  below,
  http,
  is,
  json,
  minutes,
  not,
  orElse,
  output,
  param,
  quantity,
  type Ref,
  runbook,
  sh,
  step,
  text,
  wait,
  when,
} from "../../../../dsl/index.ts";

const look = (title = "Look") => step("look", title, sh.read`ls`, { outputs: { name: output.text() } });

runbook(
  {
    id: "refs",
    title: "Refs",
    params: {
      host: param.string(),
      replicas: param.integer(),
      quick: param.boolean(),
      way: param.oneOf(["up", "down"]),
      patience: param.duration(),
      token: param.secret(),
    },
  },
  (p) => {
    // A ref is a place on the page, not a value.
    // @ts-expect-error in a template string
    look(`Look at ${p.host}`);
    // @ts-expect-error joined to a text
    look(p.host + p.host);
    // @ts-expect-error as a title
    look(p.host);
    // @ts-expect-error compared
    if (p.host === "example.org") look();
    // @ts-expect-error compared
    if (p.replicas === 3) look();
    // @ts-expect-error compared by size
    if (p.replicas > 3) look();
    // @ts-expect-error as a condition of TypeScript
    if (p.quick) look();
    // @ts-expect-error chosen by
    const title = p.quick ? "Look quickly" : "Look";
    // @ts-expect-error leads to
    const maybe = p.quick && look();
    // @ts-expect-error a method of a string
    p.host.toUpperCase();
    // @ts-expect-error counted with
    const more = p.replicas + 1;

    // Where values go.
    sh`scale ${p.replicas} ${p.host} ${p.quick} ${p.way} ${p.patience}`;
    text`Look at ${p.host} for ${p.patience}`;
    json({ host: p.host, list: [p.replicas], title: text`at ${p.host}`, none: null });
    http.post(p.host, { headers: { Host: p.host }, body: { replicas: p.replicas } });
    wait("wait", "Wait", p.patience);
    step("env", "Env", sh.read`env`, {
      env: { HOST: p.host, WAIT: p.patience, TOKEN: p.token },
      stdin: p.token,
      cwd: p.host,
    });
    // @ts-expect-error an object is no value of a command
    sh`echo ${{ host: "a" }}`;
    // @ts-expect-error nothing is no value of a command
    sh`echo ${undefined}`;

    // A secret goes to a step by env or stdin only.
    // @ts-expect-error in a command
    sh`login ${p.token}`;
    // @ts-expect-error in a text
    text`Log in with ${p.token}`;
    // @ts-expect-error as a title
    look(p.token);
    // @ts-expect-error in a document
    json({ token: p.token });
    // @ts-expect-error deep in a document
    json({ user: [{ token: p.token }] });
    // @ts-expect-error in the body of a request
    http.post("http://a", { body: { token: p.token } });
    // @ts-expect-error in a header
    http.get("http://a", { headers: { Authorization: p.token } });
    // @ts-expect-error as a folder
    step("cwd", "Cwd", sh.read`ls`, { cwd: p.token });
    // @ts-expect-error as what is expected
    step("expect", "Expect", sh.read`ls`, { expect: p.token });
    // @ts-expect-error in a template string
    look(`${p.token}`);
    // @ts-expect-error in a condition
    is(p.token, "hunter2");

    // Conditions.
    when(all(p.quick, is(p.way, "up"), not(any(above(p.replicas, 3), below(p.replicas, 1)))), [look()]);
    // @ts-expect-error no such choice
    is(p.way, "left");
    // @ts-expect-error a value of another type
    is(p.replicas, "3");
    // @ts-expect-error a value of another type
    is(p.quick, "yes");
    // @ts-expect-error a text is not counted
    above(p.host, 3);
    // @ts-expect-error a number, without a unit
    above(p.replicas, quantity(3));
    // @ts-expect-error a value of TypeScript is decided when the file is loaded
    not(true);

    // What may not run gives what may have no value.
    const found = when(p.quick, () => {
      const find = look();
      return { body: [find], outputs: { name: find.outputs.name, replicas: p.replicas } };
    });
    const optional: Ref<string | undefined> = found.outputs.name;
    sh`use ${orElse(found.outputs.name, "none")} ${orElse(optional, p.host)}`;
    // @ts-expect-error in a command without orElse
    sh`use ${found.outputs.name}`;
    // @ts-expect-error in a text without orElse
    text`use ${found.outputs.name}`;
    // @ts-expect-error in a document without orElse
    json({ name: found.outputs.name });
    // @ts-expect-error in env without orElse
    step("env", "Env", sh.read`env`, { env: { NAME: found.outputs.name } });
    // @ts-expect-error in a condition without orElse
    is(found.outputs.name, "a");
    // @ts-expect-error the other value has the same type
    orElse(found.outputs.name, 3);
    // @ts-expect-error the other value has the same type
    orElse(found.outputs.name, p.replicas);
    // @ts-expect-error the short form hands nothing out
    when(p.quick, [look()]).outputs.name;
    // @ts-expect-error no such output
    found.outputs.nmae;
    // @ts-expect-error a duration is made by seconds, minutes or hours
    wait("wait", "Wait", 600);
    wait("wait", "Wait", minutes(10));
    void [title, maybe, more];
    return [];
  },
);
