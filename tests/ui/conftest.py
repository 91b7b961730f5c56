"""What the tests of the screen share."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from chartscene import Scene, minutes
from comparedesk import CompareDesk, MakeChart, MakeDesk
from PySide6.QtWidgets import QApplication


@pytest.fixture
def make_chart(qapp: QApplication) -> Iterator[Callable[..., Scene]]:
    scenes: list[Scene] = []

    def build(count: int = 500, **options: Any) -> Scene:
        scene = Scene(options.pop("candles", None) or minutes(count), **options)
        scenes.append(scene)
        return scene

    yield build
    for scene in scenes:
        scene.end()


@pytest.fixture
def make_compare_desk(make_chart: MakeChart) -> Iterator[MakeDesk]:
    desks: list[CompareDesk] = []

    def build(*, count: int = 200, **options: Any) -> CompareDesk:
        desk = CompareDesk(make_chart(count), **options)
        desks.append(desk)
        return desk

    yield build
    for desk in desks:
        desk.end()
