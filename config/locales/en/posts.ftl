# The title of a post where a message or a page speaks of it. $day is a date.
post-title = Daily Papers · { DATETIME($day, dateStyle: "full") }
post-title-week = Daily Papers · best of { DATES($first, $last, skeleton: "yMMMd") }
post-title-month = Daily Papers · best of { $month ->
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
# A post's heading: day, week or month, then one of the texts post-count. $day, $first and $last are dates.
post-day = { DATE($day, pattern: "EEEE") }, { DATE($day, skeleton: "MMMMd") }
post-short-day = { DATE($day, skeleton: "MMMd") }
post-week = { DATES($first, $last, skeleton: "MMMd") }
post-month = { DATE($day, skeleton: "yMMMM") }
post-count-top = top { $count } of { $total }
# Of a list whose papers have hardly any votes yet.
post-count-newest = newest { $count } of { $total }
post-count-unknown = { $count } of { $total }
# Of a schedule with filters.
post-count-filtered = { $count ->
    [one] { $count } match in { $total }
   *[other] { $count } matches in { $total }
}
post-count-all = { $count ->
    [one] { $count } paper
   *[other] all { $count } papers
}
# $at is a time in the schedule's zone.
post-as-of = Upvotes as of { DATE($at, skeleton: "Ehm") }

# Behind a paper that the channel has had before, on a day of the post's week or earlier.
post-posted-weekday = posted { DATE($day, pattern: "EEE") }
post-posted-day = posted { DATE($day, skeleton: "MMMd") }

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
post-outage = No papers on { $days }: { $source } couldn't be reached
post-passed-over = Not posted while the bot was offline: { $days }
post-passed-over-more = Not posted while the bot was offline: { $days } and { $count } more

# The menu and buttons below a post.
post-menu = Read a summary…
post-option = arXiv { $id } · ▲ { $votes }
post-option-unknown = arXiv { $id } · upvotes unknown
post-all = All { $total }
post-discuss = Discuss
post-rest-title = More from { $title }
post-rest-none = There are no other papers.

# What the buttons Discuss answer. $thread is the id of a thread, $link the address of a
# message, $title is escaped.
discuss-here = Discuss this post in <#{ $thread }>.
discuss-paper-here = Discuss this paper in <#{ $thread }>.
discuss-posted = Posted in the thread: [{ $title }]({ $link })
discuss-already = Already in the thread: [{ $title }]({ $link })
discuss-message-gone = That message was deleted. Talk about it in the channel instead.
discuss-locked = <#{ $thread }> is locked. Ask a moderator to unlock it, then try again.
discuss-not-allowed = You need the Create Public Threads permission to open a thread here. Ask someone who has it to press Discuss first.
discuss-bot-not-allowed = I can't open a thread here. Missing: Create Public Threads. Allow it in the channel's settings under Permissions, then try again.
discuss-deleted = This thread was deleted, and Discord allows only one per message. Talk about it in the channel instead.
discuss-too-many = This server has as many open threads as Discord allows. Close one, then try again.
