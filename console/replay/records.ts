/** Reads the stream of a recording: records of `u32 LE at_ms, u32 LE length, frame`, one after another, whose bytes come in any pieces. */
import { decodeHeader, type Envelope, HEADER_BYTES } from "#protocol/envelope";

const RECORD_HEAD_BYTES = 8;
/** No frame of the wire is as large; damaged data must not reserve memory without bound. */
const FRAME_MAX_BYTES = 64 * 1024 * 1024;

/** A frame as agents got it, and when. */
export interface Recorded {
  /** Since the recording began; never less than that of the one before. */
  readonly at_ms: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly header: Envelope;
}

/** What came is no recording. */
export class BadRecord extends Error {}

export class RecordReader {
  readonly #head = new Uint8Array(RECORD_HEAD_BYTES);
  #body: Uint8Array<ArrayBuffer> | null = null;
  #filled = 0;
  #at_ms = 0;

  /** Whether no record is half read. */
  get isBetween(): boolean {
    return this.#body === null && this.#filled === 0;
  }

  /** Take the next bytes; returns the frames that are whole with them. Throws BadRecord, BadEnvelope. */
  push(chunk: Uint8Array): Recorded[] {
    const found: Recorded[] = [];
    for (let at = 0; at < chunk.length; ) {
      const target = this.#body ?? this.#head;
      const part = chunk.subarray(at, at + target.length - this.#filled);
      target.set(part, this.#filled);
      at += part.length;
      this.#filled += part.length;
      if (this.#filled < target.length) break;
      this.#filled = 0;
      if (this.#body) found.push({ at_ms: this.#at_ms, bytes: this.#body, header: decodeHeader(this.#body) });
      this.#body = this.#body ? null : this.#begin();
    }
    return found;
  }

  /** The head is whole: make room for its frame. */
  #begin(): Uint8Array<ArrayBuffer> {
    const view = new DataView(this.#head.buffer);
    this.#at_ms = Math.max(this.#at_ms, view.getUint32(0, true));
    const length = view.getUint32(4, true);
    if (length < HEADER_BYTES || length > FRAME_MAX_BYTES) throw new BadRecord(`a frame of ${length} bytes`);
    return new Uint8Array(length);
  }
}
