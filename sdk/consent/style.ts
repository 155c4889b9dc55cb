/** The look of everything of ours in the visitor's page (design §9). `:host` wins over the page only with `!important`. */
export const STYLE = `
:host {
  all: initial !important;
  position: fixed !important;
  inset: 0 !important;
  display: block !important;
  width: auto !important;
  height: auto !important;
  margin: 0 !important;
  padding: 0 !important;
  border: 0 !important;
  background: none !important;
  overflow: visible !important;
  pointer-events: none !important;
  z-index: 2147483647 !important;
  color-scheme: light dark !important;
  contain: layout style !important;
  --surface: #fff;
  --ink: #1c2024;
  --quiet: #5a6169;
  --line: #d5d9dd;
  --hover: #f1f3f4;
  --accent: #0b7a75;
  --accent-hover: #096660;
  --on-accent: #fff;
}
@media (prefers-color-scheme: dark) {
  :host {
    --surface: #1d2024;
    --ink: #eceef0;
    --quiet: #a3abb3;
    --line: #3c4248;
    --hover: #2a2e33;
    --accent: #35c2b8;
    --accent-hover: #5ad0c8;
    --on-accent: #06211f;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.root {
  position: absolute;
  inset: 0;
  font: 400 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  color: var(--ink);
  text-align: start;
}
.frame {
  position: absolute;
  inset: 0;
  border: 2px solid var(--accent);
}
.top, .bottom {
  position: absolute;
  inset-inline: 0;
  display: flex;
  flex-direction: column;
  align-items: center;
  gap: 8px;
  padding: 0 12px;
}
.top { top: min(48px, 6vh); }
.bottom { bottom: calc(12px + env(safe-area-inset-bottom, 0px)); }
.card, .pill {
  pointer-events: auto;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: 8px;
  box-shadow: 0 1px 2px rgb(0 0 0 / 0.08), 0 4px 16px rgb(0 0 0 / 0.08);
  animation: appear 140ms ease-out;
}
.card {
  width: 100%;
  max-width: 350px;
  max-height: calc(100vh - 96px);
  overflow: auto;
  padding: 20px;
}
.title {
  margin: 0 0 8px;
  font-size: 17px;
  font-weight: 600;
  line-height: 1.3;
  overflow-wrap: anywhere;
  text-wrap: balance;
}
.message {
  margin: 0 0 20px;
  color: var(--quiet);
  overflow-wrap: anywhere;
}
.code {
  margin: 8px 0 12px;
  font-size: 44px;
  font-weight: 600;
  line-height: 1.1;
  letter-spacing: 0.16em;
  font-variant-numeric: tabular-nums;
}
.foot {
  margin: 12px 0 -4px;
  color: var(--quiet);
  font-size: 12px;
  text-align: center;
}
.answers {
  display: flex;
  gap: 8px;
  justify-content: flex-end;
}
.answers.pair > button { flex: 1; }
button {
  all: unset;
  box-sizing: border-box;
  min-height: 44px;
  padding: 8px 20px;
  border: 1px solid var(--line);
  border-radius: 8px;
  font: inherit;
  text-align: center;
  cursor: pointer;
  -webkit-tap-highlight-color: transparent;
}
button:hover { background: var(--hover); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button.primary {
  background: var(--accent);
  border-color: var(--accent);
  color: var(--on-accent);
  font-weight: 600;
}
button.primary:hover { background: var(--accent-hover); border-color: var(--accent-hover); }
.pill {
  display: flex;
  align-items: center;
  max-width: 100%;
  padding: 0 4px 0 12px;
  font-size: 14px;
}
.pill button { min-height: 44px; border: 0; padding: 8px 12px; white-space: nowrap; }
.pill .end { color: var(--accent); font-weight: 600; }
.pill .fold, .pill .details { min-width: 44px; padding: 0; display: grid; place-items: center; color: var(--quiet); }
.pill.offer { align-self: flex-end; padding: 0; }
.pill.folded { padding: 0; }
.pill.folded > :not(.fold) { display: none; }
.who { padding: 8px 12px 8px 8px; min-width: 0; overflow-wrap: anywhere; line-height: 1.3; }
.dot { flex: none; width: 8px; height: 8px; border-radius: 50%; background: var(--accent); }
.pill.paused .dot { background: var(--quiet); }
.fold svg { display: block; }
.pill.held .who { color: var(--accent); }
.pill.folded .fold { color: var(--accent); }
.rule { flex: none; width: 1px; height: 20px; background: var(--line); }
.cursor {
  position: absolute;
  left: 0;
  top: 0;
  --agent: var(--accent);
  margin: -2px 0 0 -3px;
  will-change: transform;
  transition: transform 120ms linear;
}
.cursor.fresh { transition: none; }
.cursor svg { display: block; fill: var(--agent); stroke: #fff; stroke-width: 2.5; paint-order: stroke; }
.name {
  position: absolute;
  left: 16px;
  top: 20px;
  max-width: 160px;
  padding: 2px 8px;
  border-radius: 8px;
  background: var(--agent);
  color: var(--on-agent, #fff);
  font-size: 12px;
  font-weight: 600;
  line-height: 1.4;
  white-space: nowrap;
  overflow: hidden;
  text-overflow: ellipsis;
}
.ripple {
  position: absolute;
  width: 32px;
  height: 32px;
  margin: -16px 0 0 -16px;
  border: 3px solid var(--agent);
  border-radius: 50%;
  animation: ripple 140ms ease-out;
}
.polite {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
}
@keyframes appear { from { opacity: 0; transform: translateY(-4px); } }
@keyframes ripple { from { transform: scale(0.3); } }
@media (max-width: 400px) {
  .card { padding: 16px; }
  .pill { font-size: 13px; padding: 0 0 0 12px; }
  .pill .end { padding-inline: 8px 0; }
  .rule { display: none; }
}
@media (prefers-reduced-motion: reduce) {
  * { animation: none !important; transition: none !important; }
}
@media (forced-colors: active) {
  .card, .pill, button { border-color: CanvasText; }
  .dot { background: CanvasText; }
}
`;
