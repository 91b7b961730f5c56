import pytest
from tinyserver import Recorder, book, trade

from alltick_desk.errors import ProtocolError
from alltick_desk.feed.intake import Intake
from alltick_desk.model.interval import Interval
from alltick_desk.model.market import Candle, LiveCandle, Quote
from alltick_desk.vendors.alltick import CODEC
from alltick_desk.vendors.base import Ack, Alive, Channel, Control, Event, Ready, Unknown


class Bench:
    """An intake and everything it passes things on to."""

    def __init__(self) -> None:
        self.sink = Recorder()
        self.control: list[Control] = []
        self.reports: list[BaseException] = []
        self.seen = 0
        self.intake = Intake(
            "toy",
            decode=CODEC.decoder("stock"),
            sink=self.sink,
            control=self.control.append,
            report=self.reports.append,
        )

    def take(self, *texts: str) -> None:
        for text in texts:
            self.intake.take(text.encode())

    def saw(self) -> None:
        self.seen += 1


def test_each_kind_goes_its_way_with_the_time_of_arrival() -> None:
    bench = Bench()
    bench.intake.now_s = 12.5
    bench.take(
        trade("A.HK"),
        book("B.HK"),
        '{"ret":200,"msg":"ok","cmd_id":22001,"seq_id":1,"trace":"x","data":{}}',
        '{"ret":200,"msg":"ok","cmd_id":22005,"seq_id":2,"trace":"x","data":{}}',
        '{"cmd_id":31337,"data":{}}',
    )
    assert [(each.code, at) for each, at in bench.sink.trades] == [("A.HK", 12.5)]
    assert [(each.code, at) for each, at in bench.sink.depths] == [("B.HK", 12.5)]
    assert bench.control == [Alive(), Ack(2, Channel.TRADES), Unknown("command 31337")]
    assert bench.intake.messages == 5


def test_garbage_is_counted_and_the_first_few_are_logged_without_their_bodies(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bench = Bench()
    bench.take(*["a secret"] * 10)
    assert (bench.intake.messages, bench.intake.decode_errors) == (10, 10)
    assert caplog.text.count("not understood") == 3
    assert "secret" not in caplog.text
    assert not bench.reports


def test_a_protocol_error_of_the_sink_counts_as_one() -> None:
    bench = Bench()
    bench.sink.fault = ProtocolError("a bad level")
    bench.take(trade("A.HK"))
    assert (bench.intake.decode_errors, bench.intake.faults) == (1, 0)


def test_a_bug_is_reported_a_few_times_and_counted_ever_after() -> None:
    bench = Bench()
    bench.sink.fault = RuntimeError("a bug")
    bench.take(*[trade("A.HK")] * 10)
    assert bench.intake.faults == len(bench.sink.trades) == 10
    assert bench.reports == [bench.sink.fault] * 3


@pytest.mark.parametrize(
    ("channel", "others", "own"),
    [
        (Channel.TRADES, (trade("Z.HK"), book("A.HK")), trade("A.HK")),
        (Channel.DEPTH, (book("Z.HK"), trade("A.HK")), book("A.HK")),
    ],
)
def test_a_watched_code_is_seen_once_on_its_channel(
    channel: Channel, others: tuple[str, ...], own: str
) -> None:
    bench = Bench()
    bench.intake.watch(channel, {"A.HK"}, bench.saw)
    bench.take("garbage", *others)
    assert bench.seen == 0
    bench.take(own, own)
    assert bench.seen == 1
    assert bench.intake.messages == 5


def test_unwatching_goes_back_to_the_short_way() -> None:
    bench = Bench()
    short = bench.intake.take
    bench.intake.watch(Channel.TRADES, {"A.HK"}, bench.saw)
    assert bench.intake.take != short
    bench.intake.unwatch()
    assert bench.intake.take == short
    bench.take(trade("A.HK"))
    assert bench.seen == 0


def test_what_is_taken_is_bytes_for_the_codec() -> None:
    kinds: list[type] = []

    def decode(frame: bytes | str) -> Event:
        kinds.append(type(frame))
        return Alive()

    intake = Intake(
        "toy", decode=decode, sink=Recorder(), control=lambda _event: None, report=print
    )
    intake.take(b"x")
    assert kinds == [bytes]


class Toy:
    """An intake whose messages name the event that they stand for."""

    def __init__(self, **events: Event) -> None:
        self.sink = Recorder()
        self.control: list[Control] = []
        self.seen = 0
        self.intake = Intake(
            "toy",
            decode=lambda frame: events[bytes(frame).decode()],
            sink=self.sink,
            control=self.control.append,
            report=lambda error: pytest.fail(repr(error)),
        )

    def saw(self) -> None:
        self.seen += 1


QUOTE = Quote("A", 1, "1.5")
BAR = LiveCandle("A", Interval.M1, Candle(60, "1", "2", "1", "2"))


def test_pushed_days_and_bars_go_to_the_sink() -> None:
    toy = Toy(q=QUOTE, b=BAR, r=Ready())
    toy.intake.now_s = 7.0
    for message in (b"q", b"b", b"r"):
        toy.intake.take(message)
    assert toy.sink.quotes == [(QUOTE, 7.0)]
    assert toy.sink.candles == [(BAR, 7.0)]
    assert toy.control == [Ready()]


@pytest.mark.parametrize(
    ("channel", "expected"),
    [(Channel.TRADES, b"q"), (Channel.CANDLES, b"b")],
)
def test_a_quote_counts_as_data_of_trades_and_a_bar_as_data_of_bars(
    channel: Channel, expected: bytes
) -> None:
    toy = Toy(q=QUOTE, b=BAR, r=Ready())
    for message in {b"q", b"b", b"r"} - {expected}:
        toy.intake.watch(channel, {"A"}, toy.saw)
        toy.intake.take(message)
        assert toy.seen == 0
    toy.intake.take(expected)
    assert toy.seen == 1
