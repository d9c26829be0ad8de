"""The table of routes: what is simulated, and what answers 501."""

import re
from pathlib import Path

import pytest
from contract import Contract
from small_bot import Ask

from bot.sandbox import Sandbox
from bot.sandbox.rest.routes import ROUTES
from bot.sandbox.rest.unsimulated import UNSIMULATED

MANUAL = Path(__file__).parents[2] / "docs" / "sandbox.md"
SIMULATED = {(route.method, route.template) for route in ROUTES}


def test_each_route_of_discord_is_simulated_or_listed_as_missing(contract: Contract | None) -> None:
    if contract is None:
        pytest.skip("DAILY_PAPERS_TEST_OPENAPI names no file: routes were not compared")
    assert SIMULATED | UNSIMULATED.keys() == contract.routes.keys()
    assert {route: contract.routes[route] for route in UNSIMULATED} == UNSIMULATED


def test_no_route_is_listed_twice() -> None:
    assert len(SIMULATED) == len(ROUTES)
    assert not SIMULATED & UNSIMULATED.keys()


def test_the_manual_lists_the_routes_that_are_not_simulated() -> None:
    rows = re.findall(r"^\| `(/\S*)` \| ([A-Z, ]+) \|$", MANUAL.read_text("utf-8"), re.MULTILINE)
    listed = {(method, path) for path, methods in rows for method in methods.split(", ")}
    assert listed == UNSIMULATED.keys()


async def test_a_route_that_is_not_simulated_answers_501_with_its_name(
    sandbox: Sandbox, ask: Ask
) -> None:
    problems = []
    for (method, template), name in UNSIMULATED.items():
        status, body = await ask(method, re.sub(r"\{\w+\}", "1", template))
        if status != 501 or name not in body["message"] or template not in body["message"]:
            problems.append((method, template, status, body))
    assert not problems
    assert not sandbox.refusals
    assert sandbox.requests[-1].route == template


async def test_fixed_parts_of_paths_come_before_parameters(sandbox: Sandbox, ask: Ask) -> None:
    for path in ("/users/@me", "/webhooks/1/token/messages/@original", "/applications/@me"):
        await ask("GET", path)
    assert [request.route for request in sandbox.requests] == [
        "/users/@me",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        "/applications/@me",
    ]
