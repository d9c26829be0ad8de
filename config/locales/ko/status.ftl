# /status, for those who run the bot. $stamp is a time that Discord shows in the reader's own zone.
command-status-name = 상태
command-status-description = 봇 운영자에게 봇의 상태를 보여 줍니다

status-not-yours = 봇 운영자만 볼 수 있습니다. 누가 운영하는지는 { COMMAND("about") } 명령어로 확인해 주세요.
status-well = ✅ 정상입니다
status-attention = ⚠ 확인이 필요합니다
status-checks = 점검
status-schedules = 자동 게시 { $count }개, 일시 중지 { $paused }개
status-next = { $stamp } · <#{ $channel }>
status-paused = ⏸ <#{ $channel }> · { $stamp }부터 · { $reason }
status-sources = 논문 출처
status-source = { $name } · 최신: { DATE($day, skeleton: "yMMMEd") }
status-source-empty = { $name } · 아직 논문 없음
status-read = { $stamp } 확인
status-usage = 주별 이용
status-week = { DATE($day, skeleton: "MMMd") }: 게시 { $posts }회 · 열람 { $opens }회(게시물의 { NUMBER($share, style: "percent", maximumFractionDigits: 0) }) · 토론 { $threads }개 · 검색 { $searches }회 · 서버 +{ $added } −{ $removed } · 7일 안에 삭제된 자동 게시 { $deleted }개
status-database = 데이터베이스 { NUMBER($megabytes, maximumFractionDigits: 1) }MB
status-more = … 외 { $count }개
status-none = –
