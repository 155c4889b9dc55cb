/** Who is logged in, and the ways to the server that all pages share. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Me, NEEDS } from "#protocol/console";
import { type Api, createApi, Problem, type RouteName } from "./api.ts";
import { isAtLeast } from "./rights.ts";
import { type ConsoleSocket, openSocket, type SocketWorld } from "./socket.ts";

export interface Desk {
  readonly api: Api;
  /** undefined while it is being asked, null when nobody is logged in. */
  readonly me: Signal<Me | null | undefined>;
  /** Why it cannot be told who is logged in. */
  readonly problem: ReadonlySignal<Problem | null>;
  /** Why the log-in page is shown, when there was a log-in before. */
  readonly gone: Signal<"ended" | "left" | null>;
  /** Open while somebody is logged in. */
  readonly socket: ReadonlySignal<ConsoleSocket | null>;
  /** Ask anew who is logged in. */
  look(): void;
  logOut(): Promise<void>;
}

export function createDesk(ask: typeof fetch, socketUrl: string, world: SocketWorld): Desk {
  const me = signal<Me | null | undefined>(undefined);
  const problem = signal<Problem | null>(null);
  const gone = signal<"ended" | "left" | null>(null);
  const socket = signal<ConsoleSocket | null>(null);
  const api = createApi(ask, () => {
    if (me.value) gone.value = "ended";
    me.value = null;
  });
  const isIn = computed(() => Boolean(me.value));
  effect(() => {
    if (!isIn.value) return undefined;
    const opened = openSocket(socketUrl, world);
    socket.value = opened;
    return () => {
      opened.close();
      socket.value = null;
    };
  });
  const look = () => {
    problem.value = null;
    api("GET /me").then(
      (found) => {
        me.value = found;
      },
      (reason: unknown) => {
        const told = Problem.of(reason);
        if (told.code !== "not_logged_in") problem.value = told;
      },
    );
  };
  const logOut = async () => {
    await api("POST /log-out");
    gone.value = "left";
    me.value = null;
  };
  return { api, me, problem, gone, socket, look, logOut };
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("a page outside of the desk");
  return desk;
}

/** Who is logged in, on pages that are shown only then. */
export function useMe(): Me {
  const me = useDesk().me.value;
  if (!me) throw new Error("a page for members without one");
  return me;
}

/** Whether this member may use a route, by the server's own table: what they may not do is not shown. */
export function useMay(name: RouteName): boolean {
  const needed = NEEDS[name];
  return needed === null || isAtLeast(useMe().member.role, needed);
}
