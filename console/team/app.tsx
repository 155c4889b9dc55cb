/** The console as a whole: log-in, or the rail and a page. */
import { Component, type ComponentChildren } from "preact";
import { LocationProvider, Route, Router, useLocation } from "preact-iso/router";
import { lazy } from "./lazy.tsx";
import { Button } from "./parts/controls.tsx";
import { Empty } from "./parts/empty.tsx";
import { Toasts } from "./parts/toasts.tsx";
import { Rail } from "./rail.tsx";
import { useDesk } from "./state/desk.ts";
import { Visitors } from "./visitors/page.tsx";
import { WORDS } from "./words.ts";

const Join = lazy(() => import("./pages/join.tsx"));
const LogIn = lazy(() => import("./pages/log_in.tsx"));
const Oidc = lazy(() => import("./pages/oidc.tsx"));
const EnterCode = lazy(() => import("./pages/enter_code.tsx"));
const OpenSite = lazy(() => import("./site/page.tsx"));
const VisitorPage = lazy(() => import("./pages/visitor.tsx"));
const Live = lazy(() => import("./pages/live.tsx"));
const Sessions = lazy(() => import("./pages/sessions.tsx"));
const SessionPage = lazy(() => import("./pages/session.tsx"));
const Members = lazy(() => import("./pages/members.tsx"));
const Keys = lazy(() => import("./pages/keys.tsx"));
const Webhooks = lazy(() => import("./pages/webhooks.tsx"));
const Audit = lazy(() => import("./pages/audit.tsx"));
const Data = lazy(() => import("./data/page.tsx"));
const Account = lazy(() => import("./pages/account.tsx"));
const Settings = lazy(() => import("./pages/settings.tsx"));

export function App() {
  return (
    <Guard>
      <LocationProvider scope="/console">
        <Door />
        <Toasts />
      </LocationProvider>
    </Guard>
  );
}

/** Whoever is not logged in gets the log-in, at whatever address; it goes on there afterwards. */
function Door() {
  const desk = useDesk();
  const { path } = useLocation();
  if (path === "/console/join") return <Join />;
  if (desk.problem.value) {
    return (
      <Empty tone="danger" title={WORDS.notLoaded} detail={desk.problem.value.words}>
        <Button onClick={desk.look}>{WORDS.tryAgain}</Button>
      </Empty>
    );
  }
  if (desk.me.value === undefined) return null;
  // Not before it is known who is logged in: that answer must not come after the log-in's.
  if (path === "/console/oidc") return <Oidc />;
  if (desk.me.value === null) return <LogIn />;
  return <House />;
}

function House() {
  return (
    <div class="console">
      <a class="skip" href="#content">
        {WORDS.skip}
      </a>
      <Rail />
      <main id="content" tabIndex={-1}>
        <LinkNote />
        <Router onRouteChange={toTop}>
          <Route path="/console" component={Visitors} />
          <Route path="/console/code" component={EnterCode} />
          <Route path="/console/site" component={OpenSite} />
          <Route path="/console/visitors/:id" component={VisitorPage} />
          <Route path="/console/live" component={Live} />
          <Route path="/console/sessions" component={Sessions} />
          <Route path="/console/sessions/:id" component={SessionPage} />
          <Route path="/console/members" component={Members} />
          <Route path="/console/keys" component={Keys} />
          <Route path="/console/webhooks" component={Webhooks} />
          <Route path="/console/audit" component={Audit} />
          <Route path="/console/data" component={Data} />
          <Route path="/console/settings" component={Settings} />
          <Route path="/console/account" component={Account} />
          <Route default component={Nowhere} />
        </Router>
      </main>
    </div>
  );
}

function toTop(): void {
  const main = document.getElementById("content");
  main?.scrollTo(0, 0);
  // Screen readers and the keyboard go on where the new page begins.
  if (!main?.contains(document.activeElement)) main?.focus({ preventScroll: true });
}

/** Say that what is seen may be old. */
function LinkNote() {
  const status = useDesk().socket.value?.status.value;
  if (status !== "lost" && status !== "refused") return null;
  return (
    <p class="link-note" role="status">
      <span class="dot warn" />
      {WORDS.link[status]}
    </p>
  );
}

function Nowhere() {
  return (
    <Empty title={WORDS.noPage} detail={WORDS.noPageDetail}>
      <a class="button" href="/console">
        {WORDS.toVisitors}
      </a>
    </Empty>
  );
}

/** What fails in a page is said, not left blank. */
class Guard extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  static override getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(reason: unknown): void {
    console.error("Twinpane: the console broke off", reason);
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Empty tone="danger" title={WORDS.brokeOff} detail={WORDS.brokeOffDetail}>
        <Button onClick={() => location.reload()}>{WORDS.loadAgain}</Button>
      </Empty>
    );
  }
}
