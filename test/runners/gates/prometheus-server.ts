import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a Prometheus answers to an instant query. */
export type Answer =
  | number
  | { readonly series: readonly (number | string)[]; readonly age?: number }
  | { readonly status: number; readonly body: string }
  | { readonly scalar: number };

/** A Prometheus of a test: it answers `/api/v1/query` with what it is told, one answer after the other, the last one for ever. */
export interface PrometheusServer {
  readonly url: string;
  readonly queries: readonly string[];
  answer(...answers: readonly Answer[]): void;
  close(): Promise<void>;
}

export async function startPrometheus(): Promise<PrometheusServer> {
  const queries: string[] = [];
  let answers: readonly Answer[] = [0];
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    queries.push(url.searchParams.get("query") ?? "");
    const answer = answers[0] ?? 0;
    if (answers.length > 1) answers = answers.slice(1);
    if (typeof answer === "object" && "status" in answer) {
      response.writeHead(answer.status);
      response.end(answer.body);
      return;
    }
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ status: "success", data: dataOf(answer) }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/v1/query`,
    queries,
    answer: (...next) => {
      answers = next;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function dataOf(answer: Exclude<Answer, { status: number }>): object {
  const now = Date.now() / 1000;
  if (typeof answer === "object" && "scalar" in answer)
    return { resultType: "scalar", result: [now, String(answer.scalar)] };
  const { series, age = 0 } = typeof answer === "number" ? { series: [answer] } : answer;
  return {
    resultType: "vector",
    result: series.map((value, index) => ({ metric: { pod: `p${index}` }, value: [now - age, String(value)] })),
  };
}
