/** The model in which the examples of the table of functions stand. docs/functions.md shows it. */

/** Runs from 0 to 10 in steps of 1, with euler; time has no unit, so that all units fit. */
export const EXAMPLE_MODEL = `model: {name: example, time: {start: 0, stop: 10, step: 1, unit: "1"}}
dimensions:
  place:
    elements: [north, middle, south]
    groups: {coast: {north: 1, middle: 0.5}}
parameters:
  size[place]: {value: {north: 30, middle: 10, south: 20}, unit: "1"}
lookups:
  table: {points: [[0, 0], [1, 10], [2, 20], [4, 40]], unit: "1"}
`;
