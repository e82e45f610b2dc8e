import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { http, irreversible, runbook, step } from "../../../dsl/index.ts";
import { createRunFixture, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("a request");
let project: RunFixture;
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  response.end("ok");
});
test.before(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
test.after(() => void server.close());
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

test("is made once, for the URL as it is written", async () => {
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const requests = runbook({ id: "requests", title: "Requests" }, () => [
    step("query", "Query", http.get(`${base}/query?q=up{job="x"}[5m]`), { expect: "ok" }),
    step("drop", "Drop", http.delete(`${base}/items/{1,2}`), { undo: irreversible("a test") }),
  ]);
  const { exitCode, message } = await project.run(requests);
  assert.is(exitCode, 0, message);
  assert.equal(asked, ['GET /query?q=up{job="x"}[5m]', "DELETE /items/{1,2}"]);
});

test.run();
