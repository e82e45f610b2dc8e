/** Twenty visitors a second, who say when what they get changes. */
import { get } from "node:http";

export function sendVisitors(port) {
  let servedBy;
  let complainedOf;
  const see = (server, error) => {
    if (server !== servedBy) console.log(`visitors are served by ${server}`);
    servedBy = server;
    if (error === undefined || complainedOf === server) return;
    complainedOf = server;
    console.log(`visitors meet errors: ${error} from ${server}`);
  };
  setInterval(() => {
    get({ port, host: "127.0.0.1", agent: false }, (response) => {
      response.resume();
      const { statusCode, headers } = response;
      see(headers["x-served-by"] ?? "nobody", statusCode < 500 ? undefined : statusCode);
    }).on("error", ({ code }) => see("nobody", code));
  }, 50);
}
