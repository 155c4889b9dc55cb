import { afterEach, expect, it, vi } from "vitest";
import { Events } from "./events.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("S2 a listener hears all its events until it unsubscribes", () => {
  const events = new Events();
  const heard: unknown[] = [];
  const stop = events.on(["sessionStart", "sessionEnd"], (...args) => heard.push(args));
  events.emit("sessionStart");
  events.emit("sessionEnd", "timeout");
  stop();
  events.emit("sessionStart");
  expect(heard).toEqual([[], ["timeout"]]);
});

it("S1 what a listener throws stays on the console and harms no other listener", () => {
  const warned = vi.spyOn(console, "warn").mockReturnValue();
  const events = new Events();
  const second = vi.fn();
  events.on(["error"], () => {
    throw new Error("mine");
  });
  events.on(["error"], second);
  events.fail("unknown_key", "no such key");
  expect(second).toHaveBeenCalledExactlyOnceWith("unknown_key", "no such key");
  expect(warned).toHaveBeenCalledTimes(2);
});
