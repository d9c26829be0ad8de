# The log channel of a server. $schedules is a list of names.
log-name-day = <#{ $channel }>({ $time })
log-name-week = <#{ $channel }>(주간 베스트)
log-name-month = <#{ $channel }>(월간 베스트)
log-more = { $schedules } 외 { $count }개
log-what-paused = { $count ->
    [1] ⏸ 자동 게시를 일시 중지했습니다: { $schedules }.
   *[other] ⏸ 자동 게시 { $count }개를 일시 중지했습니다: { $schedules }.
}
log-what-paused-by = { $count ->
    [1] ⏸ <@{ $user }> 님이 자동 게시를 일시 중지했습니다: { $schedules }.
   *[other] ⏸ <@{ $user }> 님이 자동 게시 { $count }개를 일시 중지했습니다: { $schedules }.
}
log-what-paused-by-someone = { $count ->
    [1] ⏸ 멤버가 자동 게시를 일시 중지했습니다: { $schedules }.
   *[other] ⏸ 멤버가 자동 게시 { $count }개를 일시 중지했습니다: { $schedules }.
}
log-what-resumed = { $count ->
    [1] ▶️ 자동 게시를 다시 시작했습니다: { $schedules }.
   *[other] ▶️ 자동 게시 { $count }개를 다시 시작했습니다: { $schedules }.
}
log-what-resumed-by = { $count ->
    [1] ▶️ <@{ $user }> 님이 자동 게시를 다시 시작했습니다: { $schedules }.
   *[other] ▶️ <@{ $user }> 님이 자동 게시 { $count }개를 다시 시작했습니다: { $schedules }.
}
log-what-delayed = { $count ->
    [1] ⚠ 봇 내부 오류로 게시가 한 시간째 늦어지고 있습니다: { $schedules }.
   *[other] ⚠ 봇 내부 오류로 게시 { $count }건이 한 시간째 늦어지고 있습니다: { $schedules }.
}
log-what-refused = { $count ->
    [1] ⚠ Discord가 게시를 거부했습니다: { $schedules }.
   *[other] ⚠ Discord가 게시 { $count }건을 거부했습니다: { $schedules }.
}
log-updated = 봇이 { $old } 버전에서 { $new } 버전으로 업데이트되었습니다.

# Behind what is paused: why, and what ends it.
log-why-lacks-permission = 권한이 없습니다. 채널 보기·메시지 보내기·링크 첨부 권한(스레드에서는 공개 스레드 만들기와 스레드에서 메시지 보내기도)이 생기면 자동으로 다시 시작합니다.
log-why-channel-gone = 채널이 삭제되었거나 봇이 볼 수 없습니다. 채널이 다시 보이면 자동으로 다시 시작합니다. { COMMAND("schedule edit") } 명령어로 다른 채널을 고를 수도 있습니다.
log-why-archived = 스레드가 보관되었거나 잠겼습니다. 스레드가 다시 열리면 자동으로 다시 시작합니다. { COMMAND("schedule edit") } 명령어로 다른 곳을 고를 수도 있습니다.
log-why-needs-tag = 채널에 필요한 태그를 달 수 없습니다. 채널에 “Daily Papers” 태그가 생기거나 봇에 채널 관리하기 권한이 생기면 자동으로 다시 시작합니다.
log-why-too-many-threads = 서버에 열린 스레드가 너무 많습니다. 스레드를 몇 개 닫으면 자동으로 다시 시작합니다.
log-why-wrong-channel = 게시할 수 없는 종류의 채널입니다. { COMMAND("schedule edit") } 명령어로 다른 채널을 골라 주세요.
log-why-refused = Discord가 게시를 거부했습니다. 이유는 봇 운영자가 로그에서 확인할 수 있습니다. 다시 시도하려면 { COMMAND("schedule resume") } 명령어를 사용해 주세요.
log-why-internal = 계속 다시 시도하고 있으며, 오류는 봇 운영자가 로그에서 확인할 수 있습니다.
log-why-message-refused = 다음 논문부터는 계속 올리며, 이유는 봇 운영자가 로그에서 확인할 수 있습니다.

# In /schedule list and on the set-up screen.
log-channel = 로그 채널: <#{ $channel }>
log-channel-lacks = ⚠ 로그 채널 <#{ $channel }>에 쓸 수 없습니다. 필요한 권한: { $permissions }. 그때까지는 자동 게시를 만든 사람에게 다이렉트 메시지로 알립니다.
log-channel-gone = ⚠ 로그 채널이 삭제되었거나 봇이 볼 수 없습니다. **{ setup-button-manage }**에서 **{ setup-button-days }**를 눌러 다른 채널을 골라 주세요. 그때까지는 자동 게시를 만든 사람에게 다이렉트 메시지로 알립니다.
log-channel-bad = <#{ $channel }>은(는) 로그 채널로 쓸 수 없습니다. 이 서버의 텍스트 채널이나 공지 채널을 골라 주세요.

# Below the list of schedules. $average is opened papers per post, $share the share of posts.
usage-posts = 최근 { $weeks }주: 게시 { $posts }회 · 논문 열람 { $opens }회(게시물당 { NUMBER($average, maximumFractionDigits: 1) }회, 게시물의 { NUMBER($share, style: "percent", maximumFractionDigits: 0) }) · 토론 { $threads }개 · 검색 { $searches }회
usage-searches = 최근 { $weeks }주: 게시 없음 · 검색 { $searches }회
