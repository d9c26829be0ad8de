# The morning's post. $day is a date, $stamp a time that Discord shows in each reader's own zone.
post-title = 데일리 페이퍼 · { DATETIME($day, dateStyle: "full") }
post-summary = 논문 { $total }편 중 추천 상위 { $count }편 · 추천 수 기준 { $stamp }
post-summary-unknown = 논문 { $total }편 중 { $count }편 · 추천 수 미확인

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
