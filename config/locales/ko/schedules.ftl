# /schedule
language-name = 한국어
days-daily = 매일
days-weekdays = 평일
days-weekends = 주말
day-mon = 월
day-tue = 화
day-wed = 수
day-thu = 목
day-fri = 금
day-sat = 토
day-sun = 일
days-some = 매주 { $days }요일
# The same by themselves, in no sentence.
days-alone-daily = 매일
days-alone-weekdays = 평일
days-alone-weekends = 주말
days-alone-some = { $days }요일

# What is now so. $days is one of the texts above or names of days, $stamp a time that Discord shows
# in each reader's own zone.
schedule-added = 등록했습니다.
schedule-edited = 수정했습니다.
schedule-unchanged = 변경된 내용이 없습니다.
schedule-what-day = <#{ $channel }> 채널에 { $days } { $time }({ $zone })에 추천 상위 { $count }편을 올립니다 · { $layout } · { $language }
schedule-what-week = <#{ $channel }> 채널에 매주 월요일 { $time }({ $zone })에 주간 베스트 { $count }편을 올립니다 · { $layout } · { $language }
schedule-what-month = <#{ $channel }> 채널에 매월 1일 { $time }({ $zone })에 월간 베스트 { $count }편을 올립니다 · { $layout } · { $language }
schedule-next = 다음 게시: { $stamp }
schedule-no-next = 예정된 게시가 없습니다.
schedule-paused-since = ⏸ { $stamp }부터 일시 중지: { $reason }
schedule-paused-by = ⏸ <@{ $user }> 님이 { $stamp }에 일시 중지함
schedule-paused = 일시 중지했습니다. 다시 시작하려면 { COMMAND("schedule resume") } 명령어를 사용해 주세요.
schedule-paused-before = 이미 일시 중지된 상태입니다.
schedule-resumed = 다시 시작했습니다.
schedule-runs = 일시 중지된 상태가 아닙니다.
schedule-removed = 삭제했습니다. <#{ $channel }> 채널에는 더 이상 올리지 않습니다.
schedule-removed-others = 삭제했습니다. <#{ $channel }> 채널에는 자동 게시가 { $count }개 남아 있습니다.

# /schedule list, and where a schedule is chosen.
schedule-title = 이 서버의 자동 게시
schedule-none = 등록된 자동 게시가 없습니다. { COMMAND("setup") } 명령어로 시작해 주세요.
schedule-line-day = <#{ $channel }> · { $days } { $time }({ $zone }) · { $count }편 · { $layout } · { $language }
schedule-line-week = <#{ $channel }> · 주간 베스트, 매주 월요일 { $time }({ $zone }) · { $count }편 · { $layout } · { $language }
schedule-line-month = <#{ $channel }> · 월간 베스트, 매월 1일 { $time }({ $zone }) · { $count }편 · { $layout } · { $language }
schedule-choice-day = #{ $channel } · { $days } { $time }({ $zone }) · { $count }편
schedule-choice-week = #{ $channel } · 주간 베스트 { $time }({ $zone }) · { $count }편
schedule-choice-month = #{ $channel } · 월간 베스트 { $time }({ $zone }) · { $count }편
schedule-choice-paused = ⏸
# In the place of the name of a channel.
schedule-choice-gone = 삭제된 채널
schedule-choice-unknown = 알 수 없는 채널

# Above the list, while no papers come. $day is the first weekday without any.
trouble = ⚠ { DATETIME($day, dateStyle: "full") }부터 새 논문이 없습니다. { $sources }에 연결하지 못했습니다.
trouble-unknown = ⚠ { DATETIME($day, dateStyle: "full") }부터 새 논문이 없습니다.

