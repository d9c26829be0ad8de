## Pages and feeds of the published archive, which web browsers and feed readers show.

archive-title = Daily Papers
archive-day = Daily Papers · { $day }
archive-months = All months
archive-latest = Latest papers
archive-papers = { $count ->
    [one] 1 paper
   *[other] { $count } papers
}
archive-votes = ▲ { $votes }
archive-votes-unknown = Upvotes unknown
archive-video = Video
archive-texts = Summaries: { $sources }.
archive-rights = Titles, pictures and summaries belong to those who made them.
