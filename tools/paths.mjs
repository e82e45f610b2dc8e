import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
export const dist = `${root}/dist`;

/** Inside the checkout, so that what is bundled there resolves its packages. */
export const testBuild = `${root}/.test-build`;

/** What one run of the tests bundles: several people may test in one checkout at a time. */
export const processBuild = `${testBuild}/${process.pid}`;
