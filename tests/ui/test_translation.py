"""The Chinese translation: whole, compiled, and collected from words that can be collected."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

from scripts import ROOT, load

SOURCES = sorted((ROOT / "alltick_desk").rglob("*.py"))
MARKERS = {"translate", "tr", "QT_TRANSLATE_NOOP", "Sentence"}

tool = load("translate")
MESSAGES = list(tool.messages(tool.TS))


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def is_shift(call: ast.Call) -> bool:
    """Whether something is moved or spelled otherwise: painters, rectangles, texts do so too."""
    owner = getattr(call.func, "value", None)
    return owner is not None and getattr(owner, "id", "") != "QCoreApplication"


def where(path: Path, node: ast.expr) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno}"


def placeholders(text: str) -> list[tuple[str, str | None, str | None]]:
    return sorted(
        (name, spec, conversion)
        for _, name, spec, conversion in string.Formatter().parse(text)
        if name is not None
    )


def test_the_committed_files_are_whole_and_up_to_date() -> None:
    assert tool.problems() == []


def test_only_literals_are_given_to_be_collected() -> None:
    """What is put together at run time is never found: an f-string, a sum, a filled-in text."""
    bad = [
        where(path, call)
        for path in SOURCES
        for call in calls(path)
        if called(call) in MARKERS and not is_shift(call)
        for argument in call.args
        if isinstance(argument, ast.JoinedStr | ast.BinOp | ast.Call)
    ]
    assert bad == []


def test_whatever_names_a_context_is_in_the_translation() -> None:
    """Also where the function has another name, which the tool that collects does not know."""
    contexts = {message.context for message in MESSAGES}
    known = {(message.context, message.source) for message in MESSAGES}
    missing = [
        (where(path, call), call.args[1].value)
        for path in SOURCES
        for call in calls(path)
        if len(call.args) > 1
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[1], ast.Constant)
        and (call.args[0].value in contexts or called(call) in MARKERS)
        and (call.args[0].value, call.args[1].value) not in known
    ]
    assert missing == []


def test_every_placeholder_stands_in_its_translation() -> None:
    bad = [
        message.translation
        for message in MESSAGES
        if placeholders(message.translation) != placeholders(message.source)
    ]
    assert bad == []


def test_the_punctuation_is_chinese() -> None:
    """A sentence ends as it does in English, but with the sign of its own script."""
    ends = {".": "。", ":": "："}
    bad = [
        message.translation
        for message in MESSAGES
        if (end := ends.get(message.source[-1])) and not message.translation.endswith(end)
    ]
    assert bad == []
