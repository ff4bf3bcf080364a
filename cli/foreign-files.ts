/** Files that belong to a model of another tool. What reads them is loaded when there is such a model. */
import { resolve } from "node:path";

/** Files that are given on the command line beside a model of another tool. */
export interface ForeignFiles {
  /** Data sets of the run: `.dat`, `.csv`, `.tab`, `.xlsx`. */
  readonly data: readonly string[];
  /** `NAME=FILE` for files that the model names by a tag. */
  readonly tags: readonly string[];
  /** `.cin` files that the model is read with. */
  readonly changes: readonly string[];
  /** Whether units are checked; default no. */
  readonly units?: boolean;
}

export const NO_FOREIGN_FILES: ForeignFiles = { data: [], tags: [], changes: [] };

/** The same files by paths that hold from any folder, for the provenance of results. */
export function absoluteForeign({ data, tags, changes }: ForeignFiles): ForeignFiles {
  const absolute = (path: string) => resolve(path);
  return {
    data: data.map(absolute),
    tags: tags.map((tag) => tag.replace(/=(.+)$/su, (_, file: string) => `=${resolve(file)}`)),
    changes: changes.map(absolute),
  };
}

/** The files that the provenance of results names. */
export function foreignOf(provenance: Readonly<Record<string, unknown>>): ForeignFiles {
  const stated = (provenance.foreign ?? {}) as Readonly<Record<string, unknown>>;
  const texts = (list: unknown) => (Array.isArray(list) ? list.map(String) : []);
  return { data: texts(stated.data), tags: texts(stated.tags), changes: texts(stated.changes) };
}
