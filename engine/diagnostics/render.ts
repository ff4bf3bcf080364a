/**
 * Diagnostics as text for people and as data for programs.
 *
 *     error[unknown-name]: there is no variable named "populaton"
 *       --> model.yaml:14:28
 *        |
 *     14 |     equation: birth_rate * populaton
 *        |                            ^^^^^^^^^
 *        |
 *        = did you mean "population"? (stock, defined at line 5)
 *
 * Whatever of the user's text is shown passes `printable`, so that a file cannot drive the terminal.
 */
import type { Diagnostic, Language, LoopStep } from "./diagnostic.ts";
import { ModelError, UsageError } from "./diagnostic.ts";
import { padEndColumns, printable, textWidth } from "./display-width.ts";
import { areNear, Frame, type Mark, type Paint } from "./frame.ts";
import { clip } from "./messages/terms.ts";
import { countLine, type Message, messageOf, PHRASES, relatedLabel } from "./messages.ts";
import { positionAt, type Span } from "./source.ts";

export interface RenderOptions {
  readonly language: Language;
  /** ANSI colours; default none. */
  readonly colour?: boolean;
  /** Put before each path, so that a place can be opened from where the user stands: `scenarios/yunnan/`; default none. */
  readonly folder?: string;
  /** Paths that are not of that folder and are shown as they are; default none. */
  readonly outside?: ReadonlySet<string>;
}

/** A path as the user can open it. */
const shownPath = (path: string, { folder = "", outside }: RenderOptions): string =>
  outside?.has(path) ? path : folder + path;

/** Texts of the files by path, as they were handed to the compiler. */
export type Sources = ReadonlyMap<string, string>;

const MOST_SHOWN = 100;
const MIN_MARGIN = 2;
const MAX_LOOP_ROWS = 12;

const STYLES = { error: "1;31", warning: "1;33", strong: "1", main: "1;31", other: "1;34", frame: "1;34" } as const;
type Style = keyof typeof STYLES;

const painter =
  (colour: boolean | undefined) =>
  (style: Style, text: string): string =>
    colour ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;

/** One diagnostic: heading, place, frame and notes; no line end at the end. */
export function renderDiagnostic(diagnostic: Diagnostic, sources: Sources, options: RenderOptions): string {
  const { language } = options;
  const message = messageOf(diagnostic, language);
  const paint = painter(options.colour);
  const severity = `${PHRASES[language][diagnostic.severity]}[${diagnostic.code}]`;
  const colon = language === "zh" ? "：" : ": ";
  const lines = [paint(diagnostic.severity, severity) + paint("strong", colon + printable(message.fact))];

  const { code } = diagnostic;
  const loop = code === "circular-equations" || code === "circular-initial-values" ? diagnostic.data.loop : null;
  if (loop) lines.push("", ...drawLoop(loop, sources, options), "");
  const frames = loop ? [] : framesOf(diagnostic, message, sources, options);
  const margin = Math.max(MIN_MARGIN, ...frames.map((f) => String(f.frame?.lastLine ?? 0).length));
  const framePaint: Paint = (style, text) => paint(style === "main" ? diagnostic.severity : style, text);
  for (const { heading, place, frame } of frames) {
    lines.push(`${" ".repeat(margin)}${paint("frame", heading)} ${printable(place)}`);
    if (frame) lines.push(...frame.draw(margin, framePaint));
  }
  if (frames.at(-1)?.frame && message.notes.length > 0) lines.push(paint("frame", `${" ".repeat(margin)} |`));
  for (const note of message.notes) lines.push(`${" ".repeat(margin)} ${paint("frame", "=")} ${printable(note)}`);
  return lines.join("\n");
}

/** All diagnostics with blank lines between, and a closing line that counts them; empty if there are none. */
export function renderDiagnostics(list: readonly Diagnostic[], sources: Sources, options: RenderOptions): string {
  if (list.length === 0) return "";
  const errors = list.filter((d) => d.severity === "error").length;
  const shown = list.slice(0, MOST_SHOWN);
  const texts = shown.map((d) => renderDiagnostic(d, sources, options));
  const count = countLine(errors, list.length - errors, list.length - shown.length, options.language);
  return [...texts, count].join("\n\n");
}

interface PlacedFrame {
  readonly heading: "-->" | ":::";
  readonly place: string;
  readonly frame: Frame | null;
}

/** The frame of the main place with all that is near, then one frame for each place that is not. */
function framesOf(diagnostic: Diagnostic, message: Message, sources: Sources, options: RenderOptions): PlacedFrame[] {
  const { language } = options;
  const { span, related } = diagnostic;
  if (!span)
    return related.map((r) =>
      placedFrame(r.span, [markOf(r.span, false, relatedLabel(r.label, language))], sources, options),
    );
  const text = sources.get(span.path);
  const main = markOf(span, true, printable(message.underline ?? ""));
  const together: Mark[] = [main];
  const apart: PlacedFrame[] = [];
  for (const place of related) {
    const mark = markOf(place.span, false, relatedLabel(place.label, language));
    if (text !== undefined && place.span.path === span.path && areNear(text, main, mark)) together.push(mark);
    else apart.push({ ...placedFrame(place.span, [mark], sources, options), heading: ":::" });
  }
  return [placedFrame(span, together, sources, options), ...apart];
}

