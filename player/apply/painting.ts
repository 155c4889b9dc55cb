/** Puts pictures together from their tiles, and shows them whole when they are complete: nothing flickers. */

const TYPE = "image/webp";
const QUALITY = 0.95;
/** As large as browsers let a canvas be; forged sizes are not tried. */
const MAX_SIDE_PX = 16_384;

export interface Tile {
  readonly x: number;
  readonly y: number;
  /** A `data:` address. */
  readonly picture: string;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The picture of one element while it is painted. */
interface Paint {
  readonly canvas: HTMLCanvasElement;
  /** Counts how often it began anew; what was on its way before is dropped. */
  beginning: number;
  tail: Promise<void>;
  /** Whether it is being shown, and whether it changed since that began. */
  showing: boolean;
  again: boolean;
  /** What it shows now; apart, because it outlives the element. */
  readonly lease: { address: string };
}

export interface Painting {
  /** Paint tiles of a picture of that size, one call's after the other's. */
  paint(element: HTMLElement, size: Size, tiles: readonly Tile[]): void;
  /** Begin anew with nothing. */
  clear(element: HTMLElement): void;
}

async function decoded(document: Document, address: string): Promise<HTMLImageElement> {
  const image = document.createElement("img");
  image.src = address;
  await image.decode();
  return image;
}

/** `show` shows a picture in an element; the address holds until it is called again. */
export function startPainting(show: (element: HTMLElement, address: string) => void): Painting {
  const paints = new WeakMap<HTMLElement, Paint>();
  /** Elements that nobody has any more. */
  const gone = new FinalizationRegistry<Paint["lease"]>(({ address }) => URL.revokeObjectURL(address));

  function paintOf(element: HTMLElement, { width, height }: Size): Paint {
    const isCanvas = element.localName === "canvas";
    const known = paints.get(element);
    const canvas = known?.canvas ?? (isCanvas ? (element as HTMLCanvasElement) : document.createElement("canvas"));
    if (!isCanvas && (canvas.width !== width || canvas.height !== height)) Object.assign(canvas, { width, height });
    if (known) return known;
    const lease = { address: "" };
    const paint = { canvas, beginning: 0, tail: Promise.resolve(), showing: false, again: false, lease };
    paints.set(element, paint);
    gone.register(element, lease);
    return paint;
  }

  async function draw(paint: Paint, size: Size, tiles: readonly Tile[]): Promise<boolean> {
    const { canvas, beginning } = paint;
    const images = await Promise.all(tiles.map(({ picture }) => decoded(document, picture)));
    const drawing = canvas.getContext("2d");
    if (paint.beginning !== beginning || !drawing) return false;
    const [byX, byY] = [canvas.width / size.width, canvas.height / size.height];
    tiles.forEach(({ x, y }, i) => {
      const image = images[i] as HTMLImageElement;
      const place = [x * byX, y * byY, image.naturalWidth * byX, image.naturalHeight * byY] as const;
      drawing.clearRect(...place);
      drawing.drawImage(image, ...place);
    });
    return true;
  }

  async function renew(element: HTMLElement, { canvas, lease, beginning }: Paint): Promise<void> {
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, TYPE, QUALITY));
    if (!blob) return;
    const address = URL.createObjectURL(blob);
    // Once it is decoded, the frame that shows it shows it whole.
    await decoded(element.ownerDocument, address).catch(() => undefined);
    const isCurrent = paints.get(element)?.beginning === beginning;
    if (isCurrent) show(element, address);
    URL.revokeObjectURL(isCurrent ? lease.address : address);
    if (isCurrent) lease.address = address;
  }

  async function present(element: HTMLElement, paint: Paint): Promise<void> {
    if (paint.showing) {
      paint.again = true;
      return;
    }
    paint.showing = true;
    do {
      paint.again = false;
      await renew(element, paint);
    } while (paint.again);
    paint.showing = false;
  }

  return {
    clear: (element) => {
      const paint = paints.get(element);
      if (!paint) return;
      paint.beginning++;
      paint.canvas.getContext("2d")?.clearRect(0, 0, paint.canvas.width, paint.canvas.height);
    },
    paint: (element, size, tiles) => {
      if (!(size.width > 0 && size.height > 0 && size.width <= MAX_SIDE_PX && size.height <= MAX_SIDE_PX)) return;
      const paint = paintOf(element, size);
      paint.tail = paint.tail
        .then(() => draw(paint, size, tiles))
        .then((drawn) => (drawn ? present(element, paint) : undefined))
        // A tile that no browser can read is left out.
        .catch(() => undefined);
    },
  };
}
