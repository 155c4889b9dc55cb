/** Links by which a named agent can watch without a log-in (S2, S9a). */
import type { PublicLink } from "#protocol/messages";
import type { SurfaceHost } from "../ports.ts";

interface AgentGiven {
  agentId?: unknown;
  agentName?: unknown;
}

export interface PublicLinks {
  /** Throws TypeError when the agent has no id or no name. */
  ask(agent?: AgentGiven): Promise<string>;
  told(link: PublicLink): void;
}

export function startPublicLinks(host: SurfaceHost): PublicLinks {
  const waiting: ((url: string) => void)[] = [];
  return {
    ask({ agentId, agentName } = {}) {
      if (!agentId || !agentName) throw new TypeError("getPublicLink needs {agentId, agentName}");
      return new Promise((resolve) => {
        const id = waiting.push(resolve) - 1;
        void host.whenWelcomed().then(() => {
          const agent = { agent_id: String(agentId), agent_name: String(agentName) };
          host.send({ type: "public_link_wanted", id, ...agent });
        });
      });
    },
    told: ({ id, url }) => waiting[id]?.(url),
  };
}
