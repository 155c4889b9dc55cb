"""The defences of masking, each switched off by itself: the corpus of places or the random cases must notice it.

A mutation puts one text in the place of another while the visitor's side is bundled; nothing on disk changes.
"""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import Browser

from e2e.wire.chance.chance import HERE, ROOT, Change, bundle, opened, run
from e2e.wire.place import Place
from e2e.wire.places import PLACES

__all__ = ["MUTATIONS", "ROOT", "Mutation", "Noticed", "noticed"]

MASK = "sdk/mask/mask.ts"
ATTRIBUTES = "sdk/mask/attributes.ts"
NOTHING = '":not(*)"'
ENGINE = "sdk/capture/engine.ts"
MEETS_ALL = [
    (ENGINE, "if (this.tree.levelOf(element) === Level.Box) {", "if (element === null) {"),
    (ENGINE, "id === undefined || this.tree.levelOf(element) >= Level.Box", "id === undefined"),
]
"""Kinds of content (frames, pictures, shadow roots) come to know of masked elements too."""
RULES = {"maskedElements": [".own-rule", ".vault p", ".account-rule"], "maskedParameters": ["token", "access*"]}


class Mutation(NamedTuple):
    """A defence, and how it is switched off."""

    name: str
    changes: list[Change]


class Noticed(NamedTuple):
    """By what a mutation was noticed."""

    name: str
    places: list[str]
    seed: str | None
    """The first random case that leaks."""

    @property
    def is_missed(self) -> bool:
        """Whether nothing noticed it."""
        return not self.places and self.seed is None

    def __str__(self) -> str:
        """One line."""
        chance = f"random cases from seed {self.seed}" if self.seed else "no random case"
        return f"{self.name}: {'MISSED' if self.is_missed else f'{len(self.places)} places, {chance}'}"


def one(name: str, file: str, before: str, after: str) -> Mutation:
    """A defence that stands in one place."""
    return Mutation(name, [(file, before, after)])


