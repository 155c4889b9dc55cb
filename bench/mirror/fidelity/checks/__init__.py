"""All checks, by area."""

from __future__ import annotations

from .attention import ATTENTION
from .check import Check, Step
from .edits import EDITS, LAYERS, PAGES
from .forms import FORMS
from .looks import DEVICE, SHEETS
from .pictures import ANIMATIONS, PICTURES
from .trees import FRAMES, NAMESPACES, SHADOW

AREAS: dict[str, list[Check]] = {
    "Forms": FORMS,
    "Focus, pointer, selection, scroll": ATTENTION,
    "Style sheets": SHEETS,
    "The visitor's device": DEVICE,
    "Shadow trees, custom elements, templates": SHADOW,
    "Frames": FRAMES,
    "SVG and MathML": NAMESPACES,
    "Changes of the document": EDITS,
    "Dialogs, popovers, whole screen": LAYERS,
    "Animations": ANIMATIONS,
    "Pictures, canvases, sound, fonts": PICTURES,
    "Whole pages": PAGES,
}

__all__ = ["AREAS", "Check", "Step"]