const markOf = (span: Span, main: boolean, label: string): Mark => ({ start: span.start, end: span.end, main, label });

function placedFrame(span: Span, marks: readonly Mark[], sources: Sources, options: RenderOptions): PlacedFrame {
  const text = sources.get(span.path);
  const path = shownPath(span.path, options);
  if (text === undefined) return { heading: "-->", place: path, frame: null };
  const { line, column } = positionAt(text, span.start);
  return { heading: "-->", place: `${path}:${line}:${column}`, frame: new Frame(text, marks) };
}

/** A circle of equations, each row with its place and text, and between rows which variable leads to the next. */
function drawLoop(loop: readonly LoopStep[], sources: Sources, options: RenderOptions): string[] {
  const { language } = options;
  const rows = loop.map((step) => {
    const text = sources.get(step.span.path);
    const line = text === undefined ? "" : `:${positionAt(text, step.span.start).line}`;
    const equation = printable(clip(step.equation.replace(/\s+/g, " ").trim(), 72));
    return {
      name: printable(clip(step.name)),
      place: printable(shownPath(step.span.path, options)) + line,
      equation,
      uses: step.uses,
    };
  });
  const nameWidth = Math.max(...rows.map((r) => textWidth(r.name)));
  const placeWidth = Math.max(...rows.map((r) => textWidth(r.place)));
  const drawn = rows.map((r) => [
    `     ${padEndColumns(r.name, nameWidth)}   ${padEndColumns(r.place, placeWidth)}   ${r.equation}`.trimEnd(),
    `       ↑ ${PHRASES[language].uses(printable(clip(r.uses)))}`,
  ]);
  if (drawn.length <= MAX_LOOP_ROWS) return drawn.flat();
  const half = MAX_LOOP_ROWS / 2;
  return [...drawn.slice(0, half).flat(), `       ⋮ ${drawn.length - MAX_LOOP_ROWS}`, ...drawn.slice(-half).flat()];
}

/** A diagnostic as plain data for `--json`; line and column count from 1, a column is a character; null without a place. */
export interface DiagnosticJson {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly path: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  readonly message: string;
  readonly notes: readonly string[];
  readonly related: readonly { readonly label: string; readonly place: PlaceJson }[];
  readonly data: unknown;
}
type PlaceJson = Pick<DiagnosticJson, "path" | "line" | "column" | "endLine" | "endColumn">;

export function diagnosticToJson(diagnostic: Diagnostic, sources: Sources, language: Language = "en"): DiagnosticJson {
  const { fact, notes } = messageOf(diagnostic, language);
  return {
    code: diagnostic.code,
    severity: diagnostic.severity,
    ...placeToJson(diagnostic.span, sources),
    message: fact,
    notes,
    related: diagnostic.related.map((r) => ({ label: r.label, place: placeToJson(r.span, sources) })),
    data: diagnostic.data,
  };
}

function placeToJson(span: Span | null, sources: Sources): PlaceJson {
  const text = span ? sources.get(span.path) : undefined;
  if (!span || text === undefined) {
    return { path: span?.path ?? null, line: null, column: null, endLine: null, endColumn: null };
  }
  const start = positionAt(text, span.start);
  const end = positionAt(text, span.end);
  return { path: span.path, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** The caller's mistake, in one line. */
export function renderUsageError(error: UsageError, language: Language): string {
  return `${language === "zh" ? "用法错误：" : "wrong use: "}${printable(error.message)}`;
}

/** Our own mistake: asks for a report; the stack stands below only if it is asked for. */
export function renderInternalError(error: unknown, options: { language: Language; stack?: boolean }): string {
  const what = error instanceof Error ? error.message : String(error);
  const lines =
    options.language === "zh"
      ? [
          `内部错误：${printable(what)}`,
          "   这是 Terrace 的故障，不是您的模型有错。",
          "   请报告此问题，并附上模型、所用的命令和 terrace --version 的输出。",
        ]
      : [
          `internal error: ${printable(what)}`,
          "   This is a fault in Terrace, not in your model.",
          "   Please report it with the model, the command you used and what terrace --version prints.",
        ];
  if (options.stack && error instanceof Error && error.stack) lines.push("", ...error.stack.split("\n").map(printable));
  return lines.join("\n");
}

/** Whatever was thrown, in the form that fits its kind. */
export function renderFailure(
  error: unknown,
  sources: Sources,
  options: RenderOptions & { readonly stack?: boolean },
): string {
  if (error instanceof ModelError) return renderDiagnostics(error.diagnostics, sources, options);
  if (error instanceof UsageError) return renderUsageError(error, options.language);
  return renderInternalError(error, options);
}
