/** Counts responses, and judges those of the last three seconds. */
const span = 3000;

export function createMeter() {
  let recent = [];
  let served = 0;
  let failed = 0;
  return {
    count(status, milliseconds) {
      served += 1;
      if (status >= 500) failed += 1;
      recent.push({ at: performance.now(), failed: status >= 500, milliseconds });
      recent = recent.filter(({ at }) => performance.now() - at < span);
    },
    /** Without visitors there is no error rate and no response time: `null`, which is no number, and not 0. */
    read() {
      recent = recent.filter(({ at }) => performance.now() - at < span);
      const times = recent.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
      const errors = recent.filter((response) => response.failed).length;
      return {
        served,
        failed,
        errorRate: recent.length === 0 ? null : round((100 * errors) / recent.length),
        responseTime: recent.length === 0 ? null : round(times[Math.ceil(times.length * 0.95) - 1]),
      };
    },
  };
}

function round(number) {
  return Math.round(number * 10) / 10;
}
