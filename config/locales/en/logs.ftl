# The log channel of a server. $schedules is a list of names.
log-name-day = <#{ $channel }> ({ $time })
log-name-week = <#{ $channel }> (weekly best)
log-name-month = <#{ $channel }> (monthly best)
log-more = { $schedules } and { $count } more
log-what-paused = { $count ->
    [one] ⏸ Paused: { $schedules }.
   *[other] ⏸ { $count } schedules are paused: { $schedules }.
}
log-what-paused-by = { $count ->
    [one] ⏸ <@{ $user }> paused a schedule: { $schedules }.
   *[other] ⏸ <@{ $user }> paused { $count } schedules: { $schedules }.
}
log-what-paused-by-someone = { $count ->
    [one] ⏸ A member paused a schedule: { $schedules }.
   *[other] ⏸ Members paused { $count } schedules: { $schedules }.
}
log-what-resumed = { $count ->
    [one] ▶️ Resumed: { $schedules }.
   *[other] ▶️ { $count } schedules are resumed: { $schedules }.
}
log-what-resumed-by = { $count ->
    [one] ▶️ <@{ $user }> resumed a schedule: { $schedules }.
   *[other] ▶️ <@{ $user }> resumed { $count } schedules: { $schedules }.
}
log-what-delayed = { $count ->
    [one] ⚠ A post has been delayed for an hour by an error in the bot: { $schedules }.
   *[other] ⚠ { $count } posts have been delayed for an hour by an error in the bot: { $schedules }.
}
log-what-refused = { $count ->
    [one] ⚠ Discord rejected a post: { $schedules }.
   *[other] ⚠ Discord rejected { $count } posts: { $schedules }.
}
log-updated = I was updated from version { $old } to { $new }.

# Behind what is paused: why, and what ends it.
log-why-lacks-permission = I lack a permission there. I resume automatically once I have View Channel, Send Messages and Embed Links (in threads also Create Public Threads and Send Messages in Threads).
log-why-channel-gone = The channel was deleted, or I can't see it. I resume automatically once I can see it; or choose another one with { COMMAND("schedule edit") }.
log-why-archived = The thread is archived or locked. I resume automatically once it is open again; or choose another place with { COMMAND("schedule edit") }.
log-why-needs-tag = The channel requires a tag that I can't add. I resume automatically once it has a tag named “Daily Papers” or I have Manage Channels.
log-why-too-many-threads = This server has as many open threads as Discord allows. I resume automatically once some are closed.
log-why-wrong-channel = Bots can't post in this kind of channel. Choose another one with { COMMAND("schedule edit") }.
log-why-refused = Discord rejected the post. The bot's operator finds the reason in its log, and { COMMAND("schedule resume") } tries again.
log-why-internal = I keep trying; the bot's operator finds the error in its log.
log-why-message-refused = I continue with the next papers; the bot's operator finds the reason in its log.

# In /schedule list and on the set-up screen.
log-channel = Log channel: <#{ $channel }>
log-channel-lacks = ⚠ I can't write in the log channel <#{ $channel }>. Missing: { $permissions }. Until then I tell the creators of the schedules in a direct message.
log-channel-gone = ⚠ The log channel was deleted, or I can't see it. Choose another one with **{ setup-button-manage }** and **{ setup-button-days }**. Until then I tell the creators of the schedules in a direct message.
log-channel-bad = <#{ $channel }> can't be the log channel. Choose a text or announcement channel of this server.

# Below the list of schedules. $average is opened papers per post, $share the share of posts.
usage-posts = Past { $weeks } weeks: { $posts ->
    [one] 1 post
   *[other] { $posts } posts
} · papers opened { $opens ->
    [one] once
   *[other] { $opens } times
} ({ NUMBER($average, maximumFractionDigits: 1) } per post, { NUMBER($share, style: "percent", maximumFractionDigits: 0) } of posts) · { $threads ->
    [one] 1 discussion
   *[other] { $threads } discussions
} · { $searches ->
    [one] 1 search
   *[other] { $searches } searches
}
usage-searches = Past { $weeks } weeks: no posts · { $searches ->
    [one] 1 search
   *[other] { $searches } searches
}
