import { jsonNumber, measurement, type Ref, sh } from "lockstep";

/** No number without visitors; 0 when there were visitors and no error. */
export const errorRate = (port: Ref<number>) =>
  measurement("error-rate", "Error rate", {
    measures: "5xx among the responses of the last three seconds",
    unit: "%",
    query: metrics(port),
    reading: jsonNumber("/errorRate"),
  });

export const responseTime = (port: Ref<number>) =>
  measurement("response-time", "Response time", {
    measures: "95th percentile of the last three seconds",
    unit: "ms",
    query: metrics(port),
    reading: jsonNumber("/responseTime"),
  });

const metrics = (port: Ref<number>) => sh.read`node runbooks/quickstart/get.mjs http://127.0.0.1:${port}/metrics`;
