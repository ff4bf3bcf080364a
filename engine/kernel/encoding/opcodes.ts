/**
 * Instructions of WebAssembly that the kernel uses, by their names in the specification (version 3.0, section 5.4), with the bytes
 * that stand for them. An instruction of two bytes is a prefix and a number in LEB128.
 */

export const TYPE = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof TYPE;

/** Block type of a block that leaves nothing on the stack. */
export const NO_RESULT = 0x40;
const BULK = 0xfc;
const SIMD = 0xfd;

/** Instructions without immediates. */
export const PLAIN = {
  else: [0x05],
  return: [0x0f],
  drop: [0x1a],
  select: [0x1b],
  "i32.eqz": [0x45],
  "i32.eq": [0x46],
  "i32.ne": [0x47],
  "i32.lt_s": [0x48],
  "i32.lt_u": [0x49],
  "i32.gt_s": [0x4a],
  "i32.ge_s": [0x4e],
  "f64.eq": [0x61],
  "f64.ne": [0x62],
  "f64.lt": [0x63],
  "f64.gt": [0x64],
  "f64.le": [0x65],
  "f64.ge": [0x66],
  "i32.ctz": [0x68],
  "i32.add": [0x6a],
  "i32.sub": [0x6b],
  "i32.mul": [0x6c],
  "i32.div_s": [0x6d],
  "i32.rem_u": [0x70],
  "i32.and": [0x71],
  "i32.or": [0x72],
  "i32.shl": [0x74],
  "i32.shr_u": [0x76],
  "f64.add": [0xa0],
  "f64.sub": [0xa1],
  "f64.mul": [0xa2],
  "f64.div": [0xa3],
  "f64.max": [0xa5],
  "i32.wrap_i64": [0xa7],
  "i64.extend_i32_u": [0xad],
  "f64.convert_i32_s": [0xb7],
  "i32.trunc_sat_f64_s": [BULK, 0x02],
  "i8x16.splat": [SIMD, 0x0f],
  "i32x4.splat": [SIMD, 0x11],
  "f64x2.splat": [SIMD, 0x14],
  "i8x16.eq": [SIMD, 0x23],
  "f64x2.eq": [SIMD, 0x47],
  "f64x2.ne": [SIMD, 0x48],
  "f64x2.lt": [SIMD, 0x49],
  "f64x2.gt": [SIMD, 0x4a],
  "f64x2.le": [SIMD, 0x4b],
  "f64x2.ge": [SIMD, 0x4c],
  "v128.not": [SIMD, 0x4d],
  "v128.and": [SIMD, 0x4e],
  "v128.andnot": [SIMD, 0x4f],
  "v128.or": [SIMD, 0x50],
  "v128.xor": [SIMD, 0x51],
  "v128.bitselect": [SIMD, 0x52],
  "v128.any_true": [SIMD, 0x53],
  "i8x16.bitmask": [SIMD, 0x64],
  "i8x16.narrow_i16x8_u": [SIMD, 0x66],
  "f64x2.ceil": [SIMD, 0x74],
  "f64x2.floor": [SIMD, 0x75],
  "f64x2.trunc": [SIMD, 0x7a],
  "i16x8.narrow_i32x4_s": [SIMD, 0x85],
  "i32x4.shl": [SIMD, 0xab],
  "i32x4.add": [SIMD, 0xae],
  "i32x4.sub": [SIMD, 0xb1],
  "i32x4.min_s": [SIMD, 0xb6],
  "i64x2.splat": [SIMD, 0x12],
  "i64x2.bitmask": [SIMD, 0xc4],
  "i64x2.shl": [SIMD, 0xcb],
  "i64x2.shr_u": [SIMD, 0xcd],
  "i64x2.add": [SIMD, 0xce],
  "i64x2.sub": [SIMD, 0xd1],
  "i64x2.eq": [SIMD, 0xd6],
  "f64x2.abs": [SIMD, 0xec],
  "f64x2.neg": [SIMD, 0xed],
  "f64x2.sqrt": [SIMD, 0xef],
  "f64x2.add": [SIMD, 0xf0],
  "f64x2.sub": [SIMD, 0xf1],
  "f64x2.mul": [SIMD, 0xf2],
  "f64x2.div": [SIMD, 0xf3],
  "f64x2.pmin": [SIMD, 0xf6],
  "f64x2.pmax": [SIMD, 0xf7],
  "i32x4.trunc_sat_f64x2_s_zero": [SIMD, 0xfc],
} as const satisfies Record<string, readonly number[]>;
export type PlainOpcode = keyof typeof PLAIN;

/** Instructions with an alignment (as a power of two) and an offset. */
export const MEMORY = {
  "i32.load": { code: [0x28], align: 2 },
  "f64.load": { code: [0x2b], align: 3 },
  "i32.store": { code: [0x36], align: 2 },
  "i32.store8": { code: [0x3a], align: 0 },
  "f64.store": { code: [0x39], align: 3 },
  "v128.load": { code: [SIMD, 0x00], align: 4 },
  "v128.load64_splat": { code: [SIMD, 0x0a], align: 3 },
  "v128.store": { code: [SIMD, 0x0b], align: 4 },
  "v128.load64_zero": { code: [SIMD, 0x5d], align: 3 },
} as const;
export type MemoryOpcode = keyof typeof MEMORY;

/** The same with the number of a lane behind them. */
export const MEMORY_LANE = {
  "v128.load64_lane": { code: [SIMD, 0x57], align: 3 },
  "v128.store64_lane": { code: [SIMD, 0x5b], align: 3 },
} as const;
export type MemoryLaneOpcode = keyof typeof MEMORY_LANE;

/** Instructions with one index: a local, a global, a function, a label or a lane. */
export const INDEXED = {
  br: [0x0c],
  br_if: [0x0d],
  call: [0x10],
  "local.get": [0x20],
  "local.set": [0x21],
  "local.tee": [0x22],
  "global.get": [0x23],
  "global.set": [0x24],
  "i32x4.extract_lane": [SIMD, 0x1b],
  "i64x2.extract_lane": [SIMD, 0x1d],
  "f64x2.extract_lane": [SIMD, 0x21],
  "f64x2.replace_lane": [SIMD, 0x22],
} as const;
export type IndexedOpcode = keyof typeof INDEXED;

/** `i8x16.shuffle`, followed by sixteen numbers of bytes. */
export const SHUFFLE = [SIMD, 0x0d] as const;

export const BLOCK = { block: 0x02, loop: 0x03, if: 0x04 } as const;
export const END = 0x0b;
export const I32_CONST = 0x41;
export const F64_CONST = 0x44;
/** `memory.copy` and `memory.fill` with their memory indices. */
export const MEMORY_COPY = [BULK, 10, 0, 0] as const;
export const MEMORY_FILL = [BULK, 11, 0] as const;
