/**
 * node get.mjs URL
 *
 * Prints what a server answers; exit code 1 if it answers an error, or not at all. As `curl -fsS`, which not every
 * machine has.
 */
const [url = ""] = process.argv.slice(2);

try {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  console.log((await response.text()).trimEnd());
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
} catch (error) {
  console.error(`${url}: ${error.cause?.message || error.cause?.code || error.message}`);
  process.exitCode = 1;
}
