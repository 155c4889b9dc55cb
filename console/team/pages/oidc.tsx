/** Where the team's own log-in service sends the browser back to. */
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { Mark } from "../icons.tsx";
import { Problem } from "../state/api.ts";
import { useDesk } from "../state/desk.ts";
import { WORDS } from "../words.ts";

export function Page() {
  const desk = useDesk();
  const { route } = useLocation();
  const [brought] = useState(takeFromAddress);
  const [problem, setProblem] = useState<Problem | null>(null);
  // Once: a code works once.
  useEffect(() => {
    desk.api("POST /log-in/oidc/back", { body: brought }).then(
      (found) => {
        desk.me.value = found;
        desk.gone.value = null;
        route("/console", true);
      },
      (reason: unknown) => setProblem(Problem.of(reason)),
    );
  }, []);
  return (
    <main class="threshold">
      <section class="panel">
        <Mark size={40} />
        <h1>{problem ? WORDS.oidc.failed : WORDS.oidc.looking}</h1>
        {problem && (
          <>
            <p class="lead" role="alert">
              {problem.words}
            </p>
            <a class="button" href="/console">
              {WORDS.join.toLogIn}
            </a>
          </>
        )}
      </section>
    </main>
  );
}

/** What came back, which then stands in the address and the history no more. */
function takeFromAddress() {
  const sent = new URLSearchParams(location.search);
  history.replaceState(history.state, "", location.pathname);
  return { state: sent.get("state") ?? "", code: sent.get("code"), error: sent.get("error") };
}
