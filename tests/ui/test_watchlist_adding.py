"""The add box as a person uses it: typing, arrows, Enter, another market, another language."""

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from alltick_desk.model.instrument import Catalogue, Instrument, Market, Source
from alltick_desk.ui.vendors import VendorTags
from alltick_desk.ui.watchlist.add_strip import AddStrip
from alltick_desk.ui.watchlist.match_list import MatchList
from alltick_desk.ui.watchlist.offers import Offer

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ITICK = Source("iTick", "itick")

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)


class AddDesk:
    """The strip in a window, and what it handed over."""

    def __init__(self, qtbot: QtBot, vendors: tuple[str, ...] = ("alltick",)) -> None:
        self.catalogue = Catalogue(
            [
                Instrument("700.HK", "Tencent Holdings", "腾讯控股", Market.HK_STOCK),
                Instrument("3988.HK", "Bank of China", "中国银行", Market.HK_STOCK, "中國銀行"),
                Instrument("AAPL.US", "Apple Inc.", "苹果", Market.US_STOCK),
                Instrument("BAC.US", "Bank of America", "美国银行", Market.US_STOCK),
                Instrument("600519.SH", "Kweichow Moutai", "贵州茅台", Market.CN_STOCK),
                Instrument("EURUSD", "Euro / US Dollar", "欧元/美元", Market.FOREX),
                Instrument("EURJPY", "Euro / Japanese Yen", "欧元/日元", Market.FOREX),
                Instrument("BTCUSDT", "BTC / Tether", "", Market.CRYPTO),
            ]
        )
        self.added: list[tuple[str, str]] = []
        self.vendors = VendorTags({"alltick": "AllTick", "itick": "iTick"}, vendors)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        layout = QVBoxLayout(self.window)
        self.strip = AddStrip(
            self.catalogue,
            self.vendors,
            on_codes=lambda codes: self.added.extend((self.strip.vendor, it) for it in codes),
            spell=lambda _vendor, word: word,
            parent=self.window,
        )
        layout.addWidget(self.strip)
        layout.addStretch()
        self.window.resize(600, 400)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.box = self.strip.box
        self.box.setFocus()

    @property
    def codes(self) -> list[str]:
        return [code for _, code in self.added]

    @property
    def popup(self) -> MatchList:
        found = self.box.findChild(MatchList)
        assert isinstance(found, MatchList)
        return found

    @property
    def offers(self) -> list[Offer]:
        model = self.popup.view.model()
        rows = [model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(99)]
        return [row for row in rows if isinstance(row, Offer)]

    @property
    def offered(self) -> list[str]:
        return [offer.code.text for offer in self.offers]

    @property
    def highlighted(self) -> str:
        offer = self.popup.highlighted
        return "" if offer is None else offer.code.text

    def type(self, text: str) -> None:
        """Type letters, or have an input method write the others."""
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self.box, letter)
            else:
                written = QInputMethodEvent()
                written.setCommitString(letter)
                QApplication.sendEvent(self.box, written)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        QTest.keyClick(self.box, key, modifier or Qt.KeyboardModifier.NoModifier)


@pytest.fixture
def desk(qtbot: QtBot) -> AddDesk:
    return AddDesk(qtbot)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("txkg", "700.HK"),
        ("tengxun", "700.HK"),
        ("腾讯", "700.HK"),
        ("0700", "700.HK"),
        ("00700.HK", "700.HK"),
        ("zgyh", "3988.HK"),
        ("中國銀行", "3988.HK"),
        ("bank am", "BAC.US"),
        ("apple", "AAPL.US"),
        ("moutai", "600519.SH"),
    ],
)
def test_what_is_found_first(desk: AddDesk, text: str, code: str) -> None:
    desk.type(text)
    assert desk.offered[0] == code


@pytest.mark.parametrize("text", ["txkg", "tengxun", "腾讯", "700", "bank of am", "AAPL"])
def test_enter_takes_what_is_clearly_meant(desk: AddDesk, text: str) -> None:
    desk.type(text)
    meant = desk.highlighted
    assert meant == desk.offered[0]
    desk.press(Key.Key_Return)
    assert desk.codes == [meant]
    assert desk.box.text() == ""
    assert not desk.popup.isVisible()


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("茅台", ["600519.SH"]),  # the end of one name, and no code
        ("gzm", ["600519.SH", "gzm"]),
        ("7", ["700.HK", "7"]),
        ("zg", ["3988.HK", "zg"]),
        ("aplpe", ["AAPL.US", "aplpe"]),  # a slip
    ],
)
def test_enter_takes_the_first_match_and_never_what_stands_last(
    desk: AddDesk, text: str, offered: list[str]
) -> None:
    desk.type(text)
    assert desk.offered == offered
    assert desk.highlighted == offered[0]
    assert "Enter adds, Shift+Enter adds and stays" in desk.popup.note.text()
    desk.press(Key.Key_Return)
    assert desk.codes == offered[:1]
    assert desk.box.text() == ""


