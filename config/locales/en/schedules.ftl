# /schedule
language-name = English
days-daily = daily
days-weekdays = on weekdays
days-weekends = on weekends
day-mon = Mon
day-tue = Tue
day-wed = Wed
day-thu = Thu
day-fri = Fri
day-sat = Sat
day-sun = Sun
days-some = on { $days }
# The same by themselves, in no sentence.
days-alone-daily = every day
days-alone-weekdays = weekdays
days-alone-weekends = weekends
days-alone-some = { $days }

# What is now so. $days is one of the texts above or names of days, $stamp a time that Discord shows
# in each reader's own zone.
schedule-added = Scheduled.
schedule-edited = Updated.
schedule-unchanged = No changes.
schedule-what-day = <#{ $channel }> gets the { $count ->
    [one] top paper
   *[other] top { $count } papers
} { $days } at { $time } ({ $zone }) · { $layout } · { $language }
schedule-what-week = <#{ $channel }> gets the { $count ->
    [one] best paper
   *[other] { $count } best papers
} of the week on Mondays at { $time } ({ $zone }) · { $layout } · { $language }
schedule-what-month = <#{ $channel }> gets the { $count ->
    [one] best paper
   *[other] { $count } best papers
} of the month on the 1st at { $time } ({ $zone }) · { $layout } · { $language }
schedule-next = Next post: { $stamp }
schedule-no-next = No upcoming post.
schedule-paused-since = ⏸ Paused since { $stamp }: { $reason }
schedule-paused-by = ⏸ Paused since { $stamp } by <@{ $user }>
schedule-paused = Paused. Resume it with { COMMAND("schedule resume") }.
schedule-paused-before = Already paused.
schedule-resumed = Resumed.
schedule-runs = This schedule isn't paused.
schedule-removed = Deleted. <#{ $channel }> won't get posts any more.
schedule-removed-others = Deleted. <#{ $channel }> still has { $count ->
    [one] 1 other schedule
   *[other] { $count } other schedules
}.

# /schedule list, and where a schedule is chosen.
schedule-title = This server's schedules
schedule-none = No schedules yet. Start with { COMMAND("setup") }.
schedule-line-day = <#{ $channel }> · { $days } at { $time } ({ $zone }) · { $count ->
    [one] 1 paper
   *[other] { $count } papers
} · { $layout } · { $language }
schedule-line-week = <#{ $channel }> · weekly best, Mondays at { $time } ({ $zone }) · { $count ->
    [one] 1 paper
   *[other] { $count } papers
} · { $layout } · { $language }
schedule-line-month = <#{ $channel }> · monthly best, the 1st at { $time } ({ $zone }) · { $count ->
    [one] 1 paper
   *[other] { $count } papers
} · { $layout } · { $language }
schedule-choice-day = #{ $channel } · { $days } at { $time } ({ $zone }) · top { $count }
schedule-choice-week = #{ $channel } · weekly best at { $time } ({ $zone }) · top { $count }
schedule-choice-month = #{ $channel } · monthly best at { $time } ({ $zone }) · top { $count }
schedule-choice-paused = ⏸
# In the place of the name of a channel.
schedule-choice-gone = deleted channel
schedule-choice-unknown = unknown channel

# Above the list, while no papers come. $day is the first weekday without any.
trouble = ⚠ No new papers since { DATETIME($day, dateStyle: "full") }: { $sources } couldn't be reached.
trouble-unknown = ⚠ No new papers since { DATETIME($day, dateStyle: "full") }.

