import asyncio
from time import monotonic

from bot.posts.pace import Pace


async def test_what_people_wait_for_goes_before_posts() -> None:
    pace, order = Pace(4), list[str]()

    async def ask(name: str, *, is_post: bool) -> None:
        await pace.turn(is_post=is_post)
        order.append(name)

    posts = [asyncio.create_task(ask(f"post {n}", is_post=True)) for n in range(3)]
    await asyncio.sleep(0)
    person = asyncio.create_task(ask("person", is_post=False))
    await asyncio.gather(*posts, person)
    assert order == ["post 0", "person", "post 1", "post 2"]


async def test_no_second_has_more_requests_than_are_allowed() -> None:
    pace, passed = Pace(20), list[float]()
    for _ in range(25):
        await pace.turn(is_post=True)
        passed.append(monotonic())
    for first, after_the_last in zip(passed, passed[20:], strict=False):
        assert after_the_last - first > 1


async def test_who_gave_up_takes_nobody_s_turn() -> None:
    pace = Pace(1000)
    pace.person_waits()
    gone = asyncio.create_task(pace.turn(is_post=True))
    stays = asyncio.create_task(pace.turn(is_post=True))
    await asyncio.sleep(0)
    gone.cancel()
    await stays
    assert gone.cancelled()


async def test_posts_wait_until_a_person_is_answered() -> None:
    pace = Pace(1000)
    pace.person_waits()
    post = asyncio.create_task(pace.turn(is_post=True))
    await pace.turn(is_post=False)
    assert not post.done()
    pace.person_answered()
    await post
