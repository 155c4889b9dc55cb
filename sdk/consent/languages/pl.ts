/** Polish. */
import type { Strings } from "../strings.ts";

export const STRINGS: Strings = {
  allow: "Zezwól",
  deny: "Odmów",
  ok: "OK",
  endSession: "Zakończ sesję",
  hide: "Zmniejsz",
  show: "Pokaż, kto widzi tę stronę",
  viewTitle: "Udostępnić widok tej strony: {%agentName%|ktoś}?",
  viewMessage:
    "{%agentName%|Ktoś} zobaczy, co robisz w {%currentDomain%|tej witrynie}, i nic poza tym na Twoim urządzeniu. Hasła i numery kart pozostają ukryte.",
  controlTitle: "Zezwolić na klikanie i pisanie: {%agentName%|ktoś}?",
  controlMessage:
    "{%agentName%|Ktoś} prosi o możliwość korzystania z {%currentDomain%|tej witryny} razem z Tobą. Twoje kliknięcia i klawisze zawsze mają pierwszeństwo.",
  someone: "Ktoś",
  seeing: "Tę stronę widzi: {who}",
  using: "Z tej strony może korzystać: {who}; widzi ją też: {others}",
  usingAlone: "Tę stronę widzi i może z niej korzystać: {who}",
  paused: "Teraz nikt nie patrzy",
  endedTitle: "Sesja zakończona",
  ended: {
    visitor_stopped: "Sesja została zakończona przez Ciebie. Nikt już nie widzi tej strony.",
    agent_stopped: "Sesję zakończyła osoba, która Ci pomagała. Nikt już nie widzi tej strony.",
    timeout: "Sesja zakończyła się, bo przez pewien czas nic się nie działo. Nikt już nie widzi tej strony.",
    rejected: "Prośba została odrzucona. Nikt już nie widzi tej strony.",
    error: "Sesja zakończyła się z powodu problemu technicznego. Nikt już nie widzi tej strony.",
    erased: "Sesja się zakończyła, a jej dane usunięto. Nikt już nie widzi tej strony.",
  },
  codeTitle: "Twój kod",
  codeMessage: "Podaj go osobie, która Ci pomaga. Jest ważny najwyżej godzinę.",
  codeNone: "Chwilowo nie ma wolnego kodu. Spróbuj ponownie za kilka minut.",
  codeButton: "Kod do pomocy",
  others: "jeszcze {n}",
  by: "Wspólne przeglądanie z Twinpane",
};
