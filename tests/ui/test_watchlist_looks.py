"""How the table looks by the person's choices: colours, changes of price, sizes, digits."""

import pytest
from PySide6.QtGui import QColor, QImage, QPalette
from pytestqt.qtbot import QtBot
from watchdesk import CODES, WatchDesk, colours, key

from alltick_desk.model.settings import Settings
from alltick_desk.services.quotes import RowState
from alltick_desk.ui.theme import Theme, make_theme
from alltick_desk.ui.watchlist.column_choice import OFFERED
from alltick_desk.ui.watchlist.look import TableLook
from alltick_desk.ui.watchlist.marks import state_colour
from alltick_desk.ui.watchlist.moves import Moves

THEME = make_theme(dark=False)


@pytest.fixture
def desk(qtbot: QtBot) -> WatchDesk:
    desk = WatchDesk(qtbot).show(qtbot)
    for code in CODES:
        desk.tick(code, "10.00")
        desk.row(code).previous_close = 10.0
    desk.live()
    return desk


# Colours


def luminance(colour: QColor) -> float:
    """Return the relative luminance by WCAG 2."""
    parts = [part / 255 for part in (colour.red(), colour.green(), colour.blue())]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def upon(wash: QColor, ground: QColor) -> QColor:
    """Return the colour that a thinned one has on a ground."""
    share = wash.alphaF()
    parts = zip(wash.getRgb()[:3], ground.getRgb()[:3], strict=True)
    return QColor(*(round(share * top + (1 - share) * under) for top, under in parts))


def grounds(theme: Theme) -> list[QColor]:
    """Return every ground of a row: plain, shaded, selected, flashing."""
    plain = [theme.base, theme.raised]
    washes = [theme.wash(colour) for colour in (theme.accent, theme.up, theme.down)]
    return [*plain, *(upon(wash, ground) for wash in washes for ground in plain)]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("palette", ["west", "china", "blue_orange"])
def test_every_text_stands_out_from_every_ground(palette: str, dark: bool) -> None:
    theme = make_theme(dark=dark, palette=palette)
    inks = [
        theme.text,
        theme.muted,
        theme.up,
        theme.down,
        *(state_colour(s, theme) for s in RowState),
    ]
    worst = min(
        (contrast(ink, ground), ink.name(), ground.name())
        for ink in inks
        for ground in grounds(theme)
    )
    assert worst[0] >= 4.5, worst


@pytest.mark.parametrize("dark", [False, True])
def test_the_palettes(dark: bool) -> None:
    west, china, blind = (
        make_theme(dark=dark, palette=palette) for palette in ("west", "china", "blue_orange")
    )
    assert (west.up, west.down) == (china.down, china.up)
    assert 195 <= blind.up.hslHue() <= 230  # blue
    assert 20 <= blind.down.hslHue() <= 45  # orange


# Changes


def shown_as(desk: WatchDesk, changes: str) -> None:
    desk.panel.set_look(TableLook(changes=changes))


def move(desk: WatchDesk, price: str) -> QImage:
    desk.tick("700.HK", price)
    desk.frame()
    return desk.cell_picture("700.HK", "last")


def test_only_the_changed_digits_take_the_colour_and_keep_it(desk: WatchDesk) -> None:
    shown_as(desk, "digits")
    desk.row("700.HK").previous_close = 20.0  # the day is down, the move is up
    calm = move(desk, "10.00")
    assert not {THEME.up.name(), THEME.down.name()} & colours(calm)
    moved = move(desk, "10.07")
    assert THEME.up.name() in colours(moved)
    assert THEME.text.name() in colours(moved)
    assert THEME.down.name() not in colours(moved)
    desk.now_s += 60
    assert desk.cell_picture("700.HK", "last") == moved
    assert moved.pixelColor(2, 2) == calm.pixelColor(2, 2)  # no wash
    less = move(desk, "9.99")
    assert THEME.down.name() in colours(less)
    assert THEME.text.name() not in colours(less)  # every digit is another one


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [("612.50", "612.55", 5), ("612.5", "612.55", 5), ("10.5", "105.0", 0), ("1.5", "2.5", 0)],
)
def test_digits_of_one_power_of_ten_are_compared(
    desk: WatchDesk, before: str, after: str, same: int
) -> None:
    moves = Moves(lambda: 0.0, lambda _: None, desk.panel)
    moves.show("digits")
    row = desk.row("700.HK")
    row.move = 1
    moves.begin(row, before, after)
    move_ = moves.of(row)
    assert move_ is not None
    assert move_.same == same


