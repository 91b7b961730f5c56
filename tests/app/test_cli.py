"""The command line, option by option."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from alltick_desk import __version__
from alltick_desk.app.cli import Options, parse, read
from alltick_desk.errors import UsageError
from alltick_desk.model.interval import Interval
from alltick_desk.vendors.plans import PLANS

ROOT = Path(__file__).resolve().parents[2]


def refusal(*argv: str) -> str:
    with pytest.raises(UsageError) as caught:
        read(argv)
    return str(caught.value)


def test_nothing_said_is_the_defaults():
    assert read([]) == Options()
    assert read([]).vendors == ("alltick",)
    assert read([]).plans == {"alltick": "free"}
    assert read([]).after_s == 10.0
    assert read([]).interval is Interval.M1


def test_reading_loads_nothing_heavy():
    script = (
        "import json, sys; from alltick_desk.app.cli import read; read(['--demo']);"
        "print(json.dumps([n for n in ('msgspec', 'PySide6', 'asyncio', 'logging', 'ssl')"
        " if n in sys.modules]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(run.stdout) == []


def test_everything_said_at_once(tmp_path):
    options = read(
        [
            *("--vendor", "alltick", "--plan", "basic", "--endpoint", "http://127.0.0.1:18080"),
            *("--profile", str(tmp_path), "--symbols", "700.HK,BTCUSDT", "--chart", "700.HK:5m"),
            *("--theme", "dark", "--lang", "zh_CN", "--snapshot", str(tmp_path / "a.png")),
            *("--after", "2.5", "--metrics", str(tmp_path / "m"), "--log-level", "Debug"),
            "--doctor",
        ]
    )
    assert options == Options(
        vendors_given=True,
        endpoint="http://127.0.0.1:18080",
        plans={"alltick": "basic"},
        plans_given=frozenset({"alltick"}),
        profile=tmp_path,
        symbols=("700.HK", "BTCUSDT"),
        chart="700.HK",
        interval=Interval.M5,
        theme="dark",
        lang="zh_CN",
        snapshot=tmp_path / "a.png",
        after_s=2.5,
        metrics=tmp_path / "m",
        log_level="DEBUG",
        doctor=True,
    )


@pytest.mark.parametrize(("vendor", "plan"), [(v, p.name) for v in PLANS for p in PLANS[v]])
def test_every_plan_is_known(vendor, plan):
    assert read(["--vendor", vendor, "--plan", plan]).plans == {vendor: plan}
    assert read([f"--plan={vendor}={plan}", f"--vendor={vendor}"]).plans == {vendor: plan}


def test_an_unknown_plan_is_answered_with_the_list():
    sentence = refusal("--plan", "gold")
    assert "'gold'" in sentence
    assert all(plan.name in sentence for plan in PLANS["alltick"])
    assert "base" in refusal("--vendor", "itick", "--plan", "hk")


def test_the_demo_has_the_premium_plan_unless_another_is_said():
    assert read(["--demo"]).plans == {"alltick": "premium"}
    assert read(["--demo"]).plans_given == frozenset()
    assert read(["--demo", "--plan", "free"]).plans == {"alltick": "free"}
    assert read(["--demo", "--plan", "free"]).plans_given == {"alltick"}


def test_two_vendors_have_a_plan_each():
    both = ["--vendor", "itick", "--vendor", "alltick", "--vendor", "itick"]
    options = read([*both, "--plan", "itick=base"])
    assert options.vendors == ("itick", "alltick")
    assert options.plans == {"itick": "base", "alltick": "free"}
    assert options.plans_given == {"itick"}
    assert "--plan itick=" in refusal(*both, "--plan", "base")
    assert "'other', which is not a vendor" in refusal("--plan", "other=base")
    assert "twice" in refusal("--plan", "basic", "--plan", "premium")
    assert "alltick itick" in refusal("--vendor", "other")


def test_the_demo_takes_no_endpoint():
    assert "--endpoint" in refusal("--demo", "--endpoint", "http://127.0.0.1:18080")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("http://127.0.0.1:18080", "http://127.0.0.1:18080"),
        ("http://127.0.0.1:18080/", "http://127.0.0.1:18080"),
        ("http://127.9.8.7:1", "http://127.9.8.7:1"),
        ("http://[::1]:18080", "http://[::1]:18080"),
        ("http://localhost:18080", "http://localhost:18080"),
        ("https://quote.alltick.co", "https://quote.alltick.co"),
    ],
)
def test_endpoints(said, meant):
    assert read(["--endpoint", said]).endpoint == meant


@pytest.mark.parametrize(
    "said",
    [
        "http://quote.alltick.co",
        "http://10.0.0.1:18080",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1:18080@example.com",
        "ws://127.0.0.1:18080",
        "ftp://127.0.0.1",
        "127.0.0.1:18080",
        "https://",
        "https://host:99999",
        "https://host:port",
        "https://quote.alltick.co/quote-b-api",
        "https://quote.alltick.co?token=SECRET",
        "https://quote.alltick.co/#SECRET",
        "https://me:SECRET@quote.alltick.co",
        "",
    ],
)
def test_other_endpoints_are_refused_and_never_repeated(said):
    sentence = refusal("--endpoint", said)
    assert sentence.startswith("--endpoint")
    assert "SECRET" not in sentence


@pytest.mark.parametrize(
    ("said", "code", "interval"),
    [
        ("700.HK", "700.HK", Interval.M1),
        ("700.HK:1d", "700.HK", Interval.D1),
        ("BTCUSDT:4h", "BTCUSDT", Interval.H4),
        (" BTCUSDT : 1mo ", "BTCUSDT", Interval.MO1),
        ("A:B:5m", "A:B", Interval.M5),
    ],
)
def test_charts(said, code, interval):
    options = read(["--chart", said])
    assert (options.chart, options.interval) == (code, interval)


def test_an_unknown_interval_is_answered_with_the_list():
    for said in ("700.HK:3m", "700.HK:", "700.HK:1M"):
        sentence = refusal("--chart", said)
        assert sentence.endswith("1m 5m 15m 30m 1h 2h 4h 1d 1w 1mo.")
    assert "code" in refusal("--chart", ":5m")
    assert "code" in refusal("--chart", "")


@pytest.mark.parametrize("code", ["700.HK", "AAPL.US", "600519.SH", "000001.SZ"])
@pytest.mark.parametrize("interval", ["2h", "4h"])
def test_stocks_have_no_bars_of_two_and_four_hours(code, interval):
    sentence = refusal("--chart", f"{code}:{interval}")
    assert code in sentence
    assert sentence.endswith("1m 5m 15m 30m 1h 1d 1w 1mo.")


def test_symbols_are_trimmed_and_kept_in_order():
    said = read(["--symbols", " 700.HK, ,BTCUSDT,700.HK，GOLD,"])
    assert said.symbols == ("700.HK", "BTCUSDT", "GOLD")
    assert "at least one" in refusal("--symbols", " , ")
    assert "at least one" in refusal("--symbols", "")


@pytest.mark.parametrize("said", ["0", "-1", "nan", "inf", "1e999", "soon", ""])
def test_after_is_a_positive_number(said, tmp_path):
    assert "--after" in refusal(f"--after={said}", "--snapshot", str(tmp_path / "a.png"))


def test_after_without_a_snapshot_is_refused():
    assert "--snapshot" in refusal("--after", "3")


def test_files_need_a_folder_to_lie_in(tmp_path):
    assert "folder" in refusal("--snapshot", str(tmp_path))
    assert "no folder" in refusal("--metrics", str(tmp_path / "nowhere" / "m.jsonl"))
    assert "path" in refusal("--profile", "")
    assert "path" in refusal("--snapshot", "a\0b")
    assert read(["--profile", str(tmp_path / "made" / "later")]).profile is not None


def test_a_tilde_is_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert read(["--profile=~/desk"]).profile == tmp_path / "desk"


@pytest.mark.parametrize(
    ("option", "choices"),
    [
        ("--theme", "system light dark"),
        ("--lang", "en zh_CN"),
        ("--log-level", "debug info warning error"),
    ],
)
def test_a_wrong_choice_is_answered_with_the_list(option, choices):
    assert choices in refusal(option, "other")
    for choice in choices.split():
        read([option, choice])


def test_the_token_is_refused_and_not_repeated():
    assert "ALLTICK_TOKEN" in refusal("--token", "SECRET")
    for said in (["--token=SECRET"], ["SECRET"], ["--secret=SECRET"], ["-SECRET"]):
        assert "SECRET" not in refusal(*said)


def test_options_are_spelled_in_full():
    assert "--dem" in refusal("--dem")
    assert refusal("--demo=yes") == "--demo takes no value."
    assert refusal("--plan") == "--plan needs a value; see --help."
    assert "--metric" in refusal("--metric", "out.jsonl")


def test_a_mistake_is_one_line_on_stderr_and_exit_2(capsys):
    with pytest.raises(SystemExit) as caught:
        parse(["--plan", "gold"])
    assert caught.value.code == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("alltick-desk: --plan")
    assert shown.err.count("\n") == 1


def test_version_and_help(capsys):
    with pytest.raises(SystemExit) as caught:
        parse(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"AllTick Desk {__version__}\n"
    with pytest.raises(SystemExit) as caught:
        parse(["--help"])
    assert caught.value.code == 0
    text = capsys.readouterr().out
    assert "alltick-desk --demo" in text
    for interval in Interval:
        assert interval.value in text
    for plan in PLANS["alltick"]:
        assert plan.name in text


def test_options_cannot_be_changed():
    with pytest.raises(AttributeError):
        read([]).demo = True  # type: ignore[misc]
    with pytest.raises(TypeError):
        read([]).plans["alltick"] = "premium"  # type: ignore[index]


@pytest.mark.skipif(
    not (ROOT / "alltick_desk" / "__main__.py").exists(), reason="the program is not there yet"
)
def test_the_program_itself_answers_a_mistake():
    run = subprocess.run(
        [sys.executable, "-m", "alltick_desk", "--plan", "gold"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    assert "'gold' is not a plan" in run.stderr
