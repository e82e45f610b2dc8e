import type { Followed } from "lockstep";

/** The document that these runbooks follow. */
export const deploymentProcedures: Followed = { title: "deployment procedures" };

/** Why the query lines of the document do not work as they are printed. */
export const curlReadsPatterns = "curl reads `{}` and `[]` as patterns and ends with code 3";

/** Why a line of the document reaches the wrong namespace. */
export const namespaceMissing = "without `-n`, kubectl acts in the namespace of the current context, whichever that is";
