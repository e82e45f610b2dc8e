import { checklist } from "lockstep";

/** What must hold before anything is deployed to production, whatever the strategy. */
export function preProductionGates() {
  return checklist("gates", "Pre-production gates", [
    "Code reviewed and approved",
    "Security scan passed",
    "Compliance validation passed",
    "Staging deployment successful",
    "Integration tests passed",
    "Performance benchmarks met",
    "Change approval received",
    "Rollback plan prepared",
  ]);
}
