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
layout-cards = as cards
layout-brief = as a list
layout-thread = as a list with a thread of cards

# What is now so. $days is one of the texts above or names of days, $stamp a time that Discord shows
# in each reader's own zone.
schedule-added = Scheduled.
schedule-edited = Changed.
schedule-unchanged = Nothing is different from before.
schedule-what-day = <#{ $channel }> gets the { $count ->
    [one] top paper
   *[other] top { $count } papers
} { $days } at { $time } ({ $zone }), { $layout }, in { $language }.
schedule-what-week = <#{ $channel }> gets the { $count ->
    [one] top paper
   *[other] top { $count } papers
} of the week that has ended, on Mondays at { $time } ({ $zone }), { $layout }, in { $language }.
schedule-what-month = <#{ $channel }> gets the { $count ->
    [one] top paper
   *[other] top { $count } papers
} of the month that has ended, on the 1st at { $time } ({ $zone }), { $layout }, in { $language }.
schedule-next = Next: { $stamp }
schedule-no-next = It has no next time.
schedule-paused-since = ⏸ Paused since { $stamp }: { $reason }
schedule-paused = Paused. “/schedule resume” resumes it.
schedule-paused-before = Already paused.
schedule-resumed = Resumed.
schedule-runs = This schedule isn’t paused.
schedule-removed = That schedule is gone: <#{ $channel }> gets no more posts.
schedule-removed-others = That schedule is gone. <#{ $channel }> still gets { $count ->
    [one] one other
   *[other] { $count } others
}.

# /schedule list, and where a schedule is chosen.
schedule-title = Schedules of this server
schedule-none = No schedules yet. Start with /setup.
schedule-line-day = <#{ $channel }> · { $days } at { $time } ({ $zone }) · { $count ->
    [one] one paper
   *[other] { $count } papers
}, { $layout } · { $language }
schedule-line-week = <#{ $channel }> · the week's best, Mondays at { $time } ({ $zone }) · { $count ->
    [one] one paper
   *[other] { $count } papers
}, { $layout } · { $language }
schedule-line-month = <#{ $channel }> · the month's best, the 1st at { $time } ({ $zone }) · { $count ->
    [one] one paper
   *[other] { $count } papers
}, { $layout } · { $language }
schedule-choice-day = #{ $channel } · { $days } { $time } ({ $zone }) · { $count }
schedule-choice-week = #{ $channel } · the week's best { $time } ({ $zone }) · { $count }
schedule-choice-month = #{ $channel } · the month's best { $time } ({ $zone }) · { $count }
schedule-choice-paused = ⏸

# Above the list, while no papers come. $day is the first weekday without any.
trouble = ⚠ No new papers since { DATETIME($day, dateStyle: "full") }: { $sources } couldn’t be reached.
trouble-unknown = ⚠ No new papers have come since { DATETIME($day, dateStyle: "full") }.

# What can't be.
schedule-unknown = There is no such schedule in this server. “/schedule list” shows those there are.
schedule-not-chosen = “{ $text }” isn’t in the list. Choose a schedule from the suggestions.
schedule-too-many-server = This server can have { $limit ->
    [one] one schedule
   *[other] { $limit } schedules
}. Delete one with “/schedule remove”, then try again.
schedule-too-many-channel = <#{ $channel }> can have { $limit ->
    [one] one schedule
   *[other] { $limit } schedules
}. Choose another channel, or delete one with “/schedule remove”.
schedule-bad-time = I don’t understand “{ $text }” as a time. Try 08:00 or 8 am.
schedule-bad-zone = I don’t know the time zone “{ $text }”. Try a city, such as Seoul or Berlin.
schedule-ambiguous-zone = “{ $text }” is the name of several time zones. Choose one: { $zones }.
schedule-no-zone = Which time zone? Add the option “timezone”, such as Seoul or Berlin, or use /setup.
schedule-bad-count = Choose 1 to 25 papers.
schedule-bad-votes = Upvotes must be 0 to 1,000,000.
schedule-bad-hours = Choose 0 to 168 hours.
schedule-bad-period = “{ $text }” is none of the periods: choose day, week or month.
schedule-bad-layout = “{ $text }” is none of the layouts: choose brief, cards or thread.
schedule-bad-days = “{ $text }” names no days. Write daily, weekdays, or names such as mon,wed or mon-fri.
schedule-days-of-day = Days apply to daily posts only. Weekly posts go out on Mondays, monthly ones on the 1st.
schedule-bad-language = There are no texts in “{ $text }”. Choose one of: { $languages }.
schedule-bad-channel = <#{ $channel }> can't hold posts. Choose a text, announcement, forum or media channel of this server, or a thread.
schedule-channel-gone = The channel <#{ $channel }> is gone, or this bot can't see it.
schedule-thread-in-thread = <#{ $channel }> is a thread itself, and a thread can't have another below it. Choose the layout brief or cards.
schedule-cannot-publish = <#{ $channel }> is no announcement channel, and only what stands in one can be published.
schedule-mentions-everyone = Posts never notify everyone. Choose another role.
schedule-lacks = In <#{ $channel }> this bot lacks: { $permissions }. Give it these in the channel's settings, then try again.
filter-open-quote = A quotation begins but does not end: { $text }
filter-no-word = There is no word to look for in: { $text }
filter-too-long = That is too long: at most { $most } characters.
filter-too-many = That is too much: at most { $most } words and phrases.

