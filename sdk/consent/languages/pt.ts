/** Portuguese. */
import type { Strings } from "../strings.ts";

export const STRINGS: Strings = {
  allow: "Permitir",
  deny: "Recusar",
  ok: "OK",
  endSession: "Encerrar sessão",
  hide: "Reduzir",
  show: "Mostrar quem vê esta página",
  viewTitle: "Permitir que {%agentName%|alguém} veja esta página?",
  viewMessage:
    "{%agentName%|Alguém} verá o que você faz em {%currentDomain%|este site}, e nada mais no seu dispositivo. Senhas e números de cartão permanecem ocultos.",
  controlTitle: "Permitir que {%agentName%|alguém} clique e digite?",
  controlMessage:
    "{%agentName%|Alguém} pede para usar {%currentDomain%|este site} com você. Os seus próprios cliques e teclas têm sempre prioridade.",
  someone: "Alguém",
  seeing: "Esta página pode ser vista por {who}",
  using: "{who} pode usar esta página, que também pode ser vista por {others}",
  usingAlone: "{who} pode ver e usar esta página",
  paused: "Ninguém está vendo neste momento",
  endedTitle: "Sessão encerrada",
  ended: {
    visitor_stopped: "Você encerrou a sessão. Agora ninguém pode ver esta página.",
    agent_stopped: "A pessoa que ajudava você encerrou a sessão. Agora ninguém pode ver esta página.",
    timeout: "A sessão terminou porque nada aconteceu durante algum tempo. Agora ninguém pode ver esta página.",
    rejected: "Você recusou. Agora ninguém pode ver esta página.",
    error: "A sessão terminou por um problema técnico. Agora ninguém pode ver esta página.",
    erased: "A sessão terminou e os seus dados foram apagados. Agora ninguém pode ver esta página.",
  },
  codeTitle: "O seu código",
  codeMessage: "Diga-o à pessoa que ajuda você. Vale por até uma hora.",
  codeNone: "Nenhum código está livre agora. Tente novamente dentro de alguns minutos.",
  codeButton: "Código de ajuda",
  others: "mais {n}",
  by: "Navegação partilhada com Twinpane",
};