def test_as_typed_is_the_last_row_and_is_to_be_chosen(desk: AddDesk) -> None:
    desk.type("gzm")
    desk.press(Key.Key_Up)
    assert desk.highlighted == "gzm"
    desk.press(Key.Key_Return)
    assert desk.codes == ["gzm"]


def test_a_whole_code_that_no_list_has_is_not_taken_for_another(desk: AddDesk) -> None:
    desk.type("AAPX.US")  # a slip away from AAPL.US
    assert desk.offered == ["AAPX.US", "AAPL.US"]
    assert desk.highlighted == "AAPX.US"
    assert "Enter adds AAPX.US as typed" in desk.popup.note.text()
    desk.press(Key.Key_Return)
    assert desk.codes == ["AAPX.US"]


def test_a_name_among_several_is_taken_where_only_one_has_it(desk: AddDesk) -> None:
    desk.type("茅台, AAPL.US")
    desk.press(Key.Key_Return)
    assert desk.codes == ["600519.SH", "AAPL.US"]


def test_a_name_that_several_have_is_never_denied(desk: AddDesk) -> None:
    desk.type("银行, AAPL.US")
    desk.press(Key.Key_Return)
    assert desk.codes == ["AAPL.US"]
    assert desk.box.text() == "银行"
    assert sorted(desk.offered) == ["3988.HK", "BAC.US"]
    assert "No list" not in desk.popup.note.text()
    first = desk.highlighted
    desk.press(Key.Key_Return)
    assert desk.codes == ["AAPL.US", first]
    desk.type("银行, BTCUSDT")
    desk.press(Key.Key_Return, SHIFT)
    assert desk.codes[2:] == ["BTCUSDT"]
    assert desk.box.text() == "银行"


def test_a_long_list_guesses_nothing_at_its_end(desk: AddDesk) -> None:
    desk.box.setText(" ".join(f"C{number}.US" for number in range(30)) + ", gz")
    desk.type("m")
    assert desk.offered == ["600519.SH", "gzm"]
    assert desk.highlighted == ""
    desk.press(Key.Key_Return)
    assert desk.codes[-1] == "gzm"


def test_of_a_pasted_row_the_code_is_looked_up(desk: AddDesk) -> None:
    desk.box.setText("AAPL.US\tBank of America\t21.")
    desk.type("5")
    assert desk.highlighted == "AAPL.US"
    desk.press(Key.Key_Return)
    assert desk.codes == ["AAPL.US"]


def test_what_no_list_has_is_added_as_typed(desk: AddDesk) -> None:
    desk.type("XYZ.US")
    (offer,) = desk.offers
    assert offer.as_typed
    assert offer.spoken == "Add XYZ.US as typed"
    assert "AllTick's first answer or tick" in offer.hint
    assert "No list of instruments has anything like it." in desk.popup.note.text()
    desk.press(Key.Key_Return)
    assert desk.codes == ["XYZ.US"]


def test_a_stock_s_code_gets_its_capitals(desk: AddDesk) -> None:
    desk.type("xyz.us")
    desk.press(Key.Key_Return)
    assert desk.codes == ["XYZ.US"]


def test_what_can_be_no_code_stays_in_the_box_and_is_explained(desk: AddDesk) -> None:
    desk.type("什么都不是")
    assert desk.offers == []
    assert desk.popup.isVisible()
    desk.press(Key.Key_Return)
    assert desk.added == []
    assert desk.box.text() == "什么都不是"
    assert "no code is spelled so" in desk.popup.note.text()
    desk.box.selectAll()
    desk.type("AAPL.US")
    desk.press(Key.Key_Return)
    assert desk.codes == ["AAPL.US"]


def test_shift_enter_adds_one_after_the_other(desk: AddDesk) -> None:
    desk.type("AAPL.US, eur")
    assert desk.offered == ["EURUSD", "EURJPY", "eur"]
    assert desk.highlighted == "EURUSD"
    desk.press(Key.Key_Return, SHIFT)
    assert desk.codes == ["AAPL.US", "EURUSD"]
    assert desk.box.text() == "eur"
    assert desk.popup.isVisible()
    desk.press(Key.Key_Return, SHIFT)
    assert desk.codes == ["AAPL.US", "EURUSD", "EURJPY"]
    desk.press(Key.Key_Escape)
    assert not desk.popup.isVisible()
    desk.press(Key.Key_Escape)
    assert desk.box.text() == ""


def test_arrows_go_around_and_pages_stop_at_the_ends(desk: AddDesk) -> None:
    desk.type("bank")
    assert desk.offered == ["BAC.US", "3988.HK", "bank"]
    first = desk.highlighted
    desk.press(Key.Key_Up)
    assert desk.highlighted == "bank"
    desk.press(Key.Key_Down)
    assert desk.highlighted == "BAC.US"
    desk.press(Key.Key_PageDown)
    assert desk.highlighted == "bank"
    desk.press(Key.Key_PageDown)
    assert desk.highlighted == "bank"
    desk.press(Key.Key_PageUp)
    assert desk.highlighted == "BAC.US"
    assert first == "BAC.US"
    assert desk.box.text() == "bank", "what was typed stays until it is taken"


