/** Whether a path is that of a model file of another tool. */
export const isForeignPath = (path: string): boolean => /\.(mdl|xmile|stmx|itmx)$/i.test(path);
