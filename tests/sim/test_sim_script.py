"""The script of faults: when they strike, and how it is read."""

import json
from pathlib import Path

import pytest

from alltick_desk.errors import UsageError
from alltick_desk.sim.script import Fault, Script


def test_faults_wait_for_their_time_and_end() -> None:
    script = Script(faults=[Fault(do="status", at=10, lasts=5, call="kline")])

    def strikes(now_s: float, call: str = "kline") -> bool:
        return script.strike("http", now_s, call=call) is not None

    assert [strikes(now_s) for now_s in (9.9, 10.0, 14.9, 15.0)] == [False, True, True, False]
    assert not strikes(12.0, "depth-tick")
    assert script.faults[0].struck == 2


def test_a_script_is_read(tmp_path: Path) -> None:
    file = tmp_path / "script.json"
    file.write_text(
        json.dumps(
            {
                "rules": {"numbers": "mixed", "one_list": True},
                "rate": 50,
                "bad_tokens": ["old"],
                "faults": [{"do": "stall", "at": 3, "for": 4, "family": "other"}],
            }
        )
    )
    script = Script.read(file)
    assert (script.rules.numbers, script.rules.one_list, script.rate) == ("mixed", True, 50)
    (fault,) = script.faults
    assert (fault.do, fault.on, fault.at, fault.lasts) == ("stall", "clock", 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"rulez":{}}',
        '{"rules":{"numbers":"roman"}}',
        '{"faults":[{"do":"explode"}]}',
        '{"faults":[{"do":"refuse","on":"clock"}]}',
        '{"faults":[{"do":"shut","markets":["moon"]}]}',
    ],
)
def test_a_bad_script_is_a_sentence(text: str, tmp_path: Path) -> None:
    file = tmp_path / "script.json"
    file.write_text(text)
    with pytest.raises(UsageError, match="is not one"):
        Script.read(file)
    with pytest.raises(UsageError, match="cannot be read"):
        Script.read(tmp_path / "missing.json")
