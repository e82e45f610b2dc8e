import pc from "picocolors";

type Paint = (text: string) => string;

/** Colours by what they mean, and marks that the terminal can show. No colour says what a word does not. */
export interface Style {
  readonly ok: Paint;
  readonly failed: Paint;
  /** Cautions, WRITE, DESTRUCTIVE, undone. */
  readonly caution: Paint;
  readonly command: Paint;
  /** Titles, the names of keys, the cluster. */
  readonly title: Paint;
  readonly key: Paint;
  /** Labels, times, gutters. */
  readonly dim: Paint;
  /** Where the next letter of a typed line comes. */
  readonly caret: Paint;
  readonly marks: Marks;
  readonly unicode: boolean;
}

/** Signs of lockstep's own, in Unicode or without. */
export interface Marks {
  readonly ok: string;
  readonly failed: string;
  readonly skipped: string;
  readonly undone: string;
  /** Before every line of output. */
  readonly gutter: string;
  /** Before every line of a caution. */
  readonly cautionBar: string;
  /** Between the parts of a title line. */
  readonly separator: string;
  /** Between the entries of a menu. */
  readonly menuSeparator: string;
  /** Before the name of a section. */
  readonly section: string;
  readonly ellipsis: string;
  readonly rangeDash: string;
}

const unicodeMarks: Marks = {
  ok: "✓",
  failed: "✗",
  skipped: "–",
  undone: "↺",
  gutter: "│ ",
  cautionBar: "┃ ",
  separator: " · ",
  menuSeparator: " · ",
  section: "── ",
  ellipsis: "…",
  rangeDash: "–",
};

const asciiMarks: Marks = {
  ok: "+",
  failed: "x",
  skipped: "-",
  undone: "<",
  gutter: "| ",
  cautionBar: "! ",
  separator: " - ",
  menuSeparator: ", ",
  section: "-- ",
  ellipsis: "...",
  rangeDash: "-",
};

/** A style with or without colours and Unicode. Of the 16 ANSI colours neither blue nor bright black is used. */
export function createStyle({ color, unicode }: { readonly color: boolean; readonly unicode: boolean }): Style {
  const colors = pc.createColors(color);
  return {
    ok: colors.green,
    failed: colors.red,
    caution: colors.yellow,
    command: colors.cyan,
    title: colors.bold,
    key: colors.bold,
    dim: colors.dim,
    caret: color ? colors.inverse : (text) => (text === " " ? "" : `|${text}`),
    marks: unicode ? unicodeMarks : asciiMarks,
    unicode,
  };
}
