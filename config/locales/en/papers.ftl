# A paper's embed. $votes and $rank are numbers, $day a date. $comments is empty, or “ · ” and the
# text of paper-comments.
paper-standing = ▲ { $votes }{ $comments } · No. { $rank } of { DATETIME($day, dateStyle: "long") }
paper-standing-unknown = Votes not known{ $comments } · No. { $rank } of { DATETIME($day, dateStyle: "long") }
paper-standing-unlisted = ▲ { $votes }{ $comments } · not in Daily Papers' lists
paper-standing-unlisted-unknown = Not in Daily Papers' lists{ $comments }
paper-comments = 💬 { $count }
paper-withdrawn = ⚠ Withdrawn · { $standing }
paper-footer = arXiv { $id } · votes as of
paper-footer-plain = arXiv { $id }
paper-authors = Authors
paper-authors-more = { $names } and { $count } more
paper-organization = Organization
paper-keywords = Keywords
paper-summary = AI summary by Hugging Face
paper-abstract = Abstract
paper-abstract-gone = The abstract of this paper is not known any more.
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
paper-growth = Votes over time
paper-growth-votes = { $line } ▲ { $votes }
paper-growth-yesterday = { $sign }{ $count } since yesterday
paper-growth-first = { $sign }{ $count } since { DATETIME($day, dateStyle: "medium") }
paper-video = Video
paper-whole = Whole text
paper-whole-file = The text is long, so it is attached as a file.

# A menu of papers.
paper-choose = Choose a paper
paper-option = { $id } · ▲ { $votes } · { DATETIME($day, dateStyle: "medium") }
paper-option-unknown = { $id } · votes not known · { DATETIME($day, dateStyle: "medium") }

# What /paper says where it can't show one.
paper-several = { $count ->
    [one] { $count } paper has these words in its title. Which one?
   *[other] { $count } papers have these words in their titles. Which one?
}
paper-several-more = More than { $count } papers have these words in their titles. Here are the newest; add a word to narrow it down.
paper-unknown-id = **{ $id }** hasn't been in Daily Papers. It may still be on arXiv.
paper-unknown-id-near = **{ $id }** hasn't been in Daily Papers. Did you mean one of these?
paper-not-found = **{ $id }** is in none of the lists, and not known to { $services }.
paper-not-found-near = **{ $id }** is in none of the lists, and not known to { $services }. Did you mean one of these?
paper-services-down = **{ $id }** is in none of the lists, and { $services } can't be reached at the moment. Please try again in a few minutes, or look on arXiv.
paper-services-down-near = **{ $id }** is in none of the lists, and { $services } can't be reached at the moment. Please try again in a few minutes, or look on arXiv. Or did you mean one of these?
paper-unknown-words = No title has all of these words: { $text }
paper-unknown-words-near = No title has all of these words, but the authors or texts of these papers do: { $text }
paper-gone = This paper is not in the database any more.
paper-not-an-id = **{ $id }** isn't an arXiv ID. One looks like 2502.14499: the year, the month (01–12), then a number.
paper-empty = Tell me an arXiv id (2502.14499), an address of the paper, or words of its title.

# /top
top-title-today = { $count ->
    [one] The top paper of the newest digest
   *[other] Top { $count } of the newest digest
}
top-title-week = { $count ->
    [one] The top paper of the last 7 days
   *[other] Top { $count } of the last 7 days
}
top-title-month = { $count ->
    [one] The top paper of the last 30 days
   *[other] Top { $count } of the last 30 days
}
top-title-year = { $count ->
    [one] The top paper of the last 365 days
   *[other] Top { $count } of the last 365 days
}
top-title-all = { $count ->
    [one] The top paper of all time
   *[other] Top { $count } of all time
}
top-covers-day = { DATETIME($day, dateStyle: "long") } · { $total ->
    [one] { $total } paper
   *[other] { $total } papers
}
top-covers = { DATETIME($first, dateStyle: "long") } – { DATETIME($last, dateStyle: "long") } · { $total ->
    [one] { $total } paper
   *[other] { $total } papers
}
top-page = Page { $page } of { $pages }
top-votes-as-of = votes as of
top-unknown = votes not known
top-previous = Previous
top-next = Next
