# The morning's post. $day is a date, $stamp a time that Discord shows in each reader's own zone.
post-title = Daily Papers · { DATETIME($day, dateStyle: "full") }
post-title-week = Daily Papers · the best of { DATETIME($first, dateStyle: "medium") } – { DATETIME($last, dateStyle: "medium") }
post-title-month = Daily Papers · the best of { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
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
post-summary-filtered = { $total ->
    [one] { $total } paper
   *[other] { $total } papers
}, of those this channel wants the { $count ->
    [one] most voted one
   *[other] { $count } most voted
} below · votes as of { $stamp }
post-summary-filtered-unknown = { $total ->
    [one] { $total } paper
   *[other] { $total } papers
}, { $count ->
    [one] one
   *[other] { $count }
} that this channel wants below · votes not known
post-passed-over = Missed while the bot was away: { $days }
post-passed-over-more = Missed while the bot was away: { $days } and { $count } more

# The menu and buttons below a post. $age is one of the two first texts.
votes-as-of = votes as of { DATETIME($at, dateStyle: "medium", timeStyle: "short") } UTC
votes-never-read = votes not known
post-menu = Open a paper here · { $age }
post-option = arXiv { $id } · ▲ { $votes }
post-option-unknown = arXiv { $id } · votes not known
post-rest = { $count ->
    [one] One more paper
   *[other] { $count } more papers
} · { $age }
post-rest-title = The rest of: { $title }
post-rest-none = There are no others.

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
filter-open-quote = A quotation begins but does not end: { $text }
filter-no-word = There is no word to look for in: { $text }
filter-too-long = That is too long: at most { $most } characters.
filter-too-many = That is too much: at most { $most } words and phrases.
