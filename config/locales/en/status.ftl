# /status, for those who run the bot. $stamp is a time that Discord shows in the reader's own zone.
command-status-name = status
command-status-description = Shows the bot's operator how the bot is

status-not-yours = Only the bot's operator can see this. { COMMAND("about") } says who that is.
status-well = ✅ All is well
status-attention = ⚠ Something needs attention
status-checks = Checks
status-schedules = { $count ->
    [one] 1 schedule
   *[other] { $count } schedules
}, { $paused } paused
status-next = { $stamp } · <#{ $channel }>
status-paused = ⏸ <#{ $channel }> · since { $stamp } · { $reason }
status-sources = Sources
status-source = { $name } · newest: { DATE($day, skeleton: "yMMMEd") }
status-source-empty = { $name } · no papers yet
status-read = read { $stamp }
status-usage = Use, by week
status-week = { DATE($day, skeleton: "MMMd") }: { $posts ->
    [one] 1 post
   *[other] { $posts } posts
} · opened { $opens ->
    [one] once
   *[other] { $opens } times
} ({ NUMBER($share, style: "percent", maximumFractionDigits: 0) } of posts) · { $threads ->
    [one] 1 discussion
   *[other] { $threads } discussions
} · { $searches ->
    [one] 1 search
   *[other] { $searches } searches
} · servers +{ $added } −{ $removed } · { $deleted ->
    [one] 1 schedule
   *[other] { $deleted } schedules
} deleted within 7 days
status-database = database { NUMBER($megabytes, maximumFractionDigits: 1) } MB
status-more = … and { $count } more
status-none = –