# Warnings about a schedule that is stored all the same.
warning-no-history = ⚠ In <#{ $channel }> this bot may not read the message history. If it is interrupted in the middle of a post, it can't look there for what was sent: a message that may have been sent is then left out rather than sent twice. Give it “Read Message History” to be sure of both.
warning-not-mentionable = ⚠ <@&{ $role }> can't be mentioned by everyone, and this bot lacks “Mention Everyone” in <#{ $channel }>: the role is shown, but nobody is notified. Allow anyone to mention the role, or give the bot that permission.
warning-silent-mention = A silent post names the role, but sends no push notification.
tag-made = The channel asks for a tag and had none that fits, so the tag “{ $tag }” was made.
permission-view_channel = View Channel
permission-send_messages = Send Messages
permission-send_messages_in_threads = Send Messages in Threads
permission-create_public_threads = Create Public Threads
permission-embed_links = Embed Links
permission-manage_channels = Manage Channels (or a tag that it may use)
permission-manage_threads = Manage Threads

# /schedule preview and /schedule post
preview-of = This is what <#{ $channel }> would get now, { $count ->
    [one] in one message
   *[other] in { $count } messages
}:
preview-forum = It begins a post named “{ $name }”, and what follows is sent in it.
preview-thread = Below the first message a thread named “{ $name }” begins, and what follows is sent in it.
preview-nothing = There is nothing to show: { $reason }
post-done = <#{ $channel }> has got { $title }: { $links }
already-posted = <#{ $channel }> has had this already. Shall it get it once more?
post-again = Post it again
post-leave = Leave it
post-left = Nothing was posted.
post-under-way = It is being posted …
post-nothing = Nothing was posted to <#{ $channel }>: { $reason }

# /schedule history: what came of a turn.
history-title = What was posted, and what was not
history-none = Nothing yet.
history-posted = posted
history-nothing-new = nothing new
history-filtered-out = nothing left by the filters
history-missed = missed
history-given-up = given up
history-paused = paused
history-resumed = resumed
history-failed = failed, is retried
history-not-posted = not posted: paused
paused-by = paused by <@{ $user }>
resumed-by = resumed by <@{ $user }>

# Why, in a sentence.
reason-asked = someone paused it
reason-scheduled = at its time
reason-by-hand = by hand
reason-lacks-permission = the bot lacks a permission in the channel
reason-channel-gone = the channel is gone, or the bot can't see it
reason-left = the bot is not in this server
reason-archived = the thread is closed to the bot
reason-needs-tag = the channel asks for a tag that the bot can't give
reason-too-many-threads = the server has as many active threads as it may
reason-wrong-channel = the channel is of a kind that holds no posts
reason-refused = Discord refused the post
reason-message-refused = Discord refused the message
reason-no-digest = no new papers have come
reason-no-new-papers = the channel has had nearly all of the new papers
reason-source-unavailable = the source of the papers couldn’t be reached
source-unavailable = { $sources } couldn’t be reached
source-unavailable-since = { $sources } couldn’t be reached since { DATETIME($day, dateStyle: "medium") }
reason-filtered-out = none of the newest papers pass the filters
reason-already = the channel has had it
reason-starting = the bot is still starting; please try again in a minute
reason-under-way = it could not be sent at once, and is tried again until it is
reason-too-late = its time was too long ago
reason-deleted = the schedule was deleted
reason-unknown = nobody can tell whether it was sent
reason-discord-unavailable = Discord can't be reached; the post is retried
reason-guild-unavailable = this server is unavailable at the moment; please try again in a minute
reason-rate-limited = Discord asks the bot to wait; the post is retried
reason-internal = an error in the bot, which is in its log
reason-other = something is in the way

# Direct messages to the creator of a schedule, each sent once. $server is the server's name.
dm-lacks-permission = In { $server } I lack a permission to post to <#{ $channel }>, so its schedule is paused. Give me View Channel, Send Messages and Embed Links there (for threads: Create Public Threads and Send Messages in Threads); it then resumes by itself. “/schedule list” shows how it stands.
dm-channel-gone = In { $server } the channel <#{ $channel }> is gone or hidden from me, so its schedule is paused. Let me see it again and it resumes by itself, or choose another channel with “/schedule edit”.
dm-archived = In { $server } the thread <#{ $channel }> is closed to me, so its schedule is paused. Open it again and it resumes by itself, or choose another place with “/schedule edit”.
dm-needs-tag = In { $server } the channel <#{ $channel }> asks for a tag that I can't give, so its schedule is paused. Add a tag named “Daily Papers”, or give me Manage Channels; it then resumes by itself.
dm-too-many-threads = { $server } has as many active threads as Discord allows, so I could begin none for <#{ $channel }> and its schedule is paused. Close some; it then resumes by itself.
dm-wrong-channel = In { $server } <#{ $channel }> can't hold posts any more, so its schedule is paused. Choose another channel with “/schedule edit”.
dm-refused = In { $server } Discord refused my post to <#{ $channel }>, so its schedule is paused. The one who runs this bot finds the reason in its log; “/schedule resume” tries again.
dm-message-refused = In { $server } Discord refused my post to <#{ $channel }>. The schedule goes on with the next papers; the one who runs this bot finds the reason in its log.
dm-internal = In { $server } an error in the bot has kept back the post to <#{ $channel }> for an hour. It is retried; the one who runs this bot finds the error in its log.
