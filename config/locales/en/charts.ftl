# A picture of a week, a month or another period, and the same in words.

# On the picture. $first and $last are dates, $papers and $votes numbers.
chart-title = { DATES($first, $last, skeleton: "yMMMd") }
chart-total = { chart-papers-count } · { chart-votes-count }
chart-papers-count = { $papers ->
    [one] { $papers } paper
   *[other] { $papers } papers
}
chart-votes-count = { $votes ->
    [one] { $votes } upvote
   *[other] { $votes } upvotes
}
chart-votes-day = Upvotes per day
chart-votes-month = Upvotes per month
chart-votes-year = Upvotes per year
chart-papers-day = Papers per day
chart-papers-month = Papers per month
chart-papers-year = Papers per year
# Below a column: of a week, of more days, of months, of years.
chart-column-weekday = { DATE($day, pattern: "EEE d") }
chart-column-day = { DATE($day, skeleton: "MMMd") }
chart-column-month = { DATE($day, pattern: "yyyy-MM") }
chart-column-year = { DATE($day, pattern: "yyyy") }
chart-top = Most upvoted
chart-rising = Rising: papers, compared with { chart-before }
# What a period is compared with. $period is week, month or days.
chart-before = { $period ->
    [week] the week before
    [month] the month before
   *[days] the { $days } days before
}
# Behind a term. $papers and $before are numbers of papers.
chart-term-note = { $papers } ({ $before } before)

# In words, for a message and for people who can't see the picture. $span is a day, month or year.
chart-words-total = { chart-papers-count }, { chart-votes-count }
chart-words-most = Most papers: { $span } ({ $papers })
chart-words-most-votes = Most upvotes: { $span } ({ $votes })
chart-span-day = { DATE($day, skeleton: "MMMEd") }
chart-span-month = { DATE($day, skeleton: "yMMMM") }
chart-span-year = { DATE($day, pattern: "yyyy") }
# $terms is a list of the texts chart-words-first (the first one) and chart-words-term.
chart-words-rising = Rising: { $terms }
chart-words-first = { $term } ({ $papers } papers, { $before } in { chart-before })
chart-words-term = { $term } ({ $papers }, { $before } before)
chart-words-none = No topic rose clearly over { chart-before }.
chart-words-top = Most upvoted: { $papers }

# For people who can't see the picture only.
chart-alt-span = { $span }: { chart-papers-count }, { chart-votes-count }

# The button below /top, and what it answers.
top-chart = Chart
chart-none = There are no papers in this period.
chart-not-drawn = The picture couldn't be drawn. It was logged; here is what it shows.
