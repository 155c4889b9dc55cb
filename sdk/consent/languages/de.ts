/** German. */
import type { Strings } from "../strings.ts";

export const STRINGS: Strings = {
  allow: "Erlauben",
  deny: "Ablehnen",
  ok: "OK",
  endSession: "Sitzung beenden",
  hide: "Verkleinern",
  show: "Zeigen, wer diese Seite sieht",
  viewTitle: "Darf {%agentName%|jemand} diese Seite sehen?",
  viewMessage:
    "{%agentName%|Jemand} sieht dann, was Sie auf {%currentDomain%|dieser Website} tun, und sonst nichts auf Ihrem Gerät. Passwörter und Kartennummern bleiben verborgen.",
  controlTitle: "Darf {%agentName%|jemand} klicken und tippen?",
  controlMessage:
    "{%agentName%|Jemand} möchte {%currentDomain%|diese Website} mit Ihnen bedienen. Ihre eigenen Klicks und Tasten gehen immer vor.",
  someone: "Jemand",
  seeing: "Diese Seite ist sichtbar für {who}",
  using: "{who} kann diese Seite bedienen, sichtbar ist sie auch für {others}",
  usingAlone: "{who} kann diese Seite sehen und bedienen",
  paused: "Gerade sieht niemand zu",
  endedTitle: "Sitzung beendet",
  ended: {
    visitor_stopped: "Sie haben die Sitzung beendet. Jetzt sieht niemand mehr diese Seite.",
    agent_stopped: "Wer Ihnen half, hat die Sitzung beendet. Jetzt sieht niemand mehr diese Seite.",
    timeout: "Die Sitzung endete, weil eine Weile nichts geschah. Jetzt sieht niemand mehr diese Seite.",
    rejected: "Sie haben abgelehnt. Jetzt sieht niemand mehr diese Seite.",
    error: "Die Sitzung endete wegen eines technischen Problems. Jetzt sieht niemand mehr diese Seite.",
    erased: "Die Sitzung ist beendet und ihre Daten sind gelöscht. Jetzt sieht niemand mehr diese Seite.",
  },
  codeTitle: "Ihr Code",
  codeMessage: "Nennen Sie ihn der Person, die Ihnen hilft. Er gilt bis zu einer Stunde.",
  codeNone: "Gerade ist kein Code frei. Bitte versuchen Sie es in ein paar Minuten noch einmal.",
  codeButton: "Code für Hilfe",
  others: "{n} weitere",
  by: "Co-Browsing mit Twinpane",
};
