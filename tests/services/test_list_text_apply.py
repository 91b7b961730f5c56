"""What was looked at taken into lists, in one edit."""

from listtexts import NEW, THERE, applied, codes_of, keys, looked_at

from alltick_desk.model.lists import (
    Entry,
    ListBook,
    NamedList,
    Place,
    Section,
    book_of,
    normal,
)
from alltick_desk.services.list_text_apply import apply, take_in
from alltick_desk.services.lists import Lists


def test_tradingviews_sections_are_sections() -> None:
    book = applied("###Tech,NASDAQ:AAPL,NASDAQ:MSFT,###HK,HKEX:700,###Empty", book_of(keys("GOLD")))
    assert codes_of(book.shown) == [
        ("", ["GOLD"]),
        ("Tech", ["AAPL.US", "MSFT.US"]),
        ("HK", ["700.HK"]),
        ("Empty", []),
    ]


def test_rows_without_a_section_go_where_one_pastes() -> None:
    book = applied("AAPL.US\nGOLD\nTSLA.US", book_of(keys("GOLD", "700.HK")), Place(0, 1))
    assert codes_of(book.shown) == [("", ["GOLD", "AAPL.US", "TSLA.US", "700.HK"])]


def test_no_section_is_made_for_rows_that_do_not_come() -> None:
    book = book_of(keys("700.HK", "GOLD"))
    text = "section,code\n港股,00700\nTech,AAPL.US\nTech,GOLD\nEmpty,\n"
    assert codes_of(applied(text, book).shown) == [
        ("", ["700.HK", "GOLD"]),
        ("Tech", ["AAPL.US"]),
        ("Empty", []),
    ]
    marked = applied("###港股,HKEX:700,###Tech,NASDAQ:AAPL,###Empty", book)
    assert [section.name for section in marked.shown.sections] == ["", "Tech", "Empty"]
    seen = looked_at(text)
    assert [it.name for it in apply(seen, book, new_id=lambda: "never").shown.sections] == [
        *("", "Tech", "Empty"),
    ]


def test_the_preview_tells_what_a_row_that_is_there_does_not_take() -> None:
    own = Entry(keys("700.HK")[0], "Penguin", "", pinned=True)
    book = ListBook((NamedList("1", "Mine", (Section("", (own,)), Section("Tech"))),), "1")
    text = (
        "section,code,alias,note,pinned\n"
        "Tech,700.HK,QQ,buy,yes\n"
        ",700.HK,Penguin,,yes\n"
        "Tech,GOLD,,,\n"
        "tech,GOLD,,,yes\n"
    )
    assert [line.note for line in looked_at(text, book).lines] == [
        "Not taken: the alias, the note, the section. The list has it already.",
        "The list has it already.",
        "",
        "Not taken: the pin. Line 4 has it already.",
    ]


def test_rows_join_the_lists_and_sections_of_their_names() -> None:
    sections = (
        Section("", (Entry(keys("GOLD")[0]),)),
        Section("Tech", (Entry(keys("AAPL.US")[0]),)),
    )
    book = ListBook((NamedList("1", "Mine", sections), NamedList("2", "Other")), "1")
    text = (
        "list,section,code\n"
        "mine,TECH,MSFT.US\nMine,,GOLD\nMine,,Silver\nFresh,x,AAPL.US\nother,,700.HK\nFresh,x,TSLA.US\n"
        ",,NVDA.US\n"
    )
    made = applied(text, book)
    assert [one.name for one in made.lists] == ["Mine", "Other", "Fresh"]
    assert codes_of(made.lists[0]) == [
        ("", ["GOLD", "Silver", "NVDA.US"]),
        ("Tech", ["AAPL.US", "MSFT.US"]),
    ]
    assert codes_of(made.lists[1]) == [("", ["700.HK"])]
    assert codes_of(made.lists[2]) == [("", []), ("x", ["AAPL.US", "TSLA.US"])]
    assert normal(made) == made


def test_the_column_of_lists_may_be_left_alone() -> None:
    text = "list,code\nOther,AAPL.US\nMore,AAPL.US\nMore,TSLA.US\n"
    seen = looked_at(text, by_list=False)
    assert [line.verdict for line in seen.lines] == [NEW, THERE, NEW]
    book = apply(seen, book_of(), new_id=lambda: "never")
    assert codes_of(book.shown) == [("", ["AAPL.US", "TSLA.US"])]


def test_what_was_added_since_the_preview_is_not_added_again() -> None:
    seen = looked_at("list,code\nWatchlist,AAPL.US\nWatchlist,TSLA.US\n,GOLD")
    book = apply(seen, book_of(keys("TSLA.US", "GOLD")), new_id=lambda: "never")
    assert codes_of(book.shown) == [("", ["TSLA.US", "GOLD", "AAPL.US"])]


def test_an_import_is_one_edit() -> None:
    lists = Lists(book_of(keys("GOLD")))
    before = lists.book
    seen = looked_at("list,code\n,AAPL.US\nFresh,TSLA.US\n,GOLD", before)
    assert take_in(seen, lists) == 2
    assert len(lists.book.lists) == 2
    assert lists.undo_label == "Undo: import 2 rows"
    lists.undo()
    assert lists.book == before
    assert not lists.can_undo
