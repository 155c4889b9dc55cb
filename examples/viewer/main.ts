/** A helpdesk with a toolbar of its own around the picture. */
import "@twinpane/viewer";
import { watchUrl } from "./session";

const part = (id: string) => document.getElementById(id) as HTMLElement;
let isOver = false;
const viewer = document.createElement("twinpane-viewer");

part("control").onclick = () => (viewer.state?.hasControl ? viewer.releaseControl() : viewer.requestControl());
part("laser").onclick = () => viewer.setTool("laser");
part("highlight").onclick = () => viewer.setTool("highlight");
part("end").onclick = () => viewer.end();

viewer.addEventListener("state", ({ detail: state }) => {
  part("visitor").textContent = state.visitor ?? "Connecting";
  if (!isOver) part("said").textContent = state.words;
  part("control").textContent = state.hasControl ? "Release control" : "Take control";
  part("laser").ariaPressed = String(state.tool === "laser");
});
viewer.addEventListener("problem", ({ detail }) => {
  part("said").textContent = detail.message;
});
viewer.addEventListener("ended", ({ detail }) => {
  isOver = true;
  part("said").textContent = `Over: ${detail}`;
});

viewer.watchUrl = await watchUrl();
document.querySelector("main")?.append(viewer);
