import { measurement, prometheus, type Ref, sh } from "lockstep";

/** No number without traffic; 0 when there was traffic and no error. */
export const errorRate = measurement("error-rate", "Error rate", {
  measures: "5xx among all responses",
  unit: "%",
  query: sh.read`curl -sSG http://prometheus:9090/api/v1/query --data-urlencode 'query=100 * (sum(rate(http_requests_total{status=~"5.."}[5m])) or vector(0)) / sum(rate(http_requests_total[5m]))'`,
  reading: prometheus,
});

export const responseTime = measurement("response-time", "Response time", {
  measures: "95th percentile",
  unit: "ms",
  query: sh.read`curl -sSG http://prometheus:9090/api/v1/query --data-urlencode 'query=1000 * histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))'`,
  reading: prometheus,
});

export const databaseConnections = measurement("database-connections", "Database connections", {
  measures: "open connections of `max_connections`",
  unit: "% of pool",
  query: sh.read`curl -sSG http://prometheus:9090/api/v1/query --data-urlencode 'query=100 * sum(pg_stat_activity_count) / max(pg_settings_max_connections)'`,
  reading: prometheus,
});

/** CPU usage of the pods of a namespace. */
export const cpuUsage = (namespace: Ref<string>) =>
  measurement("cpu-usage", "CPU usage", {
    measures: "of the CPU limits of the namespace",
    unit: "%",
    query: sh.read`curl -sSG http://prometheus:9090/api/v1/query --data-urlencode 'query=100 * sum(rate(container_cpu_usage_seconds_total{namespace="${namespace}"}[5m])) / sum(kube_pod_container_resource_limits{namespace="${namespace}",resource="cpu"})'`,
    reading: prometheus,
  });

/** Memory usage of the pods of a namespace. */
export const memoryUsage = (namespace: Ref<string>) =>
  measurement("memory-usage", "Memory usage", {
    measures: "of the memory limits of the namespace",
    unit: "%",
    query: sh.read`curl -sSG http://prometheus:9090/api/v1/query --data-urlencode 'query=100 * sum(container_memory_working_set_bytes{namespace="${namespace}"}) / sum(kube_pod_container_resource_limits{namespace="${namespace}",resource="memory"})'`,
    reading: prometheus,
  });
