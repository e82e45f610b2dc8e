import type { Ref } from "lockstep";
import { kubectl } from "lockstep/kubernetes";

const ingress = ["ingress", "rlhf-audit-trail"] as const;

/** Sends all traffic to a service. The rules of the ingress are replaced as a whole. */
export function pointIngressTo(service: string, namespace: Ref<string>) {
  const backend = { service: { name: service, port: { number: 8000 } } };
  const paths = [{ path: "/", pathType: "Prefix", backend }];
  const rules = [{ host: "api.rlhf-audit-trail.com", http: { paths } }];
  return kubectl.patch(ingress, { namespace, patch: { spec: { rules } } });
}

/** Prints the service that the traffic goes to. */
export function servedBy(namespace: Ref<string>) {
  const output = { jsonpath: "{.spec.rules[0].http.paths[0].backend.service.name}" };
  return kubectl.get(ingress, { namespace, output });
}
