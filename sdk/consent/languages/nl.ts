/** Dutch. */
import type { Strings } from "../strings.ts";

export const STRINGS: Strings = {
  allow: "Toestaan",
  deny: "Weigeren",
  ok: "OK",
  endSession: "Sessie beëindigen",
  hide: "Kleiner maken",
  show: "Tonen wie deze pagina ziet",
  viewTitle: "Mag {%agentName%|iemand} deze pagina zien?",
  viewMessage:
    "{%agentName%|Iemand} ziet dan wat u doet op {%currentDomain%|deze site}, en verder niets op uw apparaat. Wachtwoorden en kaartnummers blijven verborgen.",
  controlTitle: "Mag {%agentName%|iemand} klikken en typen?",
  controlMessage:
    "{%agentName%|Iemand} vraagt om {%currentDomain%|deze site} samen met u te gebruiken. Uw eigen klikken en toetsen gaan altijd voor.",
  someone: "Iemand",
  seeing: "Deze pagina is te zien voor {who}",
  using: "{who} kan deze pagina gebruiken, ook te zien voor {others}",
  usingAlone: "{who} kan deze pagina zien en gebruiken",
  paused: "Op dit moment kijkt niemand mee",
  endedTitle: "Sessie beëindigd",
  ended: {
    visitor_stopped: "U hebt de sessie beëindigd. Niemand kan deze pagina nu nog zien.",
    agent_stopped: "De persoon die u hielp heeft de sessie beëindigd. Niemand kan deze pagina nu nog zien.",
    timeout: "De sessie is gestopt omdat er een tijd niets gebeurde. Niemand kan deze pagina nu nog zien.",
    rejected: "U hebt geweigerd. Niemand kan deze pagina nu nog zien.",
    error: "De sessie is gestopt door een technisch probleem. Niemand kan deze pagina nu nog zien.",
    erased: "De sessie is voorbij en de gegevens zijn gewist. Niemand kan deze pagina nu nog zien.",
  },
  codeTitle: "Uw code",
  codeMessage: "Noem hem aan de persoon die u helpt. Hij is hooguit een uur geldig.",
  codeNone: "Er is nu geen code vrij. Probeer het over een paar minuten opnieuw.",
  codeButton: "Code voor hulp",
  others: "{n} anderen",
  by: "Meekijken met Twinpane",
};
