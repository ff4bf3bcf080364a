/** A table that is being written. */
export interface TableOutput {
  write(values: readonly (readonly (number | string | null)[])[]): void;
  finish(): void;
}
