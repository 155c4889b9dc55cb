/** A link to `#upscope-lookup-code` shows the visitor their code (S6). */
const HASH = "#upscope-lookup-code";

export function watchLookupLinks(page: Window, show: () => void): void {
  const clicked = (event: Event): void => {
    if (!event.composedPath().some((target) => (target as Partial<HTMLAnchorElement>).hash === HASH)) return;
    event.preventDefault();
    show();
  };
  page.addEventListener("click", clicked, true);
}
