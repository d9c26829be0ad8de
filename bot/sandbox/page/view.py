"""People, channels and messages as JSON for a browser.

Markdown is rendered to HTML, under keys that end with `html`; all other texts are plain. Addresses
lead to the web or to files of the page; others are left out.
Times are milliseconds since 1970.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from bot.discord_markdown.html import title_to_html, to_html
from bot.discord_markdown.inlines import is_web
from bot.discord_markdown.plain import to_line, with_names
from bot.sandbox.model import (
    PRIVATE,
    Attachment,
    Channel,
    ChannelType,
    GuildState,
    Interaction,
    InteractionType,
    Json,
    Message,
    MessageFlag,
    MessageType,
    User,
)
from bot.sandbox.model.components import walk
from bot.sandbox.page.components import component_views
from bot.sandbox.page.pictures import Pictures, no_pictures, proxied
from bot.sandbox.people.names import Names
from bot.sandbox.people.person import Person
from bot.sandbox.people.world import World
from bot.sandbox.rules.permissions import ALL, Permission, permissions_in_guild, permissions_of

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""Types of files that are shown as pictures; others can be downloaded."""
_SEND = {True: Permission.SEND_MESSAGES_IN_THREADS, False: Permission.SEND_MESSAGES}


def milliseconds(moment: datetime) -> int:
    """Return a time in milliseconds since 1970."""
    return round(moment.timestamp() * 1000)


