import runtime from "handlebars/runtime.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { precompiled, source } from "./fixtures/greeting.hbs";

const partials = suite("handlebars partials");

partials("are compiled when they are bundled, and escape nothing by themselves", () => {
  assert.is(runtime.template(precompiled)({ name: "<a & b>" }), "Hello, **<a & b>**\n");
});

partials("keep their text, for a project that wants to see what it overrides", () => {
  assert.is(source, "Hello, **{{name}}**\n");
});

partials.run();
