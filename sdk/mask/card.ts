/** Card numbers in ordinary text fields (api.md S7). */

const CARD_CHARACTERS = /^[\d\s.-]+$/;
const MIN_DIGITS = 13;
const MAX_DIGITS = 19;
/** An issuer's number has 6 digits; the 7th begins the holder's. */
const PREFIX_DIGITS = 7;

function digitsOf(text: string): string {
  return CARD_CHARACTERS.test(text) ? text.replace(/\D/g, "") : "";
}

/** Whether the check digit is right (ISO/IEC 7812-1, Luhn). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const weighted = i % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** Whether a field's whole text is a card number, with or without separators. */
export function looksLikeCard(text: string): boolean {
  const digits = digitsOf(text);
  return digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS && !/^(\d)\1*$/.test(digits) && passesLuhn(digits);
}

/** Whether text that is still being typed may be the beginning of a card number. */
export function mayBecomeCard(text: string): boolean {
  const digits = digitsOf(text);
  return digits.length >= PREFIX_DIGITS && digits.length <= MAX_DIGITS && /^[2-6]/.test(digits);
}