# What can't be.
schedule-unknown = 이 자동 게시는 더 이상 없습니다. { COMMAND("schedule list") } 명령어로 이 서버의 자동 게시를 확인해 주세요.
schedule-not-chosen = “{ $text }”은(는) 목록에 없습니다. 입력할 때 나타나는 목록에서 골라 주세요.
schedule-too-many-server = 이 서버에는 자동 게시를 { $limit }개까지 등록할 수 있습니다. { COMMAND("schedule remove") } 명령어로 하나를 삭제한 뒤 다시 시도해 주세요.
schedule-too-many-channel = <#{ $channel }> 채널에는 자동 게시를 { $limit }개까지 등록할 수 있습니다. 다른 채널을 고르거나 { COMMAND("schedule remove") } 명령어로 하나를 삭제해 주세요.
schedule-bad-time = “{ $text }”을(를) 시간으로 이해하지 못했습니다. 08:00이나 오전 8시처럼 입력해 주세요.
schedule-bad-zone = “{ $text }” 시간대를 찾지 못했습니다. 서울처럼 도시 이름을 입력해 주세요.
schedule-ambiguous-zone = “{ $text }”에 해당하는 시간대가 여러 개입니다. 하나를 골라 주세요: { $zones }.
schedule-no-zone = 시간대를 알 수 없습니다. `시간대`에 서울 같은 도시 이름을 입력하거나 { COMMAND("setup") } 명령어를 사용해 주세요.
schedule-bad-count = 논문 수는 1~25로 입력해 주세요.
schedule-bad-votes = 추천 수는 0~1,000,000 사이로 입력해 주세요.
schedule-bad-hours = 0~168시간으로 입력해 주세요.
schedule-bad-period = “{ $text }”은(는) 주기가 아닙니다. 매일, 주간, 월간 중에서 골라 주세요.
schedule-bad-layout = “{ $text }”은(는) 형식이 아닙니다. { setup-layout-brief }, { setup-layout-cards }, { setup-layout-thread } 중에서 골라 주세요.
schedule-bad-days = “{ $text }”에서 요일을 알아볼 수 없습니다. 평일이나 월,수처럼 입력해 주세요.
schedule-days-of-day = 요일은 매일 게시에만 쓸 수 있습니다. 주간은 월요일, 월간은 1일에 올립니다.
schedule-bad-language = “{ $text }”은(는) 지원하지 않는 언어입니다. 다음 중에서 골라 주세요: { $languages }.
schedule-bad-channel = <#{ $channel }> 채널에는 게시할 수 없습니다. 이 서버의 텍스트·공지·포럼·미디어 채널이나 스레드를 골라 주세요.
schedule-channel-gone = <#{ $channel }> 채널이 삭제되었거나 봇이 볼 수 없습니다. 채널 보기 권한을 주거나 다른 채널을 골라 주세요.
schedule-thread-in-thread = <#{ $channel }>은(는) 스레드여서 그 안에 스레드를 만들 수 없습니다. { setup-layout-brief }이나 { setup-layout-cards }을 골라 주세요.
schedule-cannot-publish = <#{ $channel }>은(는) 공지 채널이 아니어서 발행할 수 없습니다. 다른 채널을 고르거나 `발행`을 꺼 주세요.
schedule-mentions-everyone = @everyone은 사용할 수 없습니다. 다른 역할을 골라 주세요.
schedule-lacks = 아직 <#{ $channel }>에 게시할 수 없습니다. 필요한 권한: { $permissions }. 채널 설정의 권한에서 허용한 뒤 다시 시도해 주세요.
filter-open-quote = 따옴표가 닫히지 않았습니다: { $text }
filter-no-word = 검색할 단어가 없습니다: { $text }
filter-too-long = 너무 깁니다 (최대 { $most }자).
filter-minus = 여기서는 “-”를 쓸 수 없습니다: { $text }. 제외할 단어는 제외 항목에 입력해 주세요.
filter-too-many = 단어가 너무 많습니다 (최대 { $most }개).

# Warnings about a schedule that is stored all the same.
warning-no-chart = ⚠ <#{ $channel }>에는 차트 없이 게시됩니다. 차트도 올리려면 “파일 첨부”를 허용해 주세요.
warning-no-history = ⚠ <#{ $channel }>의 메시지 기록을 볼 수 없습니다. 게시 도중 연결이 끊기면 게시물 일부가 빠질 수 있으니 “메시지 기록 보기”를 허용해 주세요.
warning-not-mentionable = ⚠ <#{ $channel }>에 게시해도 <@&{ $role }> 역할에 알림이 가지 않습니다. 역할 설정에서 “누구나 이 역할을 멘션할 수 있도록 허용”을 켜거나, 봇에 “@everyone, @here, 모든 역할 멘션하기” 권한을 주세요.
warning-silent-mention = 알림 없이 게시하므로 역할은 표시만 되고 알림은 가지 않습니다.
tag-made = 채널에 태그가 필요해 “{ $tag }” 태그를 만들었습니다.
permission-view_channel = 채널 보기
permission-send_messages = 메시지 보내기
permission-send_messages_in_threads = 스레드에서 메시지 보내기
permission-create_public_threads = 공개 스레드 만들기
permission-embed_links = 링크 첨부
permission-attach_files = 파일 첨부
permission-read_message_history = 메시지 기록 보기
permission-manage_channels = 채널 관리하기 (또는 봇이 쓸 수 있는 태그)
permission-manage_threads = 스레드 관리하기

# /schedule preview and /schedule post
preview-of = <#{ $channel }>의 다음 게시물 미리보기:
preview-forum = “{ $name }”이라는 포럼 게시물로 올립니다.
preview-thread = 첫 메시지에 “{ $name }” 스레드를 만들고 나머지는 그 안에 올립니다.
preview-nothing = 미리 볼 게시물이 없습니다: { $reason }
post-done = <#{ $channel }>에 올렸습니다: { $links }
already-posted = <#{ $channel }>에 이미 올렸습니다. 다시 올릴까요?
post-again = 다시 올리기
post-leave = 취소
post-left = 취소했습니다.
post-under-way = 올리는 중입니다…
post-nothing = <#{ $channel }>에 올리지 않았습니다: { $reason }

