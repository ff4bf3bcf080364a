/**
 * The messages of an Arrow IPC file, found by walking through it from its head: what a file without a footer holds, and what is
 * copied from one file to another without being decoded.
 */
import { closeSync, openSync, readSync } from "node:fs";
import type { Message, MessageHeader } from "apache-arrow";
import { arrow } from "./arrow-library.ts";
import { ResultsError } from "./results-error.ts";

/** One record batch or dictionary as it stands in a file. */
export interface ArrowMessage {
  readonly kind: "dictionary" | "batch";
  /** First byte, from the start of the file. */
  readonly offset: number;
  /** Bytes of the prefix and the metadata with padding. */
  readonly metaDataLength: number;
  readonly bodyLength: number;
  /** Rows of a batch; 0 for a dictionary. */
  readonly rows: number;
}

/** Bytes of `ARROW1` and its padding, after which the first message stands. */
const HEAD = 8;
const PREFIX = 8;

/**
 * All messages of a file, in order.
 * @param end Where the messages end; default: at the mark that a complete file has.
 * @throws ResultsError if a message is not whole or not one of Arrow's.
 */
export function arrowMessages(path: string, end = Number.POSITIVE_INFINITY): ArrowMessage[] {
  const descriptor = openSync(path, "r");
  try {
    const read = (offset: number, length: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      if (readSync(descriptor, bytes, 0, length, offset) < length) {
        throw new ResultsError({ code: "truncated-file", path });
      }
      return bytes;
    };
    const messages: ArrowMessage[] = [];
    for (let offset = HEAD; offset < end; ) {
      const [mark, length] = new Int32Array(read(offset, PREFIX).buffer);
      if (mark === -1 && length === 0) break;
      if (mark !== -1 || length! < 0) throw damaged(path, offset);
      const message = decode(read(offset + PREFIX, length!), path, offset);
      messages.push({ ...message, offset, metaDataLength: PREFIX + length! });
      offset += PREFIX + length! + message.bodyLength;
    }
    return messages;
  } finally {
    closeSync(descriptor);
  }
}

function decode(
  metadata: Uint8Array,
  path: string,
  offset: number,
): Pick<ArrowMessage, "kind" | "bodyLength" | "rows"> {
  let message: Message;
  try {
    message = arrow().Message.decode(metadata);
  } catch (thrown) {
    throw new ResultsError({ code: "damaged-file", path, cause: (thrown as Error).message });
  }
  const { bodyLength } = message;
  if (message.isDictionaryBatch()) return { kind: "dictionary", bodyLength, rows: 0 };
  if (message.headerType !== arrow().MessageHeader.RecordBatch) throw damaged(path, offset);
  return { kind: "batch", bodyLength, rows: (message as Message<MessageHeader.RecordBatch>).header().length };
}

function damaged(path: string, offset: number): ResultsError {
  return new ResultsError({ code: "damaged-file", path, cause: `there is no record batch at byte ${offset}` });
}
