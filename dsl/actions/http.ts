import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import type { CommandValue, JsonDocument, SpliceNode } from "../values/command.ts";
import type { Ref } from "../values/ref.ts";
import type { HttpAction } from "./action.ts";
import type { Effect } from "./effect.ts";
import { createCommand, json } from "./sh.ts";

/** What a request carries besides its URL. */
export interface HttpReadOptions {
  readonly headers?: Readonly<Record<string, string | Ref<string>>>;
}

/** The same for a request that changes something. */
export interface HttpOptions extends HttpReadOptions {
  /** Sent as JSON. */
  readonly body?: JsonDocument;
}

const readSettings = defineSettings<HttpReadOptions>({ headers: "object" });
const httpSettings = defineSettings<HttpOptions>({ headers: "object", body: "any" });

type Request<E extends Effect, O = HttpOptions> = (url: string | Ref<string>, options?: O) => HttpAction<E>;

/**
 * An HTTP request, shown and run as the curl command line that makes it. An answer of 400 or above fails the step.
 * The URL is taken as it is: braces and brackets in it are characters, no ranges.
 *
 * @example
 * step("health", "Check the health", http.get("https://api.example.com/health"), { expect: "ok" });
 */
export const http: {
  readonly get: Request<"read", HttpReadOptions>;
  readonly head: Request<"read", HttpReadOptions>;
  readonly post: Request<"write">;
  readonly put: Request<"write">;
  readonly patch: Request<"write">;
  readonly delete: Request<"destructive">;
} = {
  get: request("GET", "read"),
  head: request("HEAD", "read"),
  post: request("POST", "write"),
  put: request("PUT", "write"),
  patch: request("PATCH", "write"),
  delete: request("DELETE", "destructive"),
};

function request<E extends Effect>(method: string, effect: E): Request<E> {
  const call = `http.${method.toLowerCase()}`;
  const build: Request<E> = (url, options = {}) => {
    const at = captureCallSite(build);
    // curl makes a POST of a GET with a body
    checkSettings(effect === "read" ? readSettings : httpSettings, options, call, undefined, at);
    const { headers = {}, body } = options;
    const words: CommandValue[] = [];
    const strings = [method === "GET" ? "curl -gfsS" : method === "HEAD" ? "curl -gfsSI" : `curl -gfsS -X ${method}`];
    const add = (option: string, value: CommandValue): void => {
      strings[strings.length - 1] += option;
      words.push(value);
      strings.push("");
    };
    for (const [name, value] of Object.entries(headers)) add(" -H ", headerWord(name, value, at));
    if (body !== undefined) {
      add(" -H ", "Content-Type: application/json");
      add(" --data ", json(body));
    }
    add(" ", url);
    return Object.freeze({
      node: "action",
      kind: "http",
      effect,
      method,
      command: createCommand(strings, words, at),
      at,
    });
  };
  return build;
}

/** Name and value of a header as one word. */
function headerWord(name: string, value: string | Ref<string>, at: CallSite): string | SpliceNode {
  if (typeof value === "string") return `${name}: ${value}`;
  return { node: "splice", command: createCommand(['"', ": ", '"'], [name, value], at) };
}
