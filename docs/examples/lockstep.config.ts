import { appendFileSync } from "node:fs";
import { defineAction, defineConfig, sh } from "lockstep";

/** An action of this project's own: a runbook that imports it can say `notify({ channel: "releases", text: "..." })`. */
export const notify = defineAction({
  name: "acme.notify",
  effect: "write",
  command: ({ channel, text }: { readonly channel: string; readonly text: string }) =>
    sh`acme notify ${channel} ${text}`,
});

export default defineConfig({
  runbooks: ["runbooks/**/*.runbook.ts"],
  docs: "docs/runbooks",
  roles: { "release-manager": ["alice", "bo"] },
  hooks: [
    {
      name: "metrics",
      on: ["ended", "stopped"],
      run: (event) => appendFileSync("runs.ndjson", `${JSON.stringify({ run: event.run, type: event.type })}\n`),
    },
  ],
});
