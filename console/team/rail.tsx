/** The way around: a rail at the side; on a phone a bar below, with the rarer places behind "More". */

import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { Icon, type IconName, Mark } from "./icons.tsx";
import { toast } from "./parts/toasts.tsx";
import { Problem } from "./state/api.ts";
import { useDesk, useMay, useMe } from "./state/desk.ts";
import { number, WORDS } from "./words.ts";

interface Place {
  path: string;
  icon: IconName;
  name: string;
  count?: number | undefined;
  /** Somebody waits there. */
  alert?: boolean;
}

function usePlaces(): { daily: Place[]; rare: Place[] } {
  const totals = useDesk().socket.value?.totals.value;
  const daily: Place[] = [
    {
      path: "/console",
      icon: "visitors",
      name: WORDS.nav.visitors,
      count: totals?.online,
      alert: (totals?.waiting ?? 0) > 0,
    },
    { path: "/console/live", icon: "live", name: WORDS.nav.live, count: totals?.sessions },
    { path: "/console/sessions", icon: "sessions", name: WORDS.nav.sessions },
  ];
  if (useMay("POST /lookup")) daily.splice(1, 0, { path: "/console/code", icon: "code", name: WORDS.nav.code });
  const rare: Place[] = [];
  if (useMay("POST /proxy_sessions")) rare.push({ path: "/console/site", icon: "out", name: WORDS.site.title });
  rare.push({ path: "/console/members", icon: "members", name: WORDS.nav.members });
  if (useMay("GET /keys")) rare.push({ path: "/console/keys", icon: "keys", name: WORDS.nav.keys });
  if (useMay("GET /webhooks")) rare.push({ path: "/console/webhooks", icon: "webhooks", name: WORDS.nav.webhooks });
  rare.push({ path: "/console/data", icon: "data", name: WORDS.nav.data });
  if (useMay("GET /audit")) rare.push({ path: "/console/audit", icon: "audit", name: WORDS.nav.audit });
  rare.push({ path: "/console/settings", icon: "settings", name: WORDS.nav.settings });
  return { daily, rare };
}

export function Rail() {
  const { daily, rare } = usePlaces();
  const { path } = useLocation();
  const { team } = useMe();
  const more = useRef<HTMLDivElement>(null);
  // Gone once one of its places was chosen.
  useEffect(() => more.current?.hidePopover(), [path]);
  return (
    <div class="rail">
      <p class="team">
        {team.logo ? <img class="logo" src={team.logo} alt="" height="24" /> : <Mark />}
        <span>{team.name}</span>
      </p>
      <nav aria-label={WORDS.nav.label}>
        <ul class="daily">
          <Places of={daily} />
        </ul>
        <ul class="rare">
          <Places of={rare} />
        </ul>
        <button type="button" class="place more-places" popovertarget="more-places">
          <Icon name="more" />
          <span>{WORDS.more}</span>
        </button>
      </nav>
      <div id="more-places" popover="auto" ref={more}>
        <ul>
          <Places of={rare} />
        </ul>
        <Account />
      </div>
      <Account />
    </div>
  );
}

function Places({ of }: { of: Place[] }) {
  const { path } = useLocation();
  return (
    <>
      {of.map((place) => {
        const isHere = place.path === "/console" ? isVisitors(path) : path.startsWith(place.path);
        return (
          <li key={place.path}>
            <a class="place" href={place.path} aria-current={isHere ? "page" : undefined}>
              <Icon name={place.icon} />
              <span>{place.name}</span>
              {place.alert && (
                <span class="dot warn">
                  <span class="unseen">{WORDS.visitors.waits}</span>
                </span>
              )}
              {place.count !== undefined && place.count > 0 && <span class="count figures">{number(place.count)}</span>}
            </a>
          </li>
        );
      })}
    </>
  );
}

const isVisitors = (path: string) => path === "/console" || path.startsWith("/console/visitors");

function Account() {
  const desk = useDesk();
  const { member } = useMe();
  const leave = () => desk.logOut().catch((reason: unknown) => toast(Problem.of(reason).words, true));
  return (
    <div class="account">
      <a href="/console/account" class="who" title={WORDS.nav.account}>
        <strong>{member.name}</strong>
        <span>{WORDS.roles[member.role]}</span>
      </a>
      <button type="button" class="icon-button" aria-label={WORDS.nav.logOut} title={WORDS.nav.logOut} onClick={leave}>
        <Icon name="leave" />
      </button>
    </div>
  );
}
