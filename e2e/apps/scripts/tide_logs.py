"""Writes what TensorBoard is to show: two runs of a series of numbers, and a text."""

import sys
from pathlib import Path

from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter


def write(folder: Path, factor: float) -> None:
    writer = EventFileWriter(str(folder))
    for step in range(50):
        values = [
            Summary.Value(tag="height/sund", simple_value=factor * step % 7),
            Summary.Value(tag="height/noon", simple_value=factor * step % 3),
            Summary.Value(tag="wind/sund", simple_value=factor * step % 5),
        ]
        writer.add_event(Event(wall_time=1_700_000_000 + step, step=step, summary=Summary(value=values)))
    writer.close()


for run, factor in (("spring", 2), ("neap", 1)):
    write(Path(sys.argv[1]) / run, factor)
