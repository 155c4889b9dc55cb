import { expect, it } from "vitest";
import { addressOf } from "./address.ts";

it.each([
  ["shop.example/kettles", "https://shop.example/kettles"],
  ["shop.example:8443", "https://shop.example:8443"],
  ["localhost:8080/x", "http://localhost:8080/x"],
  ["http://shop.example", "http://shop.example"],
  ["/kettles?sort=price", "/kettles?sort=price"],
  ["#top", "#top"],
  ["  shop.example ", "https://shop.example"],
  ["", null],
  ["  ", null],
])("A2 %j typed as an address means %j", (typed, meant) => {
  expect(addressOf(typed)).toBe(meant);
});
