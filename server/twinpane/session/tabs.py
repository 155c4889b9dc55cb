"""The visitor's tabs in a session, and which of them agents see (X7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from twinpane_protocol.shared import Tab as TabPicture
from twinpane_protocol.visitor import Ceiling

from twinpane.session.limits import LAST_WORDS_S, TAB_GRACE_S


@dataclass(slots=True)
class Tab:
    """One tab. `gone_at_s` is None while it is connected; `closed` tells a bye from a lost connection."""

    id: str
    url: str
    title: str
    ceiling: Ceiling
    visible: bool = True
    gone_at_s: float | None = None
    closed: bool = False


class Tabs:
    """All tabs that were seen in this session and may come back, and the active one."""

    def __init__(self) -> None:
        self._tabs: dict[str, Tab] = {}
        self.active: str | None = None
        self._chosen: str | None = None
        self._focused: str | None = None
        self._ceiling = Ceiling()

    def open(self, tab: Tab, focused: bool) -> None:
        """Take a tab that connected.

        It is shown if it was chosen, if it has the focus and none was chosen, or if nothing else can be shown.
        """
        self._tabs[tab.id] = tab
        if focused:
            self._focused = tab.id
        if tab.id == self._chosen or (focused and self.follows) or not self.active_is_present:
            self.active = tab.id
        self._ceiling = strictest(each.ceiling for each in self._present())

    def restore(self, tab_id: str, at_s: float) -> None:
        """Know a tab that was shown in another process, and is away since now (K1)."""
        self._tabs[tab_id] = Tab(tab_id, "", "", self._ceiling, gone_at_s=at_s)
        self.active = tab_id

    def change(self, tab_id: str, url: str, title: str, focused: bool, visible: bool = True) -> bool:
        """Note what a tab shows now; tells whether anything is different."""
        tab = self._tabs.get(tab_id)
        if tab is None or tab.gone_at_s is not None:
            return False
        before = (tab.url, tab.title, tab.visible, self.active)
        tab.url, tab.title, tab.visible = url, title, visible
        if focused:
            self._focused = tab_id
            if self.follows:
                self.active = tab_id
        return before != (tab.url, tab.title, tab.visible, self.active)

    def limit(self, tab_id: str, ceiling: Ceiling) -> bool:
        """Note the limits of a tab that is present; tells whether anything is different."""
        if not self.is_present(tab_id):
            return False
        before = self._ceiling
        self._tabs[tab_id].ceiling = ceiling
        self._ceiling = strictest(each.ceiling for each in self._present())
        return before != self._ceiling

    def choose(self, tab_id: str | None) -> bool:
        """Show that tab wherever the visitor goes, or follow them again; False if there is no such tab."""
        if tab_id is not None and not self.is_present(tab_id):
            return False
        self._chosen = tab_id
        shown = tab_id or self._focused
        if shown is not None and self.is_present(shown):
            self.active = shown
        return True

    def leave(self, tab_id: str, at_s: float, closed: bool) -> bool:
        """Note that a tab is gone, for now or for good; False if it was gone already."""
        tab = self._tabs.get(tab_id)
        if tab is None or tab.gone_at_s is not None:
            return False
        tab.gone_at_s, tab.closed = at_s, closed
        if self.any_present:
            self._ceiling = strictest(each.ceiling for each in self._present())
        return True

    def is_present(self, tab_id: str) -> bool:
        """Whether the tab is connected."""
        tab = self._tabs.get(tab_id)
        return tab is not None and tab.gone_at_s is None

    def went_just_now(self, tab_id: str, at_s: float) -> bool:
        """Whether the tab is gone, and so shortly that what it said as it went may come only now."""
        tab = self._tabs.get(tab_id)
        return tab is not None and tab.gone_at_s is not None and at_s - tab.gone_at_s <= LAST_WORDS_S

    @property
    def follows(self) -> bool:
        """Whether agents see the tab that the visitor uses, rather than one that an agent chose."""
        return self._chosen is None or not self.is_present(self._chosen)

    @property
    def any_present(self) -> bool:
        """Whether the visitor has a connected tab."""
        return next(self._present(), None) is not None

    @property
    def active_is_present(self) -> bool:
        """Whether the tab that agents see is connected."""
        return self.active is not None and self.is_present(self.active)

    @property
    def last_gone_at_s(self) -> float | None:
        """When the last tab went; None if one is present or none ever was."""
        times = [tab.gone_at_s for tab in self._tabs.values()]
        gone = [time for time in times if time is not None]
        return max(gone) if gone and len(gone) == len(times) else None

    @property
    def grace_ends_at_s(self) -> float | None:
        """When another present tab is shown instead of the absent active one."""
        if self.active is None or self.active_is_present or not self.any_present:
            return None
        gone_at_s = self._tabs[self.active].gone_at_s
        return None if gone_at_s is None else gone_at_s + TAB_GRACE_S

    def show_another(self) -> None:
        """Make a present tab active: the one that the visitor uses, else the latest to connect."""
        self._chosen = None
        if self._focused is not None and self.is_present(self._focused):
            self.active = self._focused
            return
        for tab in self._present():
            self.active = tab.id

    @property
    def away_is_closed(self) -> bool:
        """Whether the active tab said bye, rather than having lost its connection."""
        return self.active is not None and self._tabs[self.active].closed

    @property
    def ceiling(self) -> Ceiling:
        """The strictest of the settings of the tabs that are open, or were last (S5)."""
        return self._ceiling

    def pictures(self) -> list[TabPicture]:
        """The connected tabs as peers are told of them."""
        return [
            TabPicture(id=tab.id, url=tab.url, title=tab.title, active=tab.id == self.active, visible=tab.visible)
            for tab in self._present()
        ]

    def _present(self) -> Iterator[Tab]:
        return (tab for tab in self._tabs.values() if tab.gone_at_s is None)


def strictest(ceilings: Iterable[Ceiling]) -> Ceiling:
    """Return settings that allow only what all of these allow."""
    each = list(ceilings)
    return Ceiling(
        require_authorization_for_session=any(c.require_authorization_for_session for c in each),
        require_control_request=any(c.require_control_request for c in each),
        allow_remote_click=all(c.allow_remote_click for c in each),
        allow_remote_scroll=all(c.allow_remote_scroll for c in each),
        allow_remote_type=all(c.allow_remote_type for c in each),
        allow_agent_redirect=all(c.allow_agent_redirect for c in each),
        allow_remote_console=all(c.allow_remote_console for c in each),
    )
