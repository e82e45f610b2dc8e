import { askApproval } from "./approval-view.ts";
import { askChanged } from "./changed-view.ts";
import { askChecklist } from "./checklist-view.ts";
import { askDecision } from "./decision-view.ts";
import { askBlind, askClosed, askInconclusive, askTripped, askWatch } from "./decision-views.ts";
import { askElsewhere } from "./elsewhere-view.ts";
import { askFailed } from "./failed-view.ts";
import { askManual } from "./manual-view.ts";
import type { QuestionViews } from "./question-view.ts";
import { askRollback } from "./rollback-view.ts";
import { askStale } from "./stale-view.ts";
import { askStart } from "./start-view.ts";
import { askUnknown } from "./unknown-view.ts";

/** How each kind of question is asked in a terminal. */
export const questionViews: QuestionViews = {
  checklist: askChecklist,
  manual: askManual,
  approval: askApproval,
  start: askStart,
  watch: askWatch,
  failed: askFailed,
  unknown: askUnknown,
  inconclusive: askInconclusive,
  closed: askClosed,
  blind: askBlind,
  tripped: askTripped,
  rollback: askRollback,
  changed: askChanged,
  decision: askDecision,
  stale: askStale,
  elsewhere: askElsewhere,
};
