/** Return the address that was meant by what was typed, null when there is none: a host goes without its scheme. */
export function addressOf(typed: string): string | null {
  const text = typed.trim();
  if (text === "") return null;
  // A scheme, or a way within the site. A colon before digits is a port.
  if (/^[a-z][a-z\d+.-]*:(?!\d)/i.test(text) || /^[/?#]/.test(text)) return text;
  const isLocal = /^(localhost|127\.|\[)/i.test(text);
  return `${isLocal ? "http" : "https"}://${text}`;
}
