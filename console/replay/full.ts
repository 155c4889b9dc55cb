/** The whole screen for the replay, where the browser gives it. */
export function switchFull(): void {
  const asked = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
  // Refused without a press of a person, or by the page around; it stays as it is.
  asked?.catch(() => undefined);
}