def test_neither_shows_only_the_new_price(desk: WatchDesk) -> None:
    shown_as(desk, "none")
    before = move(desk, "10.01")
    move(desk, "10.07")
    assert move(desk, "10.01") == before


def test_a_flash_has_an_arrow_for_whoever_sees_no_colour(desk: WatchDesk) -> None:
    def ink(image: QImage) -> set[tuple[int, int]]:
        ground = image.pixelColor(2, 2)
        part = range(image.width() // 3)
        height = range(image.height() - 1)
        return {(x, y) for x in part for y in height if image.pixelColor(x, y) != ground}

    shown_as(desk, "flash")
    calm = ink(desk.cell_picture("700.HK", "last"))
    rising = ink(move(desk, "10.01"))
    falling = ink(move(desk, "10.00"))
    assert not calm
    assert rising
    assert falling
    assert rising != falling


def test_the_days_change_has_an_arrow_too(desk: WatchDesk) -> None:
    shown_as(desk, "none")
    move(desk, "11.00")
    rising = desk.cell_picture("700.HK", "change").copy(0, 0, 20, 18)
    move(desk, "9.00")
    falling = desk.cell_picture("700.HK", "change").copy(0, 0, 20, 18)
    move(desk, "10.00")
    level = desk.cell_picture("700.HK", "change").copy(0, 0, 20, 18)
    assert THEME.up.name() in colours(rising)
    assert THEME.down.name() in colours(falling)
    assert not {THEME.up.name(), THEME.down.name()} & colours(level)


# Sizes and digits


def test_every_other_row_is_shaded(desk: WatchDesk) -> None:
    desk.panel.set_look(TableLook(zebra=True))
    grounds_ = [desk.cell_picture(code, "high").pixelColor(2, 2).name() for code in CODES]
    assert grounds_ == [THEME.base.name(), THEME.raised.name()] * 2


def test_rows_and_letters_follow_the_settings(desk: WatchDesk) -> None:
    table, header = desk.table, desk.table.horizontalHeader()
    before, width = table.rowHeight(0), table.columnWidth(2)
    heights = {}
    for name in ("compact", "normal", "roomy"):
        desk.panel.set_look(TableLook(row_height=name))
        heights[name] = table.rowHeight(0)
    assert heights["compact"] < heights["normal"] == before < heights["roomy"]
    tall = header.height()
    desk.panel.set_look(TableLook(table_font=200))
    assert table.rowHeight(0) == pytest.approx(2 * before, rel=0.1)
    assert table.columnWidth(2) == pytest.approx(2 * width, rel=0.1)
    assert header.height() == pytest.approx(2 * tall, rel=0.15)
    assert len(desk.panel.visible_keys()) == 4


@pytest.mark.parametrize("scale", [1.0, 1.75, 2.5])
def test_no_column_cuts_its_title_or_sample_at_any_scale(qtbot: QtBot, scale: float) -> None:
    desk = WatchDesk(qtbot)
    font = desk.panel.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    desk.panel.setFont(font)
    desk.panel.choices.show(tuple(OFFERED))
    desk.show(qtbot)
    metrics = desk.table.fontMetrics()
    for place, column in enumerate(OFFERED.values()):
        texts = [column.title] if column.spreads else [column.title, column.sample]
        for text in texts:
            assert desk.table.columnWidth(place) > metrics.horizontalAdvance(text), column.id


@pytest.mark.parametrize(
    ("digits", "shown"),
    [("sent", ["612.5", "0.00001234", "65432.12"]), ("five", ["612.5", "0.00001234", "65432"])],
)
def test_digits_of_prices(desk: WatchDesk, digits: str, shown: list[str]) -> None:
    desk.panel.set_look(TableLook(digits=digits))
    for code, price in zip(CODES, ("612.5", "0.00001234", "65432.12"), strict=False):
        desk.tick(code, price)
    desk.frame()
    model = desk.table.model()
    assert [model.index(n, 2).data() for n in range(3)] == shown
    assert [row["Last"] for row in desk.panel.state()[:3]] == ["612.5", "0.00001234", "65432.12"]


def test_even_digits_are_those_of_the_instrument(desk: WatchDesk) -> None:
    desk.panel.set_look(TableLook(digits="even"))
    desk.tick("700.HK", "612.375")
    desk.tick("700.HK", "612.5")
    model = desk.table.model()
    assert model.index(0, 2).data() == "612.500"
    assert model.index(0, 3).data() == "+602.500"
    assert desk.panel.state()[0]["Last"] == "612.5"


def ink_span(image: QImage) -> tuple[int, int]:
    """Return the first and the last column of a picture that something is written in."""
    ground = image.pixelColor(1, 1)
    written = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) != ground for y in range(image.height() - 1))
    ]
    return written[0], written[-1]


