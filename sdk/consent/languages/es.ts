/** Spanish. */
import type { Strings } from "../strings.ts";

export const STRINGS: Strings = {
  allow: "Permitir",
  deny: "Rechazar",
  ok: "Aceptar",
  endSession: "Finalizar sesión",
  hide: "Reducir",
  show: "Mostrar quién ve esta página",
  viewTitle: "¿Permitir que {%agentName%|alguien} vea esta página?",
  viewMessage:
    "{%agentName%|Alguien} verá lo que usted haga en {%currentDomain%|este sitio} y nada más de su dispositivo. Las contraseñas y los números de tarjeta permanecen ocultos.",
  controlTitle: "¿Permitir que {%agentName%|alguien} haga clic y escriba?",
  controlMessage:
    "{%agentName%|Alguien} pide usar {%currentDomain%|este sitio} con usted. Sus propios clics y teclas siempre tienen prioridad.",
  someone: "Alguien",
  seeing: "Esta página es visible para {who}",
  using: "{who} puede usar esta página, visible también para {others}",
  usingAlone: "{who} puede ver y usar esta página",
  paused: "Nadie está mirando en este momento",
  endedTitle: "Sesión finalizada",
  ended: {
    visitor_stopped: "Usted finalizó la sesión. Ahora nadie puede ver esta página.",
    agent_stopped: "La persona que le ayudaba finalizó la sesión. Ahora nadie puede ver esta página.",
    timeout: "La sesión terminó porque no pasó nada durante un rato. Ahora nadie puede ver esta página.",
    rejected: "Usted rechazó la solicitud. Ahora nadie puede ver esta página.",
    error: "La sesión terminó por un problema técnico. Ahora nadie puede ver esta página.",
    erased: "La sesión terminó y sus datos se borraron. Ahora nadie puede ver esta página.",
  },
  codeTitle: "Su código",
  codeMessage: "Dígaselo a la persona que le ayuda. Es válido durante una hora como máximo.",
  codeNone: "Ahora no hay ningún código libre. Inténtelo de nuevo dentro de unos minutos.",
  codeButton: "Código de ayuda",
  others: "{n} más",
  by: "Navegación compartida con Twinpane",
};
