# The morning's post. $day is a date, $stamp a time that Discord shows in each reader's own zone.
post-title = 데일리 페이퍼 · { DATETIME($day, dateStyle: "full") }
post-title-week = 데일리 페이퍼 · { DATETIME($first, dateStyle: "long") } – { DATETIME($last, dateStyle: "long") } 주간 베스트
post-title-month = 데일리 페이퍼 · { $year }년 { $month }월 베스트
post-summary = 논문 { $total }편 중 추천 상위 { $count }편 · 추천 수 기준 { $stamp }
post-summary-unknown = 논문 { $total }편 중 { $count }편 · 추천 수 미확인
post-summary-filtered = 논문 { $total }편 가운데 조건에 맞는 추천 상위 { $count }편 · 추천 수 기준 { $stamp }
post-summary-filtered-unknown = 논문 { $total }편 가운데 조건에 맞는 { $count }편 · 추천 수 미확인
# Of a list whose papers have hardly any votes yet.
post-summary-newest = 논문 { $total }편 중 최신 { $count }편 · 추천 수 기준 { $stamp }
# $weekday is 1 for Monday to 7 for Sunday.
post-outage-day = { $weekday ->
    [1] 월요일
    [2] 화요일
    [3] 수요일
    [4] 목요일
    [5] 금요일
    [6] 토요일
   *[7] 일요일
}
post-outage = { $days }에는 논문을 올리지 못했습니다: { $source }에 연결할 수 없었습니다
post-passed-over = 봇이 꺼져 있는 동안 지나간 날: { $days }
post-passed-over-more = 봇이 꺼져 있는 동안 지나간 날: { $days } 외 { $count }일

# The menu and buttons below a post. $age is one of the two first texts.
votes-as-of = 추천 수 { DATETIME($at, dateStyle: "medium", timeStyle: "short") } UTC 기준
votes-never-read = 추천 수 미확인
post-menu = 논문 펼쳐 보기 · { $age }
post-option = arXiv { $id } · ▲ { $votes }
post-option-unknown = arXiv { $id } · 추천 수 미확인
post-rest = 나머지 { $count }편 · { $age }
post-rest-title = 나머지 논문: { $title }
post-rest-none = 나머지 논문이 없습니다.