# /schedule history: what came of a turn.
history-title = 게시 기록
history-none = 아직 기록이 없습니다.
history-posted = 게시함
history-nothing-new = 새 논문 없음
history-filtered-out = 조건에 맞는 논문 없음
history-missed = 건너뜀
history-given-up = 게시 실패
history-paused = 일시 중지
history-resumed = 다시 시작
history-failed = 지연됨
history-not-posted = 일시 중지 중이라 건너뜀
paused-by = <@{ $user }> 님이 일시 중지함
resumed-by = <@{ $user }> 님이 다시 시작함

# Why, in a sentence.
reason-asked = 멤버 요청
reason-scheduled = 예약
reason-by-hand = 수동
reason-lacks-permission = 권한 없음
reason-channel-gone = 채널 삭제 또는 숨김
reason-left = 봇이 이 서버에 없음
reason-archived = 보관되었거나 잠긴 스레드
reason-needs-tag = 봇이 채널에 필요한 태그를 달 수 없음
reason-too-many-threads = 서버에 열린 스레드가 너무 많음
reason-wrong-channel = 게시할 수 없는 종류의 채널
reason-refused = Discord가 게시를 거부함
reason-message-refused = Discord가 메시지를 거부함
reason-no-digest = 아직 새 논문 없음
reason-no-new-papers = 새 논문이 거의 모두 이미 올린 논문임
reason-source-unavailable = 논문 출처에 연결하지 못함
source-unavailable = { $sources }에 연결하지 못함
source-unavailable-since = { DATETIME($day, dateStyle: "medium") }부터 { $sources }에 연결하지 못함
reason-filtered-out = 조건에 맞는 새 논문 없음
reason-already = 이 채널에 이미 올림
reason-starting = 봇을 시작하는 중이니 잠시 후 다시 시도해 주세요
reason-under-way = 바로 보내지 못해 계속 다시 시도하고 있습니다
reason-too-late = 게시할 시간이 지남
reason-deleted = 자동 게시가 삭제됨
reason-unknown = 보냈는지 확인할 수 없음
reason-discord-unavailable = Discord에 연결할 수 없어 다시 시도하고 있습니다
reason-guild-unavailable = 지금은 Discord에서 이 서버를 볼 수 없으니 잠시 후 다시 시도해 주세요
reason-writer-unavailable = 언어 모델을 쓸 수 없어 계속 다시 시도하고 있습니다
reason-rate-limited = Discord가 요청을 제한해 다시 시도하고 있습니다
reason-internal = 내부 오류 (봇 운영자에게 문의해 주세요)
reason-other = 알 수 없는 이유

# Direct messages to the creator of a schedule, each sent once. $server is the server's name.
dm-lacks-permission = { $server }의 <#{ $channel }>에 게시하지 못했습니다(권한 없음). 자동 게시를 일시 중지했으며, 채널 보기·메시지 보내기·링크 첨부 권한(스레드에서는 공개 스레드 만들기와 스레드에서 메시지 보내기도)이 생기면 자동으로 다시 시작합니다.
dm-channel-gone = { $server }의 <#{ $channel }>에 게시하지 못했습니다(채널 삭제 또는 숨김). 자동 게시를 일시 중지했으며, 채널이 다시 보이면 자동으로 다시 시작합니다. { COMMAND("schedule edit") } 명령어로 다른 채널을 고를 수도 있습니다.
dm-archived = { $server }의 <#{ $channel }>에 게시하지 못했습니다(보관되었거나 잠긴 스레드). 자동 게시를 일시 중지했으며, 스레드가 다시 열리면 자동으로 다시 시작합니다. { COMMAND("schedule edit") } 명령어로 다른 곳을 고를 수도 있습니다.
dm-needs-tag = { $server }의 <#{ $channel }>에 게시하지 못했습니다(필요한 태그를 달 수 없음). 자동 게시를 일시 중지했으며, 채널에 “Daily Papers” 태그가 생기거나 봇에 채널 관리하기 권한이 생기면 자동으로 다시 시작합니다.
dm-too-many-threads = { $server }의 <#{ $channel }>에 게시하지 못했습니다(서버에 열린 스레드가 너무 많음). 자동 게시를 일시 중지했으며, 스레드를 몇 개 닫으면 자동으로 다시 시작합니다.
dm-wrong-channel = { $server }의 <#{ $channel }>에 게시하지 못했습니다(게시할 수 없는 종류의 채널). 자동 게시를 일시 중지했으니 { COMMAND("schedule edit") } 명령어로 다른 채널을 골라 주세요.
dm-refused = { $server }의 <#{ $channel }>에 게시하지 못했습니다(Discord가 거부함). 자동 게시를 일시 중지했으며, 이유는 봇 운영자가 로그에서 확인할 수 있습니다. 다시 시도하려면 { COMMAND("schedule resume") } 명령어를 사용해 주세요.
dm-message-refused = { $server }의 <#{ $channel }>에 게시하지 못했습니다(Discord가 메시지를 거부함). 다음 논문부터는 계속 올리며, 이유는 봇 운영자가 로그에서 확인할 수 있습니다.
dm-internal = { $server }의 <#{ $channel }>에 올릴 게시물이 봇 내부 오류로 한 시간째 늦어지고 있습니다. 계속 다시 시도하고 있으며, 오류는 봇 운영자가 로그에서 확인할 수 있습니다.
