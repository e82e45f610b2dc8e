import { milliseconds, percent, type Ref } from "lockstep";
import { cpuUsage, databaseConnections, errorRate, memoryUsage, responseTime } from "./measurements.ts";

/** What must not be while a deployment is under way, in a namespace. */
export const deploymentThresholds = (namespace: Ref<string>) => ({
  errorRate: errorRate.above(percent(1)),
  responseTime: responseTime.above(milliseconds(500)),
  cpuUsage: cpuUsage(namespace).above(percent(80)),
  memoryUsage: memoryUsage(namespace).above(percent(85)),
  databaseConnections: databaseConnections.above(percent(90, "of pool")),
});

/** All of them, for a guard. */
export function allThresholds(namespace: Ref<string>) {
  const { errorRate, responseTime, cpuUsage, memoryUsage, databaseConnections } = deploymentThresholds(namespace);
  return [errorRate, responseTime, cpuUsage, memoryUsage, databaseConnections] as const;
}