MUTATIONS = [
    one("the class", MASK, "  `.${MASKED_CLASS}`,", f"  {NOTHING},"),
    one("the attribute", MASK, '  "[data-upscope-mask]",', f"  {NOTHING},"),
    one("selectors of page and account", MASK, "understood(page, config.maskedElements)", "[] as string[]"),
    one("card fields by their autocomplete", MASK, """'[autocomplete*="cc-" i]'""", NOTHING),
    one("one-time codes", MASK, """'[autocomplete*="one-time-code" i]'""", NOTHING),
    one("passwords by their autocomplete", MASK, """'[autocomplete*="-password" i]'""", NOTHING),
    Mutation(
        "password fields",
        [
            (MASK, '"input[type=password i]"', NOTHING),
            (MASK, 'typeOf(element) === "password" ||', ""),
            (MASK, "    this.#forGood.add(element);\n  }", "    void element;\n  }"),
        ],
    ),
    one("a shown password stays masked", MASK, "    this.#forGood.add(element);\n  }", "    void element;\n  }"),
    one(
        "card numbers",
        "sdk/mask/card.ts",
        "export function looksLikeCard(",
        "export function looksLikeCard(_: string): boolean { return false; }\nfunction was(",
    ),
    one(
        "card numbers while they are typed",
        "sdk/mask/card.ts",
        "export function mayBecomeCard(",
        "export function mayBecomeCard(_: string): boolean { return false; }\nfunction was(",
    ),
    one("values of hidden inputs", MASK, 'if (type === "hidden") return null;', ""),
    one(
        "bullets for values of masked fields",
        MASK,
        "if (level === Level.Field) return allow(BULLET.repeat(field.value.length));",
        "if (level === Level.Field) return allow(field.value);",
    ),
    one(
        "value attributes of inputs",
        ATTRIBUTES,
        'if (tag === "input" && name === "value") return null;',
        "",
    ),
    one(
        "attributes of what is masked, by allow-list",
        ATTRIBUTES,
        "return GEOMETRY.has(name) ? value : null;",
        "return value;",
    ),
    one(
        "styles of what is masked",
        ATTRIBUTES,
        'if (name === "style") return geometryOf(value) || null;',
        'if (name === "style") return value;',
    ),
    one(
        "styles without addresses and words",
        ATTRIBUTES,
        " && !/[\"'\\\\]|url|image|var|attr/i.test(declaration)",
        "",
    ),
    one("keyframes of what is masked", "sdk/mask/keyframes.ts", "if (isOpen || geometryOf", "if (true || geometryOf"),
    one(
        "children of a masked block",
        "sdk/mask/decision.ts",
        "traits.textField ? Level.Field : Level.Box",
        "traits.textField ? Level.Field : Level.Shell",
    ),
    one("texts of shells", MASK, 'allow(open || !/\\S/.test(data) ? data : "")', "allow(data)"),
    one(
        "maskAll: what shows content",
        "sdk/mask/decision.ts",
        "return traits.showsContent && !traits.holdsUnmasked ? Level.Box : Level.Shell;",
        "return Level.Open;",
    ),
    one(
        "maskAll: text fields",
        "sdk/mask/decision.ts",
        "if (traits.textField) return Level.Field;",
        "if (traits.textField) return Level.Open;",
    ),
    one("what shows in masked slots", MASK, "return slot !== null && this.hidesSlot(slot);", "return false;"),
    one("slots of closed roots", MASK, 'if (shadow.mode === "open")', "if (shadow.mode)"),
    one(
        "parameters in the page's address",
        MASK,
        "return allow(addressLeaving(document.URL, this.#addresses));",
        "return allow(document.URL);",
    ),
    one(
        "parameters in the base address",
        MASK,
        "return allow(addressLeaving(this.#proxied?.encode(document.baseURI) ?? document.baseURI, this.#addresses));",
        "return allow(document.baseURI);",
    ),
    one(
        "parameters in attributes",
        MASK,
        "this.#addresses.maskedParameters.length ? addressLeaving(leaving, this.#addresses) : leaving;",
        "leaving;",
    ),
    one(
        "the title beside a masked parameter",
        MASK,
        'allow(isMasked ? "" : titleLeaving(document.title, document.URL, this.#addresses))',
        'allow(isMasked ? "" : document.title)',
    ),
    one(
        "the title as an element",
        MASK,
        "this.selector = keepsBack ? `${this.#ruled},title` : this.#ruled;",
        "this.selector = this.#ruled;",
    ),
    one(
        "the tab's address and title",
        "sdk/page.ts",
        "const isBare = rules.maskAll || !!rules.maskedParameters[0];",
        "const isBare = false;",
    ),
    one("masks that come late", "sdk/capture/changes.ts", "if (mayBeMaskedBy(element, names)) recheck(element);", ""),
    one(
        "masks that depend on the place",
        MASK,
        'this.placed = rules.filter((rule) => /[\\s>+~:]/.test(rule)).join(",");',
        'this.placed = "";',
    ),
    one(
        "slots that move or change",
        "sdk/capture/changes.ts",
        "for (const host of dirty.hosts) recheckSlotted(host);",
        "",
    ),
    one("nothing is told into what has no place yet", "sdk/capture/changes.ts", "if (isOut(parent)) return true;", ""),
    one(
        "fields that become masked by their value",
        "sdk/capture/inputs.ts",
        "if (level === Level.Open && becameMasked(field)) return;",
        "",
    ),
    one(
        "changes of texts that are withheld",
        "sdk/capture/changes.ts",
        "const open = tree.opens(text.parentNode) && !tree.isSlottedAway(text);",
        "const open = true;",
    ),
    Mutation(
        "values of masked buttons and the like",
        [
            (MASK, 'if (level !== Level.Open) return null;\n    if (type === "text"', 'if (type === "text"'),
            ("sdk/capture/inputs.ts", "level === Level.Box || level === Level.Hidden", "level === Level.Hidden"),
        ],
    ),
    one("scripts", "sdk/capture/tree.ts", "flags & Tag.Hidden || this.#isOurs(element)", "this.#isOurs(element)"),
    one("handlers", ATTRIBUTES, "if (name.charCodeAt(0) === 111", "if (name === '' && name.charCodeAt(0) === 111"),
    one("attributes that are told of no element", ATTRIBUTES, "if (NEVER.has(name)) return null;", ""),
    one("what metas say", ATTRIBUTES, "metaName !== null && TOLD_META.has(metaName) ? value : null", "value"),
    one("addresses that run", ATTRIBUTES, "if (URLS.has(name) && SCRIPT_URL", 'if (name === "" && SCRIPT_URL'),
    one(
        "sheets of what is masked",
        "sdk/capture/sheets.ts",
        "return tree.levels.has(owner) ? 0 : (numbers.idOf(owner) ?? 0)",
        "return numbers.idOf(owner) ?? 0",
    ),
    Mutation("shadow roots of masked hosts", MEETS_ALL),
    Mutation(
        "pictures that the browser chose",
        [*MEETS_ALL, ("sdk/capture/candidates.ts", " && !tree.levels.has(image)", "")],
    ),
    Mutation("documents of masked frames", [*MEETS_ALL, ("sdk/capture/frames.ts", " || tree.levels.has(frame)", "")]),
    Mutation(
        "contents of masked templates",
        [*MEETS_ALL, ("sdk/capture/templates.ts", " || tree.levels.has(template)", "")],
    ),
]


def noticed(browser: Browser, mutation: Mutation, cases: int) -> Noticed:
    """Play the corpus and the random cases without one defence."""
    with opened(browser, bundle(HERE / "harness.ts", mutation.changes)) as page:
        places = page.evaluate("([places, rules]) => corpus(places, rules)", [list(map(told, PLACES)), RULES])
        leaks = run(page, 1, cases)["leaks"]
    return Noticed(mutation.name, places, leaks[0].split(" ")[1].rstrip(":") if leaks else None)


def told(place: Place) -> dict[str, str | bool]:
    """A place as the harness takes it."""
    return {
        "name": place.name,
        "html": place.filled(),
        "late": place.late,
        "id": place.id,
        "secret": place.secret,
        "later": place.later,
        "typed": place.is_typed,
        "head": place.in_head,
    }