# What can't be.
schedule-unknown = This schedule no longer exists. { COMMAND("schedule list") } shows those of this server.
schedule-not-chosen = “{ $text }” isn't in the list. Choose a schedule from the suggestions.
schedule-too-many-server = This server can have at most { $limit ->
    [one] 1 schedule
   *[other] { $limit } schedules
}. Delete one with { COMMAND("schedule remove") }, then try again.
schedule-too-many-channel = <#{ $channel }> can have at most { $limit ->
    [one] 1 schedule
   *[other] { $limit } schedules
}. Choose another channel, or delete one with { COMMAND("schedule remove") }.
schedule-bad-time = I don't understand “{ $text }” as a time. Try 08:00 or 8 am.
schedule-bad-zone = I don't know the time zone “{ $text }”. Try a city, such as Seoul or Berlin.
schedule-ambiguous-zone = “{ $text }” can mean several time zones. Choose one: { $zones }.
schedule-no-zone = Which time zone? Fill in `timezone` with a city, such as Seoul or Berlin, or use { COMMAND("setup") }.
schedule-bad-count = Choose 1–25 papers.
schedule-bad-votes = Upvotes must be 0–1,000,000.
schedule-bad-hours = Choose 0–168 hours.
schedule-bad-period = “{ $text }” isn't a period. Choose day, week or month.
schedule-bad-layout = “{ $text }” isn't a style. Choose { setup-layout-brief }, { setup-layout-cards } or { setup-layout-thread }.
schedule-bad-days = I don't recognize the days in “{ $text }”. Try weekdays or mon,wed.
schedule-days-of-day = Days apply to daily posts only. Weekly posts go out on Mondays, monthly ones on the 1st.
schedule-bad-language = I have no texts in “{ $text }”. Choose one of: { $languages }.
schedule-bad-channel = I can't post in <#{ $channel }>. Choose a text, announcement, forum or media channel of this server, or a thread.
schedule-channel-gone = <#{ $channel }> was deleted, or I can't see it. Let me see it, or choose another channel.
schedule-thread-in-thread = <#{ $channel }> is a thread and can't have threads of its own. Choose the style { setup-layout-brief } or { setup-layout-cards }.
schedule-cannot-publish = <#{ $channel }> isn't an announcement channel, so posts there can't be published. Choose another channel, or turn off `publish`.
schedule-mentions-everyone = @everyone can't be pinged. Choose another role.
schedule-lacks = I can't post in <#{ $channel }> yet. Missing: { $permissions }. Allow these in the channel's settings under Permissions, then try again.
filter-open-quote = Missing closing quote: { $text }
filter-no-word = No search word in: { $text }
filter-too-long = Too long (at most { $most } characters).
filter-minus = Terms can't begin with “-” here: { $text }. Use the option exclude instead.
filter-too-many = Too many terms (at most { $most }).

# Warnings about a schedule that is stored all the same.
warning-no-chart = ⚠ Posts in <#{ $channel }> come without their chart. Allow Attach Files to add it.
warning-no-history = ⚠ I can't read message history in <#{ $channel }>. If a post is interrupted, part of it may be missing. Allow Read Message History to avoid this.
warning-not-mentionable = ⚠ <@&{ $role }> won't be pinged in <#{ $channel }>. Turn on “Allow anyone to @mention this role”, or give me “Mention @everyone, @here, and All Roles”.
warning-silent-mention = Silent posts show the role but don't notify anyone.
tag-made = The channel requires a tag, so I created “{ $tag }”.
permission-view_channel = View Channel
permission-send_messages = Send Messages
permission-send_messages_in_threads = Send Messages in Threads
permission-create_public_threads = Create Public Threads
permission-embed_links = Embed Links
permission-attach_files = Attach Files
permission-read_message_history = Read Message History
permission-manage_channels = Manage Channels (or a tag that I can use)
permission-manage_threads = Manage Threads

# /schedule preview and /schedule post
preview-of = Preview of the next post in <#{ $channel }>:
preview-forum = It becomes a forum post named “{ $name }”.
preview-thread = The first message gets a thread named “{ $name }”, which holds the others.
preview-nothing = Nothing to preview: { $reason }.
post-done = Posted in <#{ $channel }>: { $links }
already-posted = Already posted in <#{ $channel }>. Post it again?
post-again = Post again
post-leave = Cancel
post-left = Canceled.
post-under-way = Posting…
post-nothing = Not posted in <#{ $channel }>: { $reason }.

