"""Typing into the add box with 60,000 instruments: most are made up, half have Chinese names.

A key is measured from the changed text to the painted list. The plain way to search, a look at
every instrument for every key, is measured beside it, in the same process.
"""

import gc
import json
import random
import statistics
import sys
import time

from harness import Figure, below, fresh, offscreen, repeated, told

COUNT = 60_000
KEY_MS, HELD_MS = 30, 5  # the worst key, and the longest slice of work on the index

TYPED = (
    "a", "700", "0700", "aapl", "apple", "tencent", "txkg", "tengxun", "zgyh", "zhongguoyinhang",
    "bank of am", "global tech", "micorsoft", "aplpe", "corp", "cozp", "us", "600519", "600591",
    "XYZQ.US", "zzzzzz", "holdings limited", "腾讯", "中国银行", "银行", "阿里吧吧",
)  # fmt: skip

_WORDS = (
    *("Global", "Tech", "Energy", "Bank", "Holdings", "Capital", "Mining", "Pharma", "Digital"),
    *("First", "Pacific", "Golden", "United", "Green", "Ocean", "Star", "Power", "Systems"),
    *("Media", "Micro", "Data", "Smart", "Health", "Food", "Motor", "Steel", "Paper", "Cloud"),
)
_ENDS = ("Inc.", "Corp.", "Limited", "Group", "PLC", "Holdings Ltd", "& Co", "Trust")
_CHINESE = (
    "中国银行科技股份有限公司长城重庆厦门能源电力医药生物汽车钢铁环保智能数据传媒食品证券保险地产"
)


def figures() -> list[Figure]:
    """Type everything three times in fresh processes."""
    found = repeated(lambda: fresh("search.py", "run", **offscreen()), 3)
    return [
        below("search: slowest key, 60,000 codes", found["key_max_ms"], "ms", KEY_MS),
        told("search: the same, processor time", found["key_max_work_ms"], "ms"),
        told("search: median key, 60,000 codes", found["key_ms"], "ms"),
        told("search: looking at every code / ours", found["plain_ms"] / found["find_ms"], ""),
        below("search: longest slice of reading 60,000 codes", found["held_ms"], "ms", HELD_MS),
        told("search: the same, processor time", found["held_work_ms"], "ms"),
        told("search: work on reading 60,000 codes", found["work_ms"], "ms"),
    ]


def run() -> dict[str, float]:
    """Return milliseconds."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from alltick_desk.model.instrument import Catalogue, Instrument
    from alltick_desk.model.pinyin import Pinyin
    from alltick_desk.model.search import Search
    from alltick_desk.resources import resource
    from alltick_desk.ui.vendors import VendorTags
    from alltick_desk.ui.watchlist.add_strip import AddStrip

    app = QApplication.instance() or QApplication([])
    gc.disable()  # the desk calls the collector itself, between pieces of work
    catalogue = Catalogue.read(resource("catalogue.csv"))
    catalogue.extend(_made_up(COUNT - len(catalogue)))
    search = Search(catalogue, Pinyin(resource("tables/pinyin.txt")))
    steps = [_spent(search.step)]
    while not search.complete:
        steps.append(_spent(search.step))
    strip = AddStrip(
        catalogue,
        VendorTags({"alltick": "AllTick"}),
        on_codes=lambda _: None,
        spell=lambda _, word: word,
    )
    strip.resize(600, 40)
    strip.show()
    box = strip.box
    box.setFocus()
    QTest.keyClicks(box, "a")
    while not box._lookup.search.complete:  # until then it is quicker still
        app.processEvents()
    keys: list[tuple[float, float]] = []
    for text in TYPED:
        for end in range(1, len(text) + 1):
            box.setText(text[:end])
            keys.append(_spent(lambda: (box.textEdited.emit(box.text()), app.processEvents())))
    strip.close()
    instruments: list[Instrument] = list(catalogue)
    return {
        "key_ms": statistics.median(wall for wall, _ in keys),
        "key_max_ms": max(wall for wall, _ in keys),
        "key_max_work_ms": max(work for _, work in keys),
        "find_ms": statistics.median(_ms(lambda text=text: search.find(text)) for text in TYPED),
        "plain_ms": statistics.median(
            _ms(lambda text=text: _plain(instruments, text)) for text in TYPED
        ),
        "held_ms": max(wall for wall, _ in steps),
        "held_work_ms": max(work for _, work in steps),
        "work_ms": sum(work for _, work in steps),
    }


def _made_up(count: int) -> "list[object]":
    from alltick_desk.model.instrument import Instrument, Market

    chance = random.Random(7)
    made: list[object] = []
    for number in range(count):
        kind = number % 4
        name = f"{' '.join(chance.choices(_WORDS, k=chance.randint(1, 3)))} {chance.choice(_ENDS)}"
        chinese = "".join(chance.choices(_CHINESE, k=chance.randint(2, 6)))
        if kind == 0:
            code = "".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=chance.randint(2, 5)))
            made.append(Instrument(f"{code}.US", name, "", Market.US_STOCK))
        elif kind == 1:
            made.append(Instrument(f"{number:06}.SZ", name, chinese, Market.CN_STOCK))
        elif kind == 2:
            made.append(Instrument(f"{number}.HK", name, chinese, Market.HK_STOCK))
        else:
            code = "".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=4))
            made.append(Instrument(f"{code}{number}USDT", name, "", Market.CRYPTO))
    return made


def _plain(instruments: "list[object]", text: str) -> list[object]:
    """Look at every instrument, and sort what fits."""
    wanted = text.casefold()
    found = [
        (not code.casefold().startswith(wanted), place)
        for place, (code, name_en, name_zh, *_) in enumerate(instruments)  # type: ignore[misc]
        if wanted in code.casefold() or wanted in name_en.casefold() or wanted in name_zh
    ]
    found.sort()
    return [instruments[place] for _, place in found[:50]]


def _ms(act: object) -> float:
    return _spent(act)[0]


def _spent(act: object) -> tuple[float, float]:
    """Return milliseconds by the wall, and those of them that the processor worked for us."""
    begun_s, begun_work_s = time.perf_counter(), time.thread_time()
    act()  # type: ignore[operator]
    spent_s, work_s = time.perf_counter() - begun_s, time.thread_time() - begun_work_s
    return spent_s * 1000, work_s * 1000


if __name__ == "__main__":
    assert sys.argv[1:] == ["run"]
    print(json.dumps(run()))
