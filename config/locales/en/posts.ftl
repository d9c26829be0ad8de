# The morning's post. $day is a date, $stamp a time that Discord shows in each reader's own zone.
post-title = Daily Papers · { DATETIME($day, dateStyle: "full") }
post-summary = { $total ->
    [one] { $total } paper
   *[other] { $total } papers
}, the { $count ->
    [one] most voted one
   *[other] { $count } most voted
} below · votes as of { $stamp }
post-summary-unknown = { $total ->
    [one] { $total } paper
   *[other] { $total } papers
}, { $count ->
    [one] one
   *[other] { $count }
} below · votes not known

# /schedule
schedule-added = <#{ $channel }> gets the { $count ->
    [one] most voted paper
   *[other] { $count } most voted papers
} of the newest digest each day at { $time } ({ $zone }). Next: { $stamp }
schedule-exists = <#{ $channel }> already has a schedule: { $count ->
    [one] one paper
   *[other] { $count } papers
} at { $time } ({ $zone }). Remove it first.
schedule-line = **{ $place }.** <#{ $channel }> · { $time } ({ $zone }) · { $count ->
    [one] one paper
   *[other] { $count } papers
} · next: { $stamp }
schedule-title = Schedules of this server
schedule-none = Nothing is scheduled here. “/schedule add” begins.
schedule-more = … and { $count } more.
schedule-removed = <#{ $channel }> gets no more posts.
schedule-unknown = There is no such schedule in this server. “/schedule list” shows those there are.
schedule-choice = #{ $channel } · { $time } ({ $zone })
schedule-bad-time = “{ $text }” is not a time. Write it as HH:MM, such as 08:00.
schedule-bad-zone = “{ $text }” is not a time zone. Choose one from the list, such as Asia/Seoul or Europe/Berlin.
schedule-bad-count = { $count } papers can't be posted: choose 1 to 25.
schedule-lacks = In <#{ $channel }> this bot lacks: { $permissions }. Give it these in the channel's settings, then try again.
permission-view_channel = View Channel
permission-send_messages = Send Messages
permission-embed_links = Embed Links
