/** How a user types the name of a parameter: `schemaChanged` is `schema-changed`. */
export function flagOf(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}
