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
# Of a list whose papers have hardly any votes yet.
post-summary-newest = { $total ->
    [one] { $total } paper
   *[other] { $total } papers
}, the { $count ->
    [one] newest one
   *[other] { $count } newest
} below · votes as of { $stamp }
# $weekday is 1 for Monday to 7 for Sunday.
post-outage-day = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
post-outage = No papers on { $days }: { $source } couldn’t be reached
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
