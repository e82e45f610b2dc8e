/** Runs `action` on every item, at most `limit` at a time. */
export async function runInParallel(items, limit, action) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await action(item);
  };
  await Promise.all(Array.from({ length: Math.max(1, limit) }, worker));
}
