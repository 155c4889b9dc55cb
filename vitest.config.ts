import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{protocol/ts,link,ink,sdk,player,console,shim}/**/*.test.ts"],
    environment: "node",
  },
});
