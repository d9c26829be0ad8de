# A paper's embed. $votes and $rank are numbers, $day a date. $comments is empty, or “ · ” and the
# text of paper-comments.
paper-standing = ▲ { $votes }{ $comments } · #{ $rank } on { DATETIME($day, dateStyle: "medium") }
paper-standing-unknown = Upvotes unknown{ $comments } · #{ $rank } on { DATETIME($day, dateStyle: "medium") }
paper-standing-unlisted = ▲ { $votes }{ $comments } · not in Daily Papers
paper-standing-unlisted-unknown = Not in Daily Papers{ $comments }
paper-comments = 💬 { $count }
paper-withdrawn = ⚠ Withdrawn · { $standing }
paper-authors = Authors
paper-authors-more = { $names } and { $count ->
    [one] { $count } other
   *[other] { $count } others
}
paper-organization = Organization
paper-keywords = Keywords
paper-summary-heading = AI summary
# In a footer: whose texts are shown. $source is the name of a source.
paper-summary = AI summary by Hugging Face
paper-source = Summary from { $source }
# $model is the name of a language model that the bot's operator has chosen; $basis says what its
# sentences quote. The short one is for the footer of a post.
paper-written = Written by { $model }, each sentence quotes { paper-written-basis }
paper-written-short = Written by { $model }, quoting { paper-written-basis }
paper-written-basis = { $basis ->
    [abstract] the abstract
    [full_text] the full text
   *[any] the papers
}
paper-abstract = Abstract
paper-abstract-gone = This paper's abstract is no longer available.
paper-code = Code
paper-code-stars = Code ★{ $stars }
paper-links = Links
paper-project = Project
# Behind a heading whose text is in another language than the reader's.
paper-language = ({ $language })
# Headings of a digest's sections.
section-new = What's New
section-method = Technical Details
section-results = Performance Highlights
# How votes grew. $line has a block for each reading, $sign is +, − or ±.
paper-growth = Upvotes over time
paper-growth-votes = { $line } ▲ { $votes }
paper-growth-yesterday = { $sign }{ $count } since yesterday
paper-growth-first = { $sign }{ $count } since { DATETIME($day, dateStyle: "medium") }
paper-video = Video
paper-whole = Full summary
paper-whole-file = The text is long, so it's attached as a file.

# Below a paper's embed.
paper-discuss = Discuss
paper-share = Post to channel
paper-quotes = Quotes
paper-report = Report
paper-save = Save
paper-similar = Similar
paper-cite = Cite
paper-more = More

# Above the embed of a paper that a person has posted. $user is a mention that notifies nobody, $title
# has no markup.
shared-by = Shared by { $user }: { $title }
discuss-asked = { $user } wants to discuss: { $title }

# What the button Post to channel answers. $link is the address of a message, $title is escaped.
share-done = Posted: [{ $title }]({ $link })
share-already = Already posted here a moment ago: [{ $title }]({ $link })
share-deleted = This was posted here a moment ago, and its message was deleted. Try again in a few minutes.
share-not-allowed = You can't do that here. Missing: { $permissions }. Ask someone who manages this server for them.
share-bot-not-allowed = I can't post here. Missing: { $permissions }. Allow these in the channel's settings under Permissions, then try again.
share-refused = I can't post here. Allow me to send messages in the channel's settings under Permissions, then try again.
share-closed = This thread is locked. Ask a moderator to unlock it, then try again.
share-channel-gone = This channel was deleted, or I can't see it. Try again in another channel.

# What Quotes and Report say of a text that a language model has written.
written-gone = This summary was taken back or is being rewritten. Open the paper again to see what there is.
report-rewritten = This summary was rewritten in the meantime. Open the paper again to see the new one.
report-ask = Tell the bot's operator what is wrong with this summary.
report-again = You already reported this summary. Thank you!
report-too-many = You reported { $count } summaries in the past 24 hours, which is the limit. Try again tomorrow.
report-no-reason = Write what is wrong, then send it again.
report-thanks = Thank you! The bot's operator will look at it.
report-form-title = Report this summary
report-field-reason = What is wrong?
report-field-reason-description = For example, a sentence that its quote doesn't support

# A menu of papers.
paper-choose = Choose a paper
paper-option = { $id } · ▲ { $votes } · { DATETIME($day, dateStyle: "medium") }
paper-option-unknown = { $id } · upvotes unknown · { DATETIME($day, dateStyle: "medium") }

# A line about a paper above such a menu. $number is a number, $title is escaped.
paper-line = { $number }\. { $title } · ▲ { $votes } · { DATETIME($day, dateStyle: "medium") }
paper-line-unknown = { $number }\. { $title } · upvotes unknown · { DATETIME($day, dateStyle: "medium") }
paper-lines-more = …and { $count } more in the menu

