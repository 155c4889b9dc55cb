/** A basket in React that an agent can help with: a provider, the hook, what agents do not see and what they do not touch. */
import { Masked, NoRemoteControl, Provider, useUpscope } from "@twinpane/react";
import { useState } from "react";
import { createRoot } from "react-dom/client";

function Help() {
  const { upscope, shortId, isLive, observers } = useUpscope();
  const [code, setCode] = useState<string | null>(null);
  return (
    <aside>
      <p id="standing">{isLive ? `${observers} with you` : shortId ? "Ready to be helped" : "Connecting"}</p>
      <button type="button" id="code" onClick={() => void upscope("getLookupCode").then(setCode)}>
        {code ?? "Get help"}
      </button>
    </aside>
  );
}

function Basket() {
  const [pieces, setPieces] = useState(1);
  return (
    <main>
      <h1>Your basket</h1>
      <p>
        Kettle, <output id="pieces">{pieces}</output>
      </p>
      <button type="button" id="more" onClick={() => setPieces(pieces + 1)}>
        One more
      </button>
      <Masked as="p" id="address">
        Ada Lovelace, 12 St James’s Square
      </Masked>
      <NoRemoteControl>
        <button type="button" id="pay">
          Pay
        </button>
      </NoRemoteControl>
    </main>
  );
}

function Shop({ host = "", publicKey = "", visitor = "" }) {
  const [isKnown, setKnown] = useState(true);
  return (
    <Provider
      host={host}
      publicKey={publicKey}
      identity={{ uniqueId: isKnown ? visitor : null }}
      options={{ authorizationPromptTitle: "May {%agentName%} look into your basket?" }}
    >
      <Basket />
      <Help />
      <button type="button" id="log-out" onClick={() => setKnown(false)}>
        Log out
      </button>
    </Provider>
  );
}

const place = document.querySelector<HTMLElement>("#shop");
if (place) {
  const { host, key, visitor } = place.dataset;
  createRoot(place).render(<Shop host={host} publicKey={key} visitor={visitor} />);
}
