import { checklist, notNeeded, param, runbook, section, sh, step, text, when } from "lockstep";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { development, environmentTable, production, staging } from "./environments.ts";

export default runbook(
  {
    id: "pre-deployment",
    title: "Pre-deployment checks",
    summary:
      "Holds the code to its quality gates, and the target environment to its preparation and configuration. Nothing is deployed. Go on only when all of it holds.",
    params: {
      replicas: param.integer({ min: 1, meaning: "How many replicas of the application run" }),
      autoScaling: param.boolean({
        default: false,
        phrase: "the environment scales by itself",
        meaning: "More replicas are started under load",
      }),
      resourceLimits: param.oneOf(["Low", "Medium", "Production values"], {
        meaning: "CPU and memory that a replica may use",
      }),
      debugLogging: param.oneOf(["Enabled", "Disabled"], { meaning: "Whether debug messages are logged" }),
      externalServices: param.oneOf(["Mocked", "Staging equivalents", "Production instances"], {
        meaning: "What the application talks to",
      }),
    },
    environments: [development, staging, production],
    next: ["development-deploy", "staging-validation", "production-gates"],
    follows: deploymentProcedures,
  },
  (p) => [
    section("quality", "Code quality gates", [
      step("tests", "Run all tests", sh.read`make test-all`),
      step("security", "Scan the code for vulnerabilities", sh.read`make security-scan`),
      step("compliance", "Validate compliance", sh.read`make compliance-check`),
      step("build", "Build", sh`make build`, { undo: notNeeded("nothing that runs is changed") }),
      step("container-security", "Scan the container for vulnerabilities", sh.read`make docker-security-scan`),
    ]),
    section("environment", "Environment preparation", [
      checklist("prepared", "Check that the environment is ready", [
        "Infrastructure provisioned",
        "Secrets configured",
        "DNS records updated",
        "SSL certificates valid",
        "Monitoring configured",
        "Backup systems ready",
      ]),
    ]),
    section("configuration", "Environment configuration", [
      environmentTable(),
      checklist("configured", "Compare the configuration with what the environment should have", [
        text`Replicas: ${p.replicas}`,
        text`Resource limits: ${p.resourceLimits}`,
        text`Debug logging: ${p.debugLogging}`,
        text`External services: ${p.externalServices}`,
      ]),
      when(p.autoScaling, [
        checklist("scaling", "Check the auto-scaling", [text`${p.replicas} replicas are the least that may run`]),
      ]),
    ]),
  ],
);