# What /paper says where it can't show one.
paper-several = Found { $count } papers. Which one?
paper-several-more = More than { $count } matches; showing the newest. Add a word to narrow it down.
paper-unknown-id = **{ $id }** hasn't been in Daily Papers. It may still be on arXiv.
paper-unknown-id-near = **{ $id }** hasn't been in Daily Papers. Did you mean one of these?
paper-not-found = Couldn't find **{ $id }** in Daily Papers or on { $services }. Check the ID, then try again.
paper-not-found-near = Couldn't find **{ $id }** in Daily Papers or on { $services }. Did you mean one of these?
paper-services-down = **{ $id }** hasn't been in Daily Papers, and { $services } can't be reached right now. Try again in a few minutes, or look on arXiv.
paper-services-down-near = **{ $id }** hasn't been in Daily Papers, and { $services } can't be reached right now. Try again in a few minutes, or choose one of these:
paper-unknown-titles = No paper title matches “{ $text }”, and a search of all texts takes too long. Add a word to narrow it down.
paper-unknown-words = No title or text matches “{ $text }”. Try fewer or other words.
paper-unknown-words-near = No title matches “{ $text }”, but these papers mention it. More: { COMMAND("search") }
paper-unknown-words-meaning = No title or text matches “{ $text }”. These papers are the nearest in meaning. More: { COMMAND("search") }
paper-unknown-words-similar = No title or text matches “{ $text }”. Did you mean one of these?
paper-gone = This paper is no longer available.
paper-not-an-id = **{ $id }** isn't an arXiv ID. One looks like 2502.14499: the year, the month (01–12), then a number.
paper-empty = Enter an arXiv ID (2502.14499), a link, or words from the title.

# /top
top-title-today = { $count ->
    [one] Top paper · { DATETIME($day, dateStyle: "medium") }
   *[other] Top { $count } · { DATETIME($day, dateStyle: "medium") }
}
top-title-week = { $count ->
    [one] Top paper of the past 7 days
   *[other] Top { $count } of the past 7 days
}
top-title-month = { $count ->
    [one] Top paper of the past 30 days
   *[other] Top { $count } of the past 30 days
}
top-title-year = { $count ->
    [one] Top paper of the past year
   *[other] Top { $count } of the past year
}
top-title-all = { $count ->
    [one] Top paper of all time
   *[other] Top { $count } of all time
}
# Of a range that ends before the newest day.
top-title-days = { $count ->
    [one] Top paper · { DATES($first, $last, skeleton: "yMMMd") }
   *[other] Top { $count } · { DATES($first, $last, skeleton: "yMMMd") }
}
top-title-until = { $count ->
    [one] Top paper until { top-day }
   *[other] Top { $count } until { top-day }
}
top-day = { DATETIME($day, dateStyle: "medium") }
# Below the title: which days a ranking covers, unless the title says it, and how many papers they have.
top-covers-papers = { $total ->
    [one] { $total } paper
   *[other] { $total } papers
}
top-covers-day = { DATETIME($day, dateStyle: "medium") } · { top-covers-papers }
top-covers = { DATES($first, $last, skeleton: "yMMMd") } · { top-covers-papers }
top-page = Page { $page } of { $pages }
top-votes-as-of = Upvotes as of
top-unknown = upvotes unknown
top-previous = Previous
top-next = Next
top-day-before = Previous day
top-day-after = Next day
top-date-empty = There are no papers from { top-day }. The nearest ones are from { $days }.
top-date-unknown = “{ $text }” isn't a day with papers. Choose one from the list, such as { $days }.

# /search
search-title = Search: { $query }
search-total = { $total ->
    [one] { $total } paper
   *[other] { $total } papers
}
search-total-more = More than { $total } papers
search-also = Also searched: { $terms }
search-partial = Many papers match, so not all of them were compared. Add a word to narrow it down.
search-indexing = Some papers are still being indexed and may be missing.
search-day = { DATETIME($day, dateStyle: "medium") }
search-choose-author = Papers by…
# Behind the words of a search: its conditions and its order.
search-since = since { search-day }
search-until = until { search-day }
search-min-votes = ▲ { $votes }+
search-sorted-votes = most upvoted first
search-sorted-date = newest first
# $understood is the query as it was read, with its conditions, of which there are $conditions.
search-none = No paper matches “{ $query }”. I looked for: { $understood }. { $conditions ->
    [0] Try fewer or other words.
   *[other] Try fewer words or conditions.
}
search-none-near = No paper matches “{ $query }”. I looked for: { $understood }. Did you mean one of these?
search-by-meaning = No paper has all of these words; nearest in meaning:
search-open-quote = A quotation mark isn't closed, so its words were searched one by one.
search-too-many = Only the first { $most } terms were searched.
search-empty = Enter words, an author or an organization.
search-only-excluded = Enter a word to search for besides those you exclude.
search-slow = This search takes too long. Add a word to narrow it down.
search-bad-day = I don't recognize “{ $text }” as a day. Try 2025-02-21 or Feb 21.
search-days-reversed = “{ command-search-since-name }” ({ DATETIME($since, dateStyle: "medium") }) is after “{ command-search-until-name }” ({ DATETIME($until, dateStyle: "medium") }). Swap them, then search again.
search-bad-votes = Upvotes must be 0–{ $most }.

# What the button Similar answers. $title is escaped; $words are words that both papers have.
similar-title = Similar to: { $title }
similar-shares = Shares: { $words }
similar-in-meaning = Close in meaning
similar-none = No other paper shares enough of this paper's distinctive words.
