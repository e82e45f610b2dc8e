import { environment, table } from "lockstep";

/** One machine, or the shared development stack. */
export const development = environment("development", "Development", {
  values: { replicas: 1, resourceLimits: "Low", debugLogging: "Enabled", externalServices: "Mocked" },
  facts: { Replicas: "1", "Resource limits": "Low", "Debug logging": "Enabled", "External services": "Mocked" },
});

/** What production will be, at half its size. */
export const staging = environment("staging", "Staging", {
  values: {
    namespace: "rlhf-staging",
    replicas: 2,
    resourceLimits: "Medium",
    debugLogging: "Enabled",
    externalServices: "Staging equivalents",
  },
  facts: {
    Replicas: "2",
    "Resource limits": "Medium",
    "Debug logging": "Enabled",
    "External services": "Staging equivalents",
  },
});

/** What users are served by. */
export const production = environment("production", "Production", {
  values: {
    namespace: "rlhf-production",
    replicas: 3,
    autoScaling: true,
    resourceLimits: "Production values",
    debugLogging: "Disabled",
    externalServices: "Production instances",
  },
  facts: {
    Replicas: "3+ (auto-scaling)",
    "Resource limits": "Production values",
    "Debug logging": "Disabled",
    "External services": "Production instances",
  },
});

/** How the environments differ, side by side. */
export function environmentTable() {
  const environments = [development, staging, production];
  const rows = Object.keys(production.facts).map((name) => [
    name,
    ...environments.map(({ facts }) => facts[name] ?? ""),
  ]);
  return table(["", ...environments.map(({ title }) => title)], rows);
}
