/** Entry of the team console: builds the desk and draws. */
import { effect } from "@preact/signals";
import { render } from "preact";
import "../theme.css";
import { App } from "./app.tsx";
import { chosenLanguage, speak } from "./languages.ts";
import { startClock } from "./parts/time.tsx";
import { createDesk, DeskContext } from "./state/desk.ts";
import "./team.css";
import { WORDS } from "./words.ts";

function start(root: HTMLElement): void {
  const desk = createDesk(
    (...request) => fetch(...request),
    `${location.origin.replace(/^http/, "ws")}/console/socket`,
    {
      WebSocket,
      setTimeout: (ring, delayMs) => setTimeout(ring, delayMs),
      clearTimeout: (timer) => clearTimeout(timer),
      random: Math.random,
    },
  );
  startClock();
  desk.look();
  effect(() => {
    document.title = desk.me.value ? `${desk.me.value.team.name} - ${WORDS.product}` : WORDS.product;
  });
  render(
    <DeskContext.Provider value={desk}>
      <App />
    </DeskContext.Provider>,
    root,
  );
}

const root = document.getElementById("app");
if (root) {
  await speak(document.documentElement, [chosenLanguage(), ...navigator.languages]);
  start(root);
}
