import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { readBegun } from "../../runners/attempts/begun-record.ts";
import type { RunEvent } from "../../runners/events/run-event.ts";
import { sessionMembers } from "../../runners/processes/session-members.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** A lockstep that runs the quickstart. */
export interface QuickstartRun {
  /** The events of the journal so far, as `--json` prints them. */
  readonly events: readonly RunEvent[];
  /** Resolves when an event fits; throws if the run ends without one. */
  until(fits: (event: RunEvent) => boolean): Promise<void>;
  signal(signal: NodeJS.Signals): Promise<Ended>;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly stderr: string;
  readonly events: readonly RunEvent[];
}

export type QuickstartProject = Awaited<ReturnType<typeof createQuickstartProject>>;

/** A project with the quickstart in it, and three ports that are free. `clean` ends all that was started in it. */
export async function createQuickstartProject() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "lockstep-quickstart-")));
  cpSync(join(repository, "runbooks/quickstart"), join(root, "runbooks/quickstart"), { recursive: true });
  const ports = await freePorts(3);
  const children = new Set<ChildProcess>();
  const start = (...args: readonly string[]): QuickstartRun => follow(spawnLockstep(root, args, children));
  const site = join(root, ".lockstep/quickstart/site.json");
  const [proxy = 0, blue = 0, green = 0] = ports;
  /** Options of `run`: the visitors are watched for a second, unless told otherwise. */
  const params = (...more: readonly string[]): readonly string[] =>
    [`proxy-port=${proxy}`, `blue-port=${blue}`, `green-port=${green}`, "watch=1s", ...more].flatMap((param) => [
      "-p",
      param,
    ]);
  return {
    root,
    ports: { proxy, blue, green },
    params,
    start: (...more: readonly string[]): QuickstartRun => start("run", "quickstart", "--json", ...params(...more)),
    resume: (): QuickstartRun => start("resume", "--json"),
    rollback: (): QuickstartRun => start("rollback", "--json"),
    /** What the site is to be; undefined when there is none. */
    site: () => (existsSync(site) ? JSON.parse(readFileSync(site, "utf8")) : undefined),
    hasFolder: (): boolean => existsSync(join(root, ".lockstep/quickstart")),
    /** Ports of the site on which somebody listens. */
    takenPorts: async (): Promise<readonly number[]> => {
      const taken = await Promise.all(ports.map(isTaken));
      return ports.filter((_port, index) => taken[index]);
    },
    /** Processes of steps that live. */
    processes: (): readonly number[] => stepProcesses(root),
    clean: (): void => {
      for (const child of children) child.kill("SIGKILL");
      for (const pid of stepProcesses(root)) process.kill(pid, "SIGKILL");
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function spawnLockstep(root: string, args: readonly string[], children: Set<ChildProcess>): ChildProcess {
  const child = spawn(process.execPath, [join(repository, "dist/cli/main.js"), ...args], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  child.once("close", () => children.delete(child));
  return child;
}

function follow(child: ChildProcess): QuickstartRun {
  const events: RunEvent[] = [];
  const waiting = new Set<() => void>();
  let stderr = "";
  let over = false;
  const wake = (): void => {
    for (const look of waiting) look();
  };
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
    events.push(JSON.parse(line));
    wake();
  });
  const ended = new Promise<Ended>((resolve) =>
    child.once("close", (exitCode) => {
      over = true;
      wake();
      resolve({ exitCode, stderr, events });
    }),
  );
  return {
    events,
    ended,
    signal: (signal) => {
      child.kill(signal);
      return ended;
    },
    until: (fits) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!over && !events.some(fits)) return;
          waiting.delete(look);
          if (events.some(fits)) resolve();
          else
            reject(new Error(`the run ended before that\n${stderr}${JSON.stringify(events.slice(-4), undefined, 2)}`));
        };
        waiting.add(look);
        look();
      }),
  };
}

function stepProcesses(root: string): readonly number[] {
  const runs = join(root, ".lockstep/runs");
  if (!existsSync(runs)) return [];
  const attempts = readdirSync(runs).map((run) => join(runs, run, "attempts"));
  return attempts
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((attempt) => readBegun(join(folder, attempt))))
    .flatMap((begun) => (typeof begun === "object" ? sessionMembers(begun).map(({ pid }) => pid) : []));
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

/** Takes a port of this machine; 0: any that is free. */
export function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1" }, () => resolve(server));
  });
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
