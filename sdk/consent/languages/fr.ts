/** French. */
import type { Strings } from "../strings.ts";

export const STRINGS: Strings = {
  allow: "Autoriser",
  deny: "Refuser",
  ok: "OK",
  endSession: "Terminer la session",
  hide: "Réduire",
  show: "Afficher qui voit cette page",
  viewTitle: "Autoriser {%agentName%|quelqu’un} à voir cette page ?",
  viewMessage:
    "{%agentName%|Quelqu’un} verra ce que vous faites sur {%currentDomain%|ce site}, et rien d’autre sur votre appareil. Les mots de passe et numéros de carte restent cachés.",
  controlTitle: "Autoriser {%agentName%|quelqu’un} à cliquer et à écrire ?",
  controlMessage:
    "{%agentName%|Quelqu’un} demande à utiliser {%currentDomain%|ce site} avec vous. Vos propres clics et touches passent toujours en premier.",
  someone: "Quelqu’un",
  seeing: "Cette page est visible par {who}",
  using: "{who} peut utiliser cette page, visible aussi par {others}",
  usingAlone: "{who} peut voir et utiliser cette page",
  paused: "Personne ne regarde en ce moment",
  endedTitle: "Session terminée",
  ended: {
    visitor_stopped: "Vous avez terminé la session. Plus personne ne voit cette page.",
    agent_stopped: "La personne qui vous aidait a terminé la session. Plus personne ne voit cette page.",
    timeout: "La session s’est terminée car rien ne s’est passé pendant un moment. Plus personne ne voit cette page.",
    rejected: "Vous avez refusé. Plus personne ne voit cette page.",
    error: "La session s’est terminée à cause d’un problème technique. Plus personne ne voit cette page.",
    erased: "La session est terminée et ses données ont été effacées. Plus personne ne voit cette page.",
  },
  codeTitle: "Votre code",
  codeMessage: "Donnez-le à la personne qui vous aide. Il est valable une heure au plus.",
  codeNone: "Aucun code n’est libre pour l’instant. Réessayez dans quelques minutes.",
  codeButton: "Code d’assistance",
  others: "{n} autres",
  by: "Navigation partagée par Twinpane",
};
