/** Pieces of a picture as `data:` addresses. The browser encodes them beside the main thread. */
import type { Piece } from "./tiles.ts";

const TYPE = "image/webp";
const CHUNK = 0x8000;

/** The piece as it is now, encoded; reads nothing of `picture` after the call. */
export async function encoded(picture: OffscreenCanvas, piece: Piece, quality: number): Promise<string> {
  const { x, y, width, height } = piece;
  const cut = new OffscreenCanvas(width, height);
  cut.getContext("2d")?.drawImage(picture, -x, -y);
  const blob = await cut.convertToBlob({ type: TYPE, quality });
  return `data:${blob.type};base64,${base64Of(new Uint8Array(await blob.arrayBuffer()))}`;
}

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}