def test_figures_stand_where_the_person_wants_them(desk: WatchDesk) -> None:
    spans = {}
    for side in ("left", "centre", "right"):
        desk.panel.set_look(TableLook(changes="none", alignment=side))
        picture = desk.cell_picture("700.HK", "bid")
        spans[side] = ink_span(picture)
    assert spans["left"][0] < spans["centre"][0] < spans["right"][0]
    assert spans["left"][0] < picture.width() // 4
    assert spans["right"][1] > picture.width() * 3 // 4


def test_the_look_comes_from_the_settings() -> None:
    assert TableLook.of(Settings()) == TableLook()
    chosen = Settings(changes="digits", zebra=True, row_height="roomy", table_font=150)
    look = TableLook.of(chosen._replace(digits="five", alignment="left"))
    assert look == TableLook("digits", True, "roomy", 150, "five", "left")


def test_a_pinned_row_has_a_sign(desk: WatchDesk) -> None:
    before = desk.cell_picture("700.HK", "name")
    desk.watchlist.lists.pin([key("700.HK")], pinned=True)
    assert THEME.accent.name() in colours(desk.cell_picture("700.HK", "name"))
    desk.watchlist.lists.pin([key("700.HK")], pinned=False)
    assert desk.cell_picture("700.HK", "name") == before


def themed(desk: WatchDesk, palette: str, *, dark: bool) -> Theme:
    """Show the table in a theme, as the whole application does."""
    theme = make_theme(dark=dark, palette=palette)
    desk.panel.set_theme(theme)
    ground = desk.table.palette()
    ground.setColor(QPalette.ColorRole.Base, theme.base)
    desk.table.viewport().setPalette(ground)
    return theme


def nearly(one: QColor, other: QColor) -> bool:
    differences = one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue()
    return all(abs(part) <= 1 for part in differences)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("palette", ["west", "china", "blue_orange"])
def test_rows_are_painted_on_the_grounds_that_texts_stand_out_from(
    desk: WatchDesk, palette: str, dark: bool
) -> None:
    theme = themed(desk, palette, dark=dark)
    shown_as(desk, "flash")
    desk.panel.set_look(TableLook(zebra=True))
    seen = []
    for selected in ("700.HK", "AAPL.US", "EURUSD"):
        desk.click(selected)
        for price in ("10.01", "10.00", "10.02"):
            for code in CODES[:2]:
                desk.tick(code, price)
            desk.frame()
            for code in CODES:
                for column in ("last", "high"):
                    picture = desk.cell_picture(code, column)
                    seen.append(picture.pixelColor(picture.width() - 2, 2))
    allowed = grounds(theme)
    assert all(any(nearly(ground, one) for one in allowed) for ground in seen)
    assert len({ground.name() for ground in seen}) >= 6  # plain, shaded, both selected, moved


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("palette", ["west", "china", "blue_orange"])
def test_the_days_range_is_seen_in_every_row_and_follows_the_palette(
    desk: WatchDesk, palette: str, dark: bool
) -> None:
    theme = themed(desk, palette, dark=dark)
    desk.panel.choices.show(("code", "day_range"))
    for code, price in zip(CODES, ("11.00", "9.50"), strict=False):
        desk.tick(code, price)
        row = desk.row(code)
        row.low, row.high, row.low_value, row.high_value = "9.00", "12.00", 9.0, 12.0
    desk.click("EURUSD")
    for code, colour in (("700.HK", theme.up), ("AAPL.US", theme.down)):
        for select in (code, "EURUSD"):
            desk.table.selectRow(desk.shown().index(select))
            desk.panel.refresh(desk.watchlist.rows)
            cell = desk.table.visualRect(desk.table.model().index(desk.shown().index(code), 1))
            picture = desk.table.viewport().grab(cell).toImage()
            middle = range(cell.height() // 2 - 2, cell.height() // 2 + 3)
            ground = picture.pixelColor(2, 2)
            right = [picture.pixelColor(cell.width() - 20, y) for y in middle]
            assert colour.name() in colours(picture)
            assert max(contrast(bar, ground) for bar in right) >= 1.5, (code, select)
