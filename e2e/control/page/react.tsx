/** A form of controlled inputs, as React applications write them. */
import { useState } from "react";
import { createRoot } from "react-dom/client";

function Form() {
  const [name, setName] = useState("");
  const [note, setNote] = useState("");
  const [agreed, setAgreed] = useState(false);
  const [size, setSize] = useState("s");
  const [day, setDay] = useState("");
  const [level, setLevel] = useState("1");
  const [isOpen, setOpen] = useState(false);
  const [sent, setSent] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setSent(JSON.stringify({ name, note, agreed, size, day, level }));
      }}
    >
      <input id="name" value={name} onChange={(event) => setName(event.target.value.toUpperCase())} />
      <textarea id="note" value={note} onChange={(event) => setNote(event.target.value)} />
      <label id="label">
        <input id="agree" type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.target.checked)} />{" "}
        Agree
      </label>
      <select id="size" value={size} onChange={(event) => setSize(event.target.value)}>
        <option value="s">Small</option>
        <option value="l">Large</option>
      </select>
      <input id="day" type="date" value={day} onChange={(event) => setDay(event.target.value)} />
      <input id="level" type="range" value={level} onChange={(event) => setLevel(event.target.value)} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a hover menu as pages have them */}
      <div id="menu" onMouseEnter={() => setOpen(true)} onMouseLeave={() => setOpen(false)}>
        Menu {isOpen && <b id="item">Open</b>}
      </div>
      <button id="send" type="submit">
        Send
      </button>
      <output id="sent">{sent}</output>
    </form>
  );
}

const mount = document.getElementById("app");
if (mount) createRoot(mount).render(<Form />);
