/** The model in which the examples of the table of functions stand. docs/functions.md shows it. */

/** Runs from 0 to 10 in steps of 1, with euler. */
export const EXAMPLE_MODEL = `dimensions:
  place:
    elements: [north, middle, south]
    groups: {coast: {north: 1, middle: 0.5}}
parameters:
  size[place]: {value: {north: 30, middle: 10, south: 20}}
lookups:
  table: {points: [[0, 0], [1, 10], [2, 20], [4, 40]]}
`;
