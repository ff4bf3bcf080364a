/** A sentence in both languages, made of its details. */
import type { Language } from "../chart-input.ts";

export type Sentence<Arguments extends readonly unknown[]> = Readonly<
  Record<Language, (...details: Arguments) => string>
>;
