# The morning's post. $day is a date, $stamp a time that Discord shows in each reader's own zone.
post-title = 데일리 페이퍼 · { DATETIME($day, dateStyle: "full") }
post-title-week = 데일리 페이퍼 · { DATETIME($first, dateStyle: "long") } – { DATETIME($last, dateStyle: "long") } 주간 베스트
post-title-month = 데일리 페이퍼 · { $year }년 { $month }월 베스트
post-summary = 논문 { $total }편 중 추천 상위 { $count }편 · 추천 수 기준 { $stamp }
post-summary-unknown = 논문 { $total }편 중 { $count }편 · 추천 수 미확인
post-summary-filtered = 논문 { $total }편 가운데 조건에 맞는 추천 상위 { $count }편 · 추천 수 기준 { $stamp }
post-summary-filtered-unknown = 논문 { $total }편 가운데 조건에 맞는 { $count }편 · 추천 수 미확인
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

# /schedule
schedule-added = <#{ $channel }> 채널에 매일 { $time }({ $zone })에 최신 목록의 추천 상위 { $count }편을 올립니다. 다음: { $stamp }
schedule-exists = <#{ $channel }> 채널에는 이미 일정이 있습니다: { $time }({ $zone }), { $count }편. 먼저 삭제해 주세요.
schedule-line = **{ $place }.** <#{ $channel }> · { $time }({ $zone }) · { $count }편 · 다음: { $stamp }
schedule-title = 이 서버의 일정
schedule-none = 등록된 일정이 없습니다. “/일정 추가”로 시작하세요.
schedule-more = … 외 { $count }개.
schedule-removed = <#{ $channel }> 채널에는 더 이상 올리지 않습니다.
schedule-unknown = 이 서버에 그런 일정이 없습니다. “/일정 목록”에서 확인해 주세요.
schedule-choice = #{ $channel } · { $time }({ $zone })
schedule-bad-time = “{ $text }”은(는) 시각이 아닙니다. 08:00처럼 적어 주세요.
schedule-bad-zone = “{ $text }”은(는) 시간대가 아닙니다. Asia/Seoul처럼 목록에서 골라 주세요.
schedule-bad-count = { $count }편은 올릴 수 없습니다. 1–25 중에서 골라 주세요.
schedule-lacks = <#{ $channel }> 채널에서 봇에게 없는 권한: { $permissions }. 채널 설정에서 권한을 준 뒤 다시 시도해 주세요.
permission-view_channel = 채널 보기
permission-send_messages = 메시지 보내기
permission-embed_links = 링크 첨부
filter-open-quote = 따옴표가 열렸지만 닫히지 않았습니다: { $text }
filter-no-word = 찾을 단어가 없습니다: { $text }
filter-too-long = 너무 깁니다. { $most }자까지 적을 수 있습니다.
filter-too-many = 너무 많습니다. 단어와 구절은 { $most }개까지 적을 수 있습니다.
