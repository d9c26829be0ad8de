"""Permissions of members in channels."""

import pytest

from bot.sandbox import Guild, NotSentError, Permission, Sandbox
from bot.sandbox.rules.permissions import ALL, ORDINARY, permissions_of

VIEW, SEND, MANAGE = Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES, Permission.MANAGE_GUILD


@pytest.fixture
def sandbox() -> Sandbox:
    # It needn't be started: the world is plain data.
    return Sandbox()


@pytest.fixture
def lab(sandbox: Sandbox) -> Guild:
    return sandbox.add_guild("Lab")


def test_a_member_has_what_everyone_and_their_roles_have(lab: Guild) -> None:
    general = lab.add_channel("general")
    plain, manager = lab.add_member("A"), lab.add_member("B", permissions=MANAGE)
    assert lab.permissions_of(plain, general) == ORDINARY
    assert lab.permissions_of(manager, general) == ORDINARY | MANAGE


def test_overwrites_go_from_everyone_over_roles_to_the_member(lab: Guild) -> None:
    general = lab.add_channel("general")
    writers, muted = lab.add_role("writers"), lab.add_role("muted")
    anna = lab.add_member("Anna", roles=(writers, muted))

    def may_write() -> bool:
        return bool(lab.permissions_of(anna, general) & SEND)

    lab.set_overwrite(general, lab.everyone, deny=SEND)
    assert not may_write()
    lab.set_overwrite(general, writers, allow=SEND)
    assert may_write()
    lab.set_overwrite(general, muted, deny=SEND)
    assert may_write(), "what one role allows, another does not take away"
    lab.set_overwrite(general, anna, deny=SEND)
    assert not may_write()
    lab.set_roles(anna, ())
    lab.set_overwrite(general, anna)
    assert not may_write()


def test_who_cannot_see_a_channel_can_do_nothing_in_it(lab: Guild) -> None:
    general = lab.add_channel("general")
    lab.set_overwrite(general, lab.everyone, deny=VIEW)
    assert lab.permissions_of(lab.add_member("A"), general) == 0


def test_administrators_and_the_owner_can_do_everything(lab: Guild) -> None:
    general = lab.add_channel("general")
    lab.set_overwrite(general, lab.everyone, deny=ALL)
    admin = lab.add_member("A", permissions=Permission.ADMINISTRATOR)
    owner = lab.members[lab.owner_id].user
    assert lab.permissions_of(admin, general) == lab.permissions_of(owner, general) == ALL


def test_a_thread_has_the_overwrites_of_its_channel(lab: Guild) -> None:
    general = lab.add_channel("general")
    anna = lab.add_member("Anna")
    thread = lab.add_thread(general, "Aside", anna)
    lab.set_overwrite(general, lab.everyone, deny=SEND)
    assert not lab.permissions_of(anna, thread) & SEND


def test_who_is_no_member_has_no_permissions_at_all(sandbox: Sandbox, lab: Guild) -> None:
    general = lab.add_channel("general")
    stranger = sandbox.add_person("Stranger")
    assert permissions_of(stranger, general) == 0
    with pytest.raises(NotSentError, match="not a member"):
        lab.permissions_of(stranger, general)