# /schedule history: what came of a turn.
history-title = Post history
history-none = No posts yet.
history-posted = posted
history-nothing-new = no new papers
history-filtered-out = no matching papers
history-missed = skipped
history-given-up = failed
history-paused = paused
history-resumed = resumed
history-failed = delayed
history-not-posted = skipped while paused
paused-by = paused by <@{ $user }>
resumed-by = resumed by <@{ $user }>

# Why, in a sentence.
reason-asked = by a member
reason-scheduled = scheduled
reason-by-hand = manual
reason-lacks-permission = missing permission
reason-channel-gone = channel deleted or hidden from me
reason-left = I'm not in this server
reason-archived = the thread is archived or locked
reason-needs-tag = the channel requires a tag that I can't add
reason-too-many-threads = too many open threads in this server
reason-wrong-channel = I can't post in this kind of channel
reason-refused = Discord rejected the post
reason-message-refused = Discord rejected the message
reason-no-digest = no new papers yet
reason-no-new-papers = nearly all new papers are already posted here
reason-source-unavailable = the source of the papers couldn't be reached
source-unavailable = { $sources } couldn't be reached
source-unavailable-since = { $sources } couldn't be reached since { DATETIME($day, dateStyle: "medium") }
reason-filtered-out = no new papers match
reason-already = already posted here
reason-starting = I'm still starting; try again in a minute
reason-under-way = it couldn't be sent at once; I keep trying
reason-too-late = too late
reason-deleted = the schedule was deleted
reason-unknown = I can't tell whether it was sent
reason-discord-unavailable = Discord can't be reached; I keep trying
reason-guild-unavailable = Discord can't show me this server right now; try again in a minute
reason-writer-unavailable = the language model isn't available; I keep trying
reason-rate-limited = Discord is limiting my requests; I keep trying
reason-internal = internal error (in the bot's log)
reason-other = unknown reason

# Direct messages to the creator of a schedule, each sent once. $server is the server's name.
dm-lacks-permission = I couldn't post in <#{ $channel }> ({ $server }): missing permission. The schedule is paused and resumes automatically once I have View Channel, Send Messages and Embed Links there (in threads also Create Public Threads and Send Messages in Threads).
dm-channel-gone = I couldn't post in <#{ $channel }> ({ $server }): the channel was deleted, or I can't see it. The schedule is paused and resumes automatically once I can see the channel again; or choose another one with { COMMAND("schedule edit") }.
dm-archived = I couldn't post in <#{ $channel }> ({ $server }): the thread is archived or locked. The schedule is paused and resumes automatically once the thread is open again; or choose another place with { COMMAND("schedule edit") }.
dm-needs-tag = I couldn't post in <#{ $channel }> ({ $server }): it requires a tag that I can't add. The schedule is paused and resumes automatically once the channel has a tag named “Daily Papers” or I have Manage Channels.
dm-too-many-threads = I couldn't post in <#{ $channel }> ({ $server }): the server has as many open threads as Discord allows. The schedule is paused and resumes automatically once some are closed.
dm-wrong-channel = I couldn't post in <#{ $channel }> ({ $server }): bots can't post in this kind of channel. The schedule is paused; choose another channel with { COMMAND("schedule edit") }.
dm-refused = I couldn't post in <#{ $channel }> ({ $server }): Discord rejected the post. The schedule is paused; the bot's operator finds the reason in its log, and { COMMAND("schedule resume") } tries again.
dm-message-refused = I couldn't post in <#{ $channel }> ({ $server }): Discord rejected the message. The schedule continues with the next papers; the bot's operator finds the reason in its log.
dm-internal = A post in <#{ $channel }> ({ $server }) has been delayed for an hour by an error in the bot. I keep trying; the bot's operator finds the error in its log.
