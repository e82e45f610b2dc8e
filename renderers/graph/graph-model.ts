/** Sections in their order, approvals as the words on an edge, guards as dotted edges. It repeats no step. */
export interface GraphModel {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  /** `s3`, `back`: no id of the plan, which may hold characters that mean something to a graph language. */
  readonly id: string;
  readonly label: string;
  /** `step`: what is done; `answer`: where a guard leads. */
  readonly kind: "step" | "answer";
  /** The anchor on the page. */
  readonly anchor?: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  readonly kind: "order" | "guard";
}
