/** `<sim_specs>`: the clock and the method (XMILE 1.0, section 2.3). */
import type { ForeignExpression, ForeignTime } from "../foreign/foreign-model.ts";
import {
  checkChildren,
  expressionIn,
  flagOf,
  isBlank,
  onlyChild,
  structure,
  type XmileContext,
} from "./xmile-context.ts";
import type { XmlElement } from "./xml-tree.ts";

const KNOWN: ReadonlySet<string> = new Set(["start", "stop", "dt", "save_step", "savestep", "run"]);
/** Attributes with the interval at which results are saved, by the tools that write one. */
const SAVE_ATTRIBUTES = ["isee:save_interval", "save_interval", "isee:savestep"];

/** The methods that run here; the standard's others (`rk45`, `gear`) need a fallback in the file's list. */
const METHODS: Readonly<Record<string, ForeignTime["method"]>> = { euler: "euler", rk2: "rk2", rk4: "rk4" };

/** The clock; null where it has an error. */
export function readTime(context: XmileContext, specs: XmlElement): ForeignTime | null {
  checkChildren(context, specs, KNOWN);
  refusePartialRun(context, specs);
  const start = required(context, specs, "start");
  const stop = required(context, specs, "stop");
  const step = readStep(context, specs);
  const method = readMethod(context, specs);
  const save = expressionIn(context, onlyChild(context, specs, "save_step") ?? onlyChild(context, specs, "savestep"));
  if (!start || !stop || !step || !method) return null;
  const unit = specs.attributes.get("time_units")?.value.trim() ?? "";
  return { start, stop, step, save: save ?? saveAttribute(context, specs), unit: unit === "" ? null : unit, method };
}

function required(context: XmileContext, specs: XmlElement, name: string): ForeignExpression | null {
  const element = onlyChild(context, specs, name);
  if (isBlank(context, element)) {
    structure(context, (element ?? specs).head, { reason: "missing", element: name, inside: specs.name });
    return null;
  }
  return expressionIn(context, element);
}

/** The step: 1 where none is given; `<dt reciprocal="true">8</dt>` is exactly 1 / 8. */
function readStep(context: XmileContext, specs: XmlElement): ForeignExpression | null {
  const element = onlyChild(context, specs, "dt");
  if (!element || isBlank(context, element)) return { kind: "number", value: 1, span: specs.head };
  const value = expressionIn(context, element);
  if (!value || !flagOf(context, element, "reciprocal", false)) return value;
  const one: ForeignExpression = { kind: "number", value: 1, span: value.span };
  return { kind: "binary", operator: "/", left: one, right: value, span: value.span };
}

/** The first method of the list that runs here; Euler where none is given. */
function readMethod(context: XmileContext, specs: XmlElement): ForeignTime["method"] | null {
  const attribute = specs.attributes.get("method");
  if (!attribute || attribute.value.trim() === "") return "euler";
  const names = attribute.value.split(",").map((name) => name.trim().toLowerCase());
  const known = names.find((name) => Object.hasOwn(METHODS, name));
  if (known !== undefined) return METHODS[known]!;
  const data = { where: "method", text: attribute.value, expected: "method" } as const;
  context.diagnostics.add("xmile-value", attribute.span, data);
  return null;
}

function saveAttribute(context: XmileContext, specs: XmlElement): ForeignExpression | null {
  const attribute = SAVE_ATTRIBUTES.map((name) => specs.attributes.get(name)).find((a) => a !== undefined);
  if (!attribute) return null;
  const value = Number(attribute.value);
  if (Number.isFinite(value) && value > 0) return { kind: "number", value, span: attribute.span };
  const data = { where: "save_interval", text: attribute.value, expected: "number" } as const;
  context.diagnostics.add("xmile-value", attribute.span, data);
  return null;
}

/** `<run by="module">` or `by="group"` runs a part of the model only, with the rest as it was. */
function refusePartialRun(context: XmileContext, specs: XmlElement): void {
  const run = onlyChild(context, specs, "run");
  const by = run?.attributes.get("by")?.value.trim().toLowerCase();
  if (run && by !== undefined && by !== "all") {
    context.diagnostics.add("xmile-unsupported", run.head, { what: "partial-run", name: by });
  }
}
