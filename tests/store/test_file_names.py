"""Names of files that every disk takes."""

from hypothesis import given
from hypothesis import strategies as st

from alltick_desk.store.files import file_name

RESERVED = ("CON", "nul", "com1", "AUX.US", "lpt9")

codes = st.text(max_size=300) | st.sampled_from(
    (".DJI.US", "DJI.US", "future/GC$US", "future/gc$US", "btcusdt", "BTCUSDT", "..", *RESERVED)
)


@given(codes, codes)
def test_every_code_has_a_file_name_of_its_own_that_every_disk_takes(one: str, other: str) -> None:
    name = file_name(one)
    assert name == name.lower()
    assert name.isascii()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert not name.startswith((".", "-"))
    assert len(name) < 70
    assert name.split(".")[0] not in {reserved.lower() for reserved in RESERVED}
    assert (name == file_name(other)) is (one == other)


def test_a_file_name_can_be_read_by_a_person() -> None:
    assert file_name("AAPL.US").startswith("aapl-us-")
    assert file_name("future/GC$US").startswith("future-gc-us-")
    assert file_name("中").endswith(".json")


def test_a_lone_surrogate_has_a_name_too() -> None:
    assert file_name("\ud800") != file_name("\ud801")
