/** What scripts make fonts from: a font does not tell afterwards. */

export type FontSources = WeakMap<FontFace, string | BufferSource>;

/** Remember the sources of those that are made from now on; returns the way to stop. */
export function rememberFontSources(page: Window, sources: FontSources): () => void {
  const view = page as Window & typeof globalThis;
  const native = view.FontFace;
  if (!native) return () => undefined;
  const ours = new Proxy(native, {
    construct(target, args, newTarget) {
      const face = Reflect.construct(target, args, newTarget) as FontFace;
      sources.set(face, args[1]);
      return face;
    },
  });
  view.FontFace = ours;
  return () => {
    if (view.FontFace === ours) view.FontFace = native;
  };
}
