/** What an action does to the world: looks, changes, or takes away for good. */
export type Effect = "read" | "write" | "destructive";
