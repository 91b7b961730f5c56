"""Tasks: none is lost, none fails in silence."""

import asyncio

from fakes import settle

from alltick_desk.ui.tasks import Tasks


def test_an_error_goes_to_the_report_and_a_cancellation_does_not() -> None:
    async def run() -> list[BaseException]:
        reported: list[BaseException] = []
        tasks = Tasks(reported.append)

        async def fail() -> None:
            raise ValueError("broken")

        tasks.spawn(fail(), "fail")
        forever = tasks.spawn(asyncio.Event().wait(), "forever")
        await settle()
        forever.cancel()
        await settle()
        return reported

    reported = asyncio.run(run())
    assert [str(error) for error in reported] == ["broken"]


def test_cancelling_all_waits_for_each_to_end() -> None:
    async def run() -> tuple[list[str], int]:
        ended: list[str] = []
        tasks = Tasks(lambda _: None)

        async def work(name: str) -> None:
            try:
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(0)
                ended.append(name)

        for name in ("a", "b"):
            tasks.spawn(work(name), name)
        await settle()
        await tasks.cancel_all()
        return ended, len(asyncio.all_tasks())

    ended, left = asyncio.run(run())
    assert sorted(ended) == ["a", "b"]
    assert left == 1
