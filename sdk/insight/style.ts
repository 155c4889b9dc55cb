/** The look of the panel and the veil; the tokens are those of `consent/style.ts`. */
export const STYLE = `
.insight {
  position: absolute;
  inset-inline: 0;
  bottom: calc(68px + env(safe-area-inset-bottom, 0px));
  display: flex;
  justify-content: center;
  padding: 0 12px;
}
.panel {
  pointer-events: auto;
  width: 100%;
  max-width: 400px;
  max-height: calc(100vh - 92px);
  overflow: auto;
  padding: 16px;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: 8px;
  box-shadow: 0 1px 2px rgb(0 0 0 / 0.08), 0 4px 16px rgb(0 0 0 / 0.08);
}
.panel:focus { outline: none; }
.panel.wide { max-width: 960px; }
.panel .head { display: flex; align-items: flex-start; gap: 8px; }
.panel .head .title { flex: 1; margin: 10px 0 4px; }
.panel .close { min-width: 44px; padding: 0; border: 0; display: grid; place-items: center; color: var(--quiet); }
.people { list-style: none; margin: 0 0 12px; padding: 0; }
.people li { display: flex; gap: 8px; padding: 4px 0; overflow-wrap: anywhere; }
.people i { flex: none; width: 10px; height: 10px; margin-top: 6px; border-radius: 50%; background: var(--agent, var(--accent)); }
.rows { display: flex; flex-direction: column; gap: 8px; }
.switch { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding: 8px 12px; text-align: start; }
.switch::after { content: ""; flex: none; width: 36px; height: 20px; border-radius: 10px; border: 1px solid var(--quiet); background: radial-gradient(circle at 10px 50%, var(--quiet) 6px, transparent 6.5px); }
.switch[aria-checked="true"]::after { border-color: var(--accent); background: radial-gradient(circle at 24px 50%, var(--on-accent) 6px, transparent 6.5px), var(--accent); }
.note { margin: 0; color: var(--quiet); font-size: 13px; overflow-wrap: anywhere; }
.note:empty { display: none; }
.seen iframe { display: block; width: 100%; height: min(56vh, 600px); border: 1px solid var(--line); border-radius: 8px; background: var(--hover); }
.panel .answers { margin-top: 12px; align-items: center; justify-content: space-between; }
.veil { position: absolute; inset: 0; overflow: hidden; }
.veiled {
  position: absolute;
  left: 0;
  top: 0;
  display: flex;
  align-items: flex-start;
  justify-content: flex-end;
  overflow: hidden;
  outline: 2px dashed #b3261e;
  outline-offset: -2px;
  background: repeating-linear-gradient(135deg, rgb(179 38 30 / 0.16) 0 6px, rgb(255 255 255 / 0.16) 6px 12px);
  color: #fff;
  font-size: 11px;
  font-weight: 600;
  line-height: 14px;
  text-shadow: 0 0 2px #000, 0 0 3px #000;
  padding: 1px 6px;
}
.veiled.small { font-size: 0; padding: 0; }
@media (max-width: 400px) {
  .insight { bottom: calc(96px + env(safe-area-inset-bottom, 0px)); }
  .panel { max-height: calc(100vh - 108px); }
}
@media (forced-colors: active) {
  .panel { border-color: CanvasText; }
  .switch::after { forced-color-adjust: none; }
}
`;