class View:
    """Makes the JSON."""

    def __init__(self, world: World, pictures: Pictures = no_pictures) -> None:
        self.world = world
        self._pictures = pictures

    def person(self, person: Person) -> Json:
        """Return a person that the reader can act as."""
        world = self.world
        guilds = [guild for guild in world.guilds.values() if person.id in guild.members]
        standing = "outside"
        if guilds:
            standing = "member"
            held = [permissions_in_guild(guild.members[person.id]) for guild in guilds]
            if any(each & Permission.MANAGE_GUILD for each in held):
                standing = "manager"
            if ALL in held:
                standing = "administrator"
        return _user(person) | {
            "locale": person.locale,
            "standing": standing,
            "servers": [guild.name for guild in guilds],
        }

    def places(self, person: Person) -> Json:
        """Return the guilds and direct messages of a person, with channels, members and roles."""
        guilds = [
            self._guild(guild, person)
            for guild in self.world.guilds.values()
            if person.id in guild.members
        ]
        groups = [
            channel
            for channel in self.world.channels.values()
            if channel.type in PRIVATE and person in channel.recipients
        ]
        own = self.world.dm(person)
        talks = [own, *(channel for channel in groups if channel is not own)]
        return {"guilds": guilds, "talks": [self.channel(talk, person) for talk in talks]}

    def _guild(self, guild: GuildState, person: Person) -> Json:
        names = Names(self.world, guild)
        seen = [
            channel
            for channel in [*guild.channels.values(), *guild.threads.values()]
            if channel.type is ChannelType.CATEGORY or self.may_see(person, channel)
        ]
        return {
            "id": str(guild.id),
            "name": guild.name,
            "channels": [self.channel(channel, person) for channel in seen],
            "members": [
                _user(member.user) | {"name": names.of(member.user)}
                for member in guild.members.values()
            ],
            "roles": [
                {"id": str(role.id), "name": role.name.removeprefix("@")}
                for role in guild.roles.values()
            ],
        }

    def may_see(self, person: Person, channel: Channel) -> bool:
        """Return whether a person sees a channel."""
        return bool(permissions_of(person, channel) & Permission.VIEW_CHANNEL)

    def may_write(self, person: Person, channel: Channel) -> bool:
        """Return whether a person may send messages in a channel."""
        thread = channel.thread
        if channel.type in (ChannelType.FORUM, ChannelType.MEDIA, ChannelType.CATEGORY):
            return False
        if thread is not None and thread.locked:
            return False
        needed = _SEND[channel.is_thread]
        return bool(permissions_of(person, channel) & needed)

    def channel(self, channel: Channel, person: Person) -> Json:
        """Return a channel, as a person sees it in a list."""
        name = channel.name
        if channel.guild is None and not name:
            others = [user.name for user in channel.recipients if user is not person]
            name = ", ".join([self.world.bot.name] if channel.has_bot else others)
        found: Json = {
            "id": str(channel.id),
            "type": int(channel.type),
            "name": name,
            "guild": str(channel.guild.id) if channel.guild else None,
            "parent": str(channel.parent.id) if channel.parent else None,
            "topic": channel.topic or "",
            "position": channel.position,
            "writable": self.may_write(person, channel),
        }
        if channel.thread is not None:
            tags = channel.parent.tags if channel.parent else {}
            found |= {
                "archived": channel.thread.archived,
                "locked": channel.thread.locked,
                "tags": [tags[tag].name for tag in channel.thread.applied_tags if tag in tags],
                "count": len(channel.messages),
                "at": milliseconds(channel.thread.created_at),
            }
        return found

    def posts(self, forum: Channel) -> list[Json]:
        """Return the posts of a forum, the one with the newest message first."""
        threads = forum.guild.threads.values() if forum.guild else ()
        posts = [thread for thread in threads if thread.parent is forum]
        posts.sort(key=lambda thread: thread.last_message_id or thread.id, reverse=True)
        return [self._post(post) for post in posts]

    def _post(self, post: Channel) -> Json:
        first = next(iter(post.messages), None)
        return {
            "id": str(post.id),
            "author": self._author(first, post.guild) if first else None,
            "preview": self._in_short(first) if first else [],
        }

    def starter(self, channel: Channel) -> Message | None:
        """Return the message that a thread was started from, which is in its parent."""
        if channel.parent is None or channel.id in channel.all_messages:
            return None
        return channel.parent.all_messages.get(channel.id)

    def message(self, message: Message, person: Person) -> Json:
        """Return a message, as a person sees it."""
        guild = message.channel.guild
        names = Names(self.world, guild)
        found: Json = {
            "id": str(message.id),
            "channel": str(message.channel.id),
            "type": int(message.type),
            "author": self._author(message, guild),
            "at": milliseconds(message.created_at),
            "edited": milliseconds(message.edited_at) if message.edited_at else None,
            "html": to_html(message.content, names, mentions_everyone="everyone" in message.pings),
            "ephemeral": message.ephemeral,
            "loading": message.loading,
            "published": message.crossposted,
            "silent": message.silent,
            "pinged": self._pings(message, person),
            "embeds": []
            if message.flags & MessageFlag.SUPPRESS_EMBEDS
            else [self._embed(embed, names) for embed in message.embeds],
            "components": component_views(
                message.components,
                names,
                lambda url: self.address(url, message.attachments),
            ),
            "newer": bool(message.flags & MessageFlag.COMPONENTS_V2),
            "files": [self._file(file) for file in _apart(message)],
        }
        interaction = message.interaction
        if (
            interaction is not None
            and interaction.kind is InteractionType.COMMAND
            and interaction.message is message
        ):
            found["command"] = {
                "name": interaction.name,
                "user": _user(interaction.person) | {"name": names.of(interaction.person)},
                "slash": interaction.data.get("type") == 1,
            }
        if message.reply_to is not None and message.type is MessageType.REPLY:
            replied = message.reply_to
            found["reply"] = {
                "id": str(replied.id),
                "author": self._author(replied, guild),
                "parts": self._in_short(replied),
            }
        thread = message.thread
        if thread is not None and thread.id in self.world.channels:
            found["thread"] = {"id": str(thread.id), "name": thread.name} | {
                "count": len(thread.messages)
            }
        return found

    def push(self, message: Message, person: Person) -> Json | None:
        """Return the push notification of a message for a person, or `None`.

        Discord notifies nobody of their own messages, of answers to their own commands, and of
        threads that they have not joined.
        """
        channel, interaction = message.channel, message.interaction
        is_own = message.author is person or (
            interaction is not None and interaction.person is person
        )
        is_joined = channel.thread is None or person.id in channel.thread.member_ids
        if message.push_text is None or is_own or not is_joined:
            return None
        guild = channel.guild
        return {
            "author": self._author(message, guild),
            "place": f"#{channel.name}, {guild.name}" if guild else "",
            "text": with_names(message.push_text, Names(self.world, guild)),
        }

    def _in_short(self, message: Message) -> list[Json | str]:
        """Return the first text of a message in one plain line, with its times apart."""
        titles = [embed.get("title") or embed.get("description") or "" for embed in message.embeds]
        files = [file.filename for file in message.attachments]
        displays = [part.get("content") or "" for part in walk(message.components)]
        text = next((text for text in (message.content, *titles, *displays) if text), "")
        line = to_line(text, Names(self.world, message.channel.guild)) or files[:1]
        return [
            part if isinstance(part, str) else {"at": milliseconds(part.at), "style": part.style}
            for part in line
        ]

    def _author(self, message: Message, guild: GuildState | None) -> Json:
        return _user(message.author) | {"name": Names(self.world, guild).of(message.author)}

    def _pings(self, message: Message, person: Person) -> bool:
        wanted = {"everyone", person.mention}
        guild = message.channel.guild
        if guild is not None and person.id in guild.members:
            wanted |= {f"<@&{role}>" for role in guild.members[person.id].role_ids}
        return bool(message.pings & wanted)

    def address(self, url: object, files: Iterable[Attachment] = ()) -> str | None:
        """Return an address that a page may load, such as that of one of the files, or `None`."""
        text = str(url or "")
        for file in files:
            if text == f"attachment://{file.filename}":
                return _file_address(file)
        base = self.world.base_url + "/attachments/"
        if text.startswith(base):
            _, _, rest = text.removeprefix(base).partition("/")
            return f"/files/{rest}"
        return text if is_web(text) else None

    def _file(self, file: Attachment) -> Json:
        return {
            "name": file.filename,
            "bytes": len(file.content),
            "url": _file_address(file),
            "picture": file.content_type in PICTURES,
            "description": file.description or "",
        }

    def _picture(self, picture: Any) -> Json | None:  # noqa: ANN401  any JSON
        url = self.address(picture.get("url")) if isinstance(picture, dict) else None
        if not url:
            return None
        shown = proxied(url) if self._pictures(url) is not None else url
        return {"url": shown, "host": urlsplit(url).hostname or ""}

    def _embed(self, embed: Json, names: Names) -> Json:
        author, footer = embed.get("author") or {}, embed.get("footer") or {}
        stamp = embed.get("timestamp")
        color = embed.get("color")
        return {
            "color": f"#{int(color):06x}" if color is not None else None,
            "author": {
                "name": author.get("name", ""),
                "url": self.address(author.get("url")),
                "icon": self.address(author.get("icon_url")),
            }
            if author
            else None,
            "titleHtml": title_to_html(embed.get("title") or ""),
            "url": self.address(embed.get("url")),
            "html": to_html(embed.get("description") or "", names),
            "fields": [
                {
                    "nameHtml": title_to_html(field["name"]),
                    "html": to_html(field["value"], names),
                    "inline": bool(field.get("inline")),
                }
                for field in embed.get("fields") or ()
            ],
            "picture": self._picture(embed.get("image")),
            "thumbnail": self._picture(embed.get("thumbnail")),
            "footer": {
                "text": footer.get("text", ""),
                "icon": self.address(footer.get("icon_url")),
            }
            if footer
            else None,
            "at": milliseconds(datetime.fromisoformat(stamp)) if stamp else None,
        }

    def form(self, modal: Json, guild: GuildState | None) -> Json:
        """Return a modal that the bot opened."""
        names = Names(self.world, guild)
        return {
            "title": modal["title"],
            "components": component_views(modal["components"], names, self.address),
        }

    def interaction(self, interaction: Interaction) -> Json:
        """Return the state of an interaction."""
        return {
            "id": str(interaction.id),
            "kind": int(interaction.kind),
            "name": interaction.name,
            "slash": interaction.data.get("type") == 1,
            "channel": str(interaction.channel.id),
            "source": str(interaction.source.id) if interaction.source else None,
            "trigger": str(interaction.trigger.id) if interaction.trigger else None,
            "at": milliseconds(interaction.created_at),
            "answered": interaction.acknowledged,
            "failed": interaction.failed,
            "form": self.form(interaction.modal, interaction.channel.guild)
            if interaction.modal
            else None,
        }


def _apart(message: Message) -> list[Attachment]:
    """Return the files of a message that stand by themselves: not those that its embeds show."""
    names = ("image", "thumbnail")
    shown = {embed.get(name, {}).get("url") for embed in message.embeds for name in names}
    return [file for file in message.attachments if file.url not in shown]


def _file_address(file: Attachment) -> str:
    return f"/files/{file.id}/{quote(file.filename)}"


def _user(user: User) -> Json:
    return {"id": str(user.id), "name": user.name, "bot": user.bot}
