import type { PartialName } from "./partial-name.ts";
import * as alertPartial from "./partials/alert.hbs";
import * as approvalPartial from "./partials/approval.hbs";
import * as cautionPartial from "./partials/caution.hbs";
import * as checklistPartial from "./partials/checklist.hbs";
import * as choosePartial from "./partials/choose.hbs";
import * as codePartial from "./partials/code.hbs";
import * as contentsPartial from "./partials/contents.hbs";
import * as customPartial from "./partials/custom.hbs";
import * as endPartial from "./partials/end.hbs";
import * as entryPartial from "./partials/entry.hbs";
import * as footerPartial from "./partials/footer.hbs";
import * as gatePartial from "./partials/gate.hbs";
import * as graphPartial from "./partials/graph.hbs";
import * as groupPartial from "./partials/group.hbs";
import * as guardPartial from "./partials/guard.hbs";
import * as headingPartial from "./partials/heading.hbs";
import * as httpPartial from "./partials/http.hbs";
import * as includePartial from "./partials/include.hbs";
import * as itemPartial from "./partials/item.hbs";
import * as kubernetesPartial from "./partials/kubernetes.hbs";
import * as manualPartial from "./partials/manual.hbs";
import * as measurementPartial from "./partials/measurement.hbs";
import * as notePartial from "./partials/note.hbs";
import * as pagePartial from "./partials/page.hbs";
import * as parallelPartial from "./partials/parallel.hbs";
import * as prosePartial from "./partials/prose.hbs";
import * as quotedPartial from "./partials/quoted.hbs";
import * as repeatPartial from "./partials/repeat.hbs";
import * as sectionPartial from "./partials/section.hbs";
import * as sectionItemPartial from "./partials/section-item.hbs";
import * as shellPartial from "./partials/shell.hbs";
import * as tablePartial from "./partials/table.hbs";
import * as textPartial from "./partials/text.hbs";
import * as undoPartial from "./partials/undo.hbs";
import * as waitPartial from "./partials/wait.hbs";
import * as watchPartial from "./partials/watch.hbs";
import * as whenPartial from "./partials/when.hbs";
import * as withinPartial from "./partials/within.hbs";

/** Every partial, as text and compiled; one that is forgotten does not compile. */
export const shippedPartials: Readonly<Record<PartialName, PartialModule>> = {
  alert: alertPartial,
  approval: approvalPartial,
  caution: cautionPartial,
  checklist: checklistPartial,
  choose: choosePartial,
  code: codePartial,
  contents: contentsPartial,
  custom: customPartial,
  end: endPartial,
  entry: entryPartial,
  footer: footerPartial,
  gate: gatePartial,
  graph: graphPartial,
  group: groupPartial,
  guard: guardPartial,
  heading: headingPartial,
  http: httpPartial,
  include: includePartial,
  item: itemPartial,
  kubernetes: kubernetesPartial,
  manual: manualPartial,
  measurement: measurementPartial,
  note: notePartial,
  page: pagePartial,
  parallel: parallelPartial,
  prose: prosePartial,
  quoted: quotedPartial,
  repeat: repeatPartial,
  section: sectionPartial,
  "section-item": sectionItemPartial,
  shell: shellPartial,
  table: tablePartial,
  text: textPartial,
  undo: undoPartial,
  wait: waitPartial,
  watch: watchPartial,
  when: whenPartial,
  within: withinPartial,
};

/** What the build makes of a `.hbs` file. */
export interface PartialModule {
  readonly source: string;
  readonly precompiled: ReturnType<typeof import("handlebars").precompile>;
}
