/** Italian. */
import type { Strings } from "../strings.ts";

export const STRINGS: Strings = {
  allow: "Consenti",
  deny: "Rifiuta",
  ok: "OK",
  endSession: "Termina sessione",
  hide: "Riduci",
  show: "Mostra chi vede questa pagina",
  viewTitle: "Consentire a {%agentName%|qualcuno} di vedere questa pagina?",
  viewMessage:
    "{%agentName%|Qualcuno} vedrà ciò che fa su {%currentDomain%|questo sito} e nient’altro del suo dispositivo. Password e numeri di carta restano nascosti.",
  controlTitle: "Consentire a {%agentName%|qualcuno} di fare clic e scrivere?",
  controlMessage:
    "{%agentName%|Qualcuno} chiede di usare {%currentDomain%|questo sito} insieme a lei. I suoi clic e i suoi tasti hanno sempre la precedenza.",
  someone: "Qualcuno",
  seeing: "Questa pagina è visibile a {who}",
  using: "{who} può usare questa pagina, visibile anche a {others}",
  usingAlone: "{who} può vedere e usare questa pagina",
  paused: "In questo momento nessuno sta guardando",
  endedTitle: "Sessione terminata",
  ended: {
    visitor_stopped: "Ha terminato la sessione. Ora nessuno può vedere questa pagina.",
    agent_stopped: "La persona che la aiutava ha terminato la sessione. Ora nessuno può vedere questa pagina.",
    timeout: "La sessione è terminata perché per un po’ non è successo nulla. Ora nessuno può vedere questa pagina.",
    rejected: "Ha rifiutato. Ora nessuno può vedere questa pagina.",
    error: "La sessione è terminata per un problema tecnico. Ora nessuno può vedere questa pagina.",
    erased: "La sessione è terminata e i suoi dati sono stati cancellati. Ora nessuno può vedere questa pagina.",
  },
  codeTitle: "Il suo codice",
  codeMessage: "Lo comunichi alla persona che la aiuta. Vale al massimo un’ora.",
  codeNone: "Al momento nessun codice è libero. Riprovi tra qualche minuto.",
  codeButton: "Codice di assistenza",
  others: "altri {n}",
  by: "Navigazione condivisa con Twinpane",
};
