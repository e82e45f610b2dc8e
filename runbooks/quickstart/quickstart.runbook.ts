import {
  background,
  caution,
  gate,
  guard,
  irreversible,
  milliseconds,
  notNeeded,
  output,
  param,
  percent,
  prose,
  rollback,
  runbook,
  seconds,
  section,
  sh,
  step,
  undoBy,
  wait,
  when,
} from "lockstep";
import { errorRate, responseTime } from "./measurements.ts";

const port = (meaning: string, number: number) => param.integer({ default: number, min: 1024, max: 65535, meaning });

export default runbook(
  {
    id: "quickstart",
    title: "Quickstart: a blue-green deployment on this machine",
    summary:
      "Starts a new version (green) beside the one that runs (blue), checks it, switches all visitors to it, watches what they get, and removes blue. Servers, proxy and visitors are real, and all on this machine; everything that it starts, it ends.",
    params: {
      version: param.string({ default: "v2.0.0", pattern: "v\\d+\\.\\d+\\.\\d+", meaning: "The version to deploy" }),
      faulty: param.boolean({
        default: false,
        phrase: "green is to be faulty",
        meaning: "Green fails some seconds after the switch, and the guard takes all visitors back to blue",
      }),
      watch: param.duration({ default: seconds(10), meaning: "How long the visitors are watched" }),
      proxyPort: port("Where the visitors come in", 4780),
      bluePort: port("The port of blue", 4781),
      greenPort: port("The port of green", 4782),
    },
    requires: (p) => [
      step(
        "ports",
        "Check that the ports are free",
        sh.read`node runbooks/quickstart/ports.mjs ${p.proxyPort} ${p.bluePort} ${p.greenPort}`,
      ),
    ],
  },
  (p) => {
    const tooManyErrors = errorRate(p.proxyPort).above(percent(1));
    const tooSlow = responseTime(p.proxyPort).above(milliseconds(1000));
    const whoServes = sh.read`node runbooks/quickstart/get.mjs http://127.0.0.1:${p.proxyPort}/health`;

    return [
      prose("The site of this deployment. While it is open, look at it in a browser, at the address that 2 shows."),
      step(
        "create",
        "Create a site in which blue serves",
        sh`node runbooks/quickstart/site.mjs create ${p.proxyPort} ${p.bluePort} ${p.greenPort}`,
        {
          undo: undoBy("Delete the site", sh.destructive`node runbooks/quickstart/site.mjs delete`, {
            idempotent: true,
          }),
        },
      ),
      background("open", "Open the site", sh.read`node runbooks/quickstart/site.mjs open`, {
        ready: "visitors are served by",
      }),

      section("prepare", "Prepare green", { onFailure: rollback }, [
        step("start-green", "Start green", sh`node runbooks/quickstart/site.mjs start green ${p.version}`, {
          undo: undoBy("Stop green", sh`node runbooks/quickstart/site.mjs stop green --if-there`, {
            idempotent: true,
          }),
        }),
        step(
          "green-health",
          "Check the health of green",
          sh.read`node runbooks/quickstart/get.mjs http://127.0.0.1:${p.greenPort}/health`,
          { expect: ['"status":"ok"', p.version] },
        ),
        when(p.faulty, [
          step(
            "plant-fault",
            "Plant a fault that a health check does not see",
            sh`node runbooks/quickstart/site.mjs break green`,
            { undo: notNeeded("it harms nobody once blue serves again") },
          ),
        ]),
      ]),

      section("switch", "Switch", [
        prose(
          "This runbook asks nobody, so that it runs by itself. Where people decide, an `approval` or a `checklist` would stand here.",
        ),
        caution("From here on visitors are served by green."),
        guard("visitors", "Watch what visitors get", {
          alerts: [tooManyErrors, tooSlow],
          interval: seconds(1),
          until: "steady",
          onTrip: rollback,
        }),
        step("to-green", "Point the proxy to green", sh`node runbooks/quickstart/site.mjs switch green`, {
          // waits until a visitor is served by blue; a site that is closed has none
          undo: undoBy("Point the proxy back to blue", sh`node runbooks/quickstart/site.mjs switch blue --if-there`, {
            idempotent: true,
          }),
          probe: { action: whoServes, expect: "green" },
          timeout: seconds(20),
        }),
        wait("watch", "Watch the visitors", p.watch),
        gate("steady", "Check that the error rate stays low", {
          failIf: [tooManyErrors],
          hold: seconds(3),
          interval: seconds(1),
        }),
      ]),

      section("clean-up", "Clean up", [
        step("stop-blue", "Remove blue", sh.destructive`node runbooks/quickstart/site.mjs stop blue`, {
          undo: irreversible("blue is gone, and with it the quick way back"),
        }),
        step(
          "unharmed",
          "Check that no visitor met an error",
          sh.read`node runbooks/quickstart/get.mjs http://127.0.0.1:${p.proxyPort}/metrics`,
          {
            expect: '"failed":0',
            outputs: {
              served: output.json({ type: "integer" }, { pointer: "/served", gives: "how many visitors were served" }),
            },
          },
        ),
        step("delete", "Delete the site", sh.destructive`node runbooks/quickstart/site.mjs delete`, {
          undo: irreversible("the site was there for this run only"),
        }),
      ]),
    ];
  },
);
