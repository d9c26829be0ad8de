# A picture of a week, a month or another period, and the same in words.

# On the picture. $first and $last are dates, $papers and $votes numbers.
chart-title = { DATES($first, $last, skeleton: "yMMMd") }
chart-total = { chart-papers-count } · { chart-votes-count }
chart-papers-count = 논문 { $papers }편
chart-votes-count = 추천 { $votes }개
chart-votes-day = 하루 추천 수
chart-votes-month = 월별 추천 수
chart-votes-year = 연도별 추천 수
chart-papers-day = 하루 논문 수
chart-papers-month = 월별 논문 수
chart-papers-year = 연도별 논문 수
# Below a column: of a week, of more days, of months, of years.
chart-column-weekday = { DATE($day, pattern: "d일 EEE") }
chart-column-day = { DATE($day, pattern: "M/d") }
chart-column-month = { DATE($day, pattern: "yyyy-MM") }
chart-column-year = { DATE($day, pattern: "yyyy") }
chart-top = 추천 상위
chart-rising = 늘어난 주제: { $period ->
    [week] 전주와
    [month] 전월과
   *[days] 이전 { $days }일과
} 비교한 논문 수
# What a period is compared with. $period is week, month or days.
chart-before = { $period ->
    [week] 전주
    [month] 전월
   *[days] 이전 { $days }일
}
# Behind a term. $papers and $before are numbers of papers.
chart-term-note = { $papers }편 (이전 { $before }편)

# In words, for a message and for people who can't see the picture. $span is a day, month or year.
chart-words-total = { chart-papers-count }, { chart-votes-count }
chart-words-most = 논문이 가장 많은 때: { $span } ({ $papers }편)
chart-words-most-votes = 추천이 가장 많은 때: { $span } ({ $votes }개)
chart-span-day = { DATE($day, pattern: "M월 d일 EEEE") }
chart-span-month = { DATE($day, skeleton: "yMMMM") }
chart-span-year = { DATE($day, pattern: "yyyy년") }
# $terms is a list of the texts chart-words-first (the first one) and chart-words-term.
chart-words-rising = 늘어난 주제: { $terms }
chart-words-first = { $term } { $papers }편({ chart-before } { $before }편)
chart-words-term = { $term } { $papers }편({ $before }편)
chart-words-none = { chart-before }보다 뚜렷하게 늘어난 주제가 없습니다.
chart-words-top = 추천 상위: { $papers }

# For people who can't see the picture only.
chart-alt-span = { $span }: { chart-papers-count }, { chart-votes-count }

# The button below /top, and what it answers.
top-chart = 차트
chart-none = 이 기간에는 논문이 없습니다.
chart-not-drawn = 차트 이미지를 만들지 못했습니다. 오류를 기록했으며, 내용은 다음과 같습니다.
