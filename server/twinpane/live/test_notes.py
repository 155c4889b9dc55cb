from __future__ import annotations

from twinpane_protocol import agent as said
from twinpane_protocol.shared import Permissions

from twinpane.live.conftest import Node, short_id_of


async def test_e1_what_one_agent_writes_is_kept_and_told_to_those_who_may_see_it(node: Node) -> None:
    _, tab_wire, ann, ann_wire = await node.go_live()
    short_id = short_id_of(tab_wire)
    ben, ben_wire = await node.agent(await node.invite(short_id))
    _, no_wire = await node.agent(await node.invite(short_id, Permissions(allow_notes=False)))
    ann.receive(said.NoteWritten(id=7, text=" Wants the blue one.\n"))
    await node.world.errands.finish()
    for wire in (ann_wire, ben_wire):
        [added] = wire.of_type("note_added")
        assert (added["note"]["author"], added["note"]["text"]) == ("Agent 1", "Wants the blue one.")
        assert (added["seat"], added["wrote"]) == (ann.seat, 7)
    assert not no_wire.of_type("note_added")
    assert "blue" not in repr(tab_wire.said), "the visitor's page hears nothing"
    ben.receive(said.NotesWanted())
    await node.world.errands.finish()
    [told] = ben_wire.of_type("notes")
    assert [note["text"] for note in told["notes"]] == ["Wants the blue one."]


async def test_e1_who_may_not_is_refused_and_nothing_is_kept(node: Node) -> None:
    _, tab_wire, ann, ann_wire = await node.go_live()
    shut, wire = await node.agent(await node.invite(short_id_of(tab_wire), Permissions(allow_notes=False)))
    shut.receive(said.NotesWanted())
    shut.receive(said.NoteWritten(id=1, text="hello"))
    ann.receive(said.NoteWritten(id=2, text="  "))
    await node.world.errands.finish()
    assert [(error["code"], error["advice"]) for error in wire.of_type("error")] == [("not_allowed", "retry")] * 2
    assert [error["code"] for error in ann_wire.of_type("error")] == ["bad_message"]
    assert not wire.of_type("notes")
    assert await node.store.notes(ann.runner.record.id) == []