def test_the_down_key_brings_the_list_back(desk: AddDesk) -> None:
    desk.type("bank")
    desk.press(Key.Key_Escape)
    desk.press(Key.Key_Down)
    assert desk.popup.isVisible()
    assert desk.highlighted == "BAC.US"


def test_markets_by_keys(desk: AddDesk) -> None:
    desk.type("usd")
    assert desk.offered == ["EURUSD", "BTCUSDT", "usd"]
    titles = [desk.popup.tabs.tabText(place) for place in range(desk.popup.tabs.count())]
    assert titles == ["All", "US", "Hong Kong", "China", "Forex", "Crypto"]
    desk.press(Key.Key_PageUp, CONTROL)
    assert desk.popup.tabs.tabText(desk.popup.tabs.currentIndex()) == "Crypto"
    assert desk.offered == ["BTCUSDT", "usd"]
    assert desk.box.accessibleDescription().startswith("Matches: 1")
    desk.press(Key.Key_PageUp, CONTROL)
    assert desk.offered == ["EURUSD", "usd"]
    desk.press(Key.Key_Escape)
    desk.press(Key.Key_Escape)
    desk.type("apple")
    assert desk.offered == ["apple"]
    assert "Nothing like it in this market (Forex), but in others." in desk.popup.note.text()
    for _ in range(2):
        desk.press(Key.Key_PageDown, CONTROL)
    assert desk.offered == ["AAPL.US", "apple"]


def test_a_click_chooses_a_market_and_a_row(desk: AddDesk) -> None:
    desk.type("bank")
    tabs, view = desk.popup.tabs, desk.popup.view
    place = tabs.tabRect(2).center()
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=place)
    assert desk.offered == ["3988.HK", "bank"]
    row = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert desk.codes == ["3988.HK"]
    assert desk.box.hasFocus()


def test_an_input_method_has_the_place_to_itself(desk: AddDesk) -> None:
    desk.type("tx")
    assert desk.popup.isVisible()
    QApplication.sendEvent(desk.box, QInputMethodEvent("teng", []))
    assert not desk.popup.isVisible()
    QApplication.sendEvent(desk.box, QInputMethodEvent("", []))
    assert desk.popup.isVisible()
    assert desk.box.text() == "tx"
    assert desk.added == []


def test_the_list_goes_with_the_focus_and_with_the_window(desk: AddDesk) -> None:
    desk.type("bank")
    desk.window.move(desk.window.pos() + QPoint(30, 30))
    QApplication.processEvents()
    assert not desk.popup.isVisible()
    desk.press(Key.Key_Down)
    assert desk.popup.isVisible()
    desk.box.clearFocus()
    assert not desk.popup.isVisible()


def test_what_the_catalogue_learns_is_found(desk: AddDesk, qtbot: QtBot) -> None:
    desk.type("zen")
    assert desk.offered == ["zen"]
    desk.catalogue.extend([Instrument("ZEN.US", "Zenith", "", Market.US_STOCK)])
    desk.press(Key.Key_Backspace)
    qtbot.waitUntil(lambda: "ZEN.US" in desk.offered)


def test_two_vendors_say_whose_a_row_is(qtbot: QtBot) -> None:
    desk = AddDesk(qtbot, ("alltick", "itick"))
    desk.catalogue.extend([Instrument("ZEN.US", "Zenith", "", Market.US_STOCK)], ITICK)
    desk.type("AAPL.US, zen")
    (zen, typed) = desk.offers
    assert (zen.tag, zen.hint) == ("iTick", "Known from: iTick.")
    assert typed.as_typed
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Up)
    desk.press(Key.Key_Up)
    desk.press(Key.Key_Down)
    assert desk.highlighted == "ZEN.US"
    desk.press(Key.Key_Return)
    assert desk.added == [("alltick", "AAPL.US"), ("itick", "ZEN.US")]
    assert desk.strip.vendor == "alltick"
    desk.type("apple")
    assert desk.offers[0].tag == "AllTick"


def test_chinese_names_come_first_on_a_chinese_screen(desk: AddDesk) -> None:
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("zh_CN"))
        desk.type("tencent")
        assert [name.text for name in desk.offers[0].names] == ["腾讯控股", "Tencent Holdings"]
    finally:
        QLocale.setDefault(before)


def test_what_was_typed_is_stressed(desk: AddDesk) -> None:
    desk.type("txk")
    (offer, _) = desk.offers
    assert offer.code.typed == ()
    assert {name.text: name.typed for name in offer.names} == {
        "Tencent Holdings": (),
        "腾讯控股": ((0, 3),),
    }
    assert offer.market == "Hong Kong"
    assert offer.spoken == "700.HK, Tencent Holdings, 腾讯控股, Hong Kong"


def test_a_long_pasted_list_is_codes_only(desk: AddDesk) -> None:
    desk.box.setText(" ".join([f"C{number}.US" for number in range(30)] + ["aapl", "Tencent"]))
    desk.press(Key.Key_Return)
    assert desk.codes[-2:] == ["AAPL.US", "Tencent"]
    assert len(desk.codes) == 32
