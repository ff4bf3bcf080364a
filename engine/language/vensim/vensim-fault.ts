/** How the parts of the reader hand an error up to where reading goes on: at the next definition. */
import type { DiagnosticCode, DiagnosticData, DiagnosticList, MdlFault } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/source.ts";

/** One thing that is wrong with a definition; thrown by the parsers, caught where a definition ends. */
export class VensimFault extends Error {
  readonly report: (diagnostics: DiagnosticList) => void;

  constructor(code: DiagnosticCode, report: (diagnostics: DiagnosticList) => void) {
    super(code);
    this.report = report;
  }
}

/** A fault with any code of the reader. */
export function fault<Code extends DiagnosticCode>(code: Code, span: Span, data: DiagnosticData[Code]): VensimFault {
  return new VensimFault(code, (diagnostics) => diagnostics.add(code, span, data));
}

/** Something that is not Vensim's language. `text` is what stands there, `name` what it concerns. */
export function syntaxFault(problem: MdlFault, span: Span, text = "", name = ""): VensimFault {
  return fault("mdl-syntax", span, { problem, text, name });
}

/** Runs a part of the reading; a fault in it is reported and gives null, everything else is passed on. */
export function recover<Result>(diagnostics: DiagnosticList, read: () => Result): Result | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof VensimFault)) throw error;
    error.report(diagnostics);
    return null;
  }
}
