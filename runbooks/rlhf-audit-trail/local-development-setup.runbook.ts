import { notNeeded, runbook, seconds, section, sh, step, undoBy, within } from "lockstep";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { development } from "./environments.ts";

export default runbook(
  {
    id: "local-development-setup",
    title: "Local development setup",
    summary: "Clones the repository, and brings up the whole stack on this machine, ready at http://localhost:8000.",
    environments: [development],
    next: ["development-deploy"],
    follows: deploymentProcedures,
  },
  () => [
    section("repository", "Repository", [
      step("clone", "Clone the repository", sh`git clone https://github.com/danieleschmidt/rlhf-audit-trail.git`, {
        undo: notNeeded("a clone may hold work by now; delete the folder yourself"),
        probe: sh.read`git -C rlhf-audit-trail rev-parse --verify --quiet HEAD`,
      }),
    ]),
    section("stack", "Local stack", [
      within({ cwd: "rlhf-audit-trail" }, [
        step("setup", "Set up the environment", sh`make dev-setup`, {
          undo: notNeeded("only the tools of this clone are set up"),
        }),
        step("start", "Start the local stack", sh`docker-compose -f docker-compose.dev.yml up -d`, {
          undo: undoBy("Stop the local stack", sh`docker-compose -f docker-compose.dev.yml down`, { idempotent: true }),
        }),
        step("migrate", "Run the migrations", sh`make migrate`, {
          undo: notNeeded("the database of the local stack holds nothing of value"),
        }),
        step("health", "Check that the stack answers", sh.read`curl http://localhost:8000/health`, {
          retry: { attempts: 6, every: seconds(5) },
        }),
      ]),
    ]),
  ],
);
