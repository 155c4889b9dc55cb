/** In the visitor's frame: the same edits of ordinary elements, with rrweb recording. */
import { record } from "rrweb";
import { Chance } from "./chance.ts";
import { COMMON, WRAPS } from "./edits.ts";
import { World } from "./world.ts";

const events: unknown[] = [];
let world: World;

/** Edits that are common, or those that put elements round others. */
function openRecorded(seed: number): void {
  world = new World(window, new Chance(seed), { masks: false, frames: false, plain: true });
  record({ emit: (event) => events.push(event) });
}

function edit(seed: number, wraps: boolean): void {
  world.chance = new Chance(seed);
  try {
    world.chance.pick(wraps ? WRAPS : COMMON)(world);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
  world.prune();
}

Object.assign(globalThis, { openRecorded, edit, taken: () => events.splice(0) });
