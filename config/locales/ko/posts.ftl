# The title of a post where a message or a page speaks of it. $day is a date.
post-title = Daily Papers · { DATETIME($day, dateStyle: "full") }
post-title-week = Daily Papers · { DATES($first, $last, skeleton: "yMMMd") } 주간 베스트
post-title-month = Daily Papers · { $year }년 { $month }월 베스트
# A post's heading: day, week or month, then one of the texts post-count. $day, $first and $last are dates.
post-day = { DATE($day, skeleton: "MMMMEEEEd") }
post-short-day = { DATE($day, skeleton: "MMMd") }
post-week = { DATES($first, $last, skeleton: "MMMd") }
post-month = { DATE($day, skeleton: "yMMMM") }
post-count-top = { $total }편 중 추천 상위 { $count }편
# Of a list whose papers have hardly any votes yet.
post-count-newest = { $total }편 중 최신 { $count }편
post-count-unknown = { $total }편 중 { $count }편
# Of a schedule with filters.
post-count-filtered = { $total }편 중 조건에 맞는 { $count }편
post-count-all = 논문 { $count }편
# $at is a time in the schedule's zone. The locale's own order has the weekday in brackets.
post-as-of = 추천: { DATE($at, pattern: "EEEE a h:mm") } 기준

# Behind a paper that the channel has had before, on a day of the post's week or earlier.
post-posted-weekday = { DATE($day, pattern: "EEEE") } 게시
post-posted-day = { DATE($day, pattern: "M월 d일") } 게시

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
post-outage = { $days }: { $source }에 연결할 수 없어 논문을 불러오지 못했습니다
post-passed-over = 봇이 꺼져 있어 올리지 못한 날: { $days }
post-passed-over-more = 봇이 꺼져 있어 올리지 못한 날: { $days } 외 { $count }일

# The menu and buttons below a post.
post-menu = 요약 보기…
post-option = arXiv { $id } · ▲ { $votes }
post-option-unknown = arXiv { $id } · 추천 수 미확인
post-all = { $total }편 모두 보기
post-discuss = 토론하기
post-rest-title = 나머지 논문: { $title }
post-rest-none = 나머지 논문이 없습니다.

# What the buttons Discuss answer. $thread is the id of a thread, $link the address of a
# message, $title is escaped.
discuss-here = <#{ $thread }>에서 토론할 수 있습니다.
discuss-paper-here = <#{ $thread }>에서 이 논문을 토론할 수 있습니다.
discuss-posted = 스레드에 올렸습니다: [{ $title }]({ $link })
discuss-already = 이미 스레드에 있습니다: [{ $title }]({ $link })
discuss-message-gone = 메시지가 삭제되었습니다. 채널에서 이야기를 나눠 주세요.
discuss-locked = <#{ $thread }> 스레드가 잠겨 있습니다. 관리자에게 잠금을 풀어 달라고 한 뒤 다시 시도해 주세요.
discuss-not-allowed = 스레드를 열려면 “공개 스레드 만들기” 권한이 필요합니다. 권한이 있는 멤버에게 토론하기 버튼을 먼저 눌러 달라고 해 주세요.
discuss-bot-not-allowed = 여기에 스레드를 열 수 없습니다. 필요한 권한: 공개 스레드 만들기. 채널 설정의 권한에서 허용한 뒤 다시 시도해 주세요.
discuss-deleted = 이 스레드는 삭제되었으며, Discord에서는 메시지마다 스레드를 한 번만 만들 수 있습니다. 채널에서 이야기를 나눠 주세요.
discuss-too-many = 이 서버에 열린 스레드가 너무 많습니다. 스레드를 하나 닫은 뒤 다시 시도해 주세요.
