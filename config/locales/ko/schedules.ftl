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
layout-cards = 카드
layout-brief = 목록
layout-thread = 목록과 스레드

# What is now so. $days is one of the texts above or names of days, $stamp a time that Discord shows
# in each reader's own zone.
schedule-added = 등록했습니다.
schedule-edited = 수정했습니다.
schedule-unchanged = 변경된 내용이 없습니다.
schedule-what-day = <#{ $channel }> 채널에 { $days } { $time }({ $zone })에 추천 상위 { $count }편을 올립니다. 형식: { $layout }, 언어: { $language }.
schedule-what-week = <#{ $channel }> 채널에 매주 월요일 { $time }({ $zone })에 지난 한 주의 추천 상위 { $count }편을 올립니다. 형식: { $layout }, 언어: { $language }.
schedule-what-month = <#{ $channel }> 채널에 매월 1일 { $time }({ $zone })에 지난 한 달의 추천 상위 { $count }편을 올립니다. 형식: { $layout }, 언어: { $language }.
schedule-next = 다음: { $stamp }
schedule-no-next = 다음에 올릴 때가 없습니다.
schedule-paused-since = ⏸ { $stamp }부터 멈춤: { $reason }
schedule-paused = 이제 멈췄습니다. “/일정 재개”로 다시 시작할 수 있습니다.
schedule-paused-before = 이미 멈춰 있습니다.
schedule-resumed = 다시 시작했습니다.
schedule-runs = 멈춰 있지 않습니다.
schedule-removed = 일정을 삭제했습니다. <#{ $channel }> 채널에는 더 이상 올리지 않습니다.
schedule-removed-others = 일정을 삭제했습니다. <#{ $channel }> 채널에는 일정이 아직 { $count }개 있습니다.

# /schedule list, and where a schedule is chosen.
schedule-title = 이 서버의 일정
schedule-none = 등록된 자동 게시가 없습니다. /설정으로 시작해 주세요.
schedule-line-day = <#{ $channel }> · { $days } { $time }({ $zone }) · { $count }편, { $layout } · { $language }
schedule-line-week = <#{ $channel }> · 주간 베스트, 월요일 { $time }({ $zone }) · { $count }편, { $layout } · { $language }
schedule-line-month = <#{ $channel }> · 월간 베스트, 1일 { $time }({ $zone }) · { $count }편, { $layout } · { $language }
schedule-choice-day = #{ $channel } · { $days } { $time }({ $zone }) · { $count }편
schedule-choice-week = #{ $channel } · 주간 베스트 { $time }({ $zone }) · { $count }편
schedule-choice-month = #{ $channel } · 월간 베스트 { $time }({ $zone }) · { $count }편
schedule-choice-paused = ⏸

# Above the list, while no papers come. $day is the first weekday without any.
trouble = ⚠ { DATETIME($day, dateStyle: "full") }부터 새 논문이 없습니다. { $sources }에 연결할 수 없습니다.
trouble-unknown = ⚠ { DATETIME($day, dateStyle: "full") }부터 새 논문이 올라오지 않았습니다.

# What can't be.
schedule-unknown = 이 서버에 그런 일정이 없습니다. “/일정 목록”에서 확인해 주세요.
schedule-not-chosen = “{ $text }”은(는) 목록에 없습니다. 추천 목록에서 골라 주세요.
schedule-too-many-server = 이 서버에는 일정을 { $limit }개까지만 둘 수 있습니다. “/일정 삭제”로 하나를 지운 뒤 다시 시도해 주세요.
schedule-too-many-channel = <#{ $channel }> 채널에는 일정을 { $limit }개까지만 둘 수 있습니다. 다른 채널을 고르거나 “/일정 삭제”로 하나를 지워 주세요.
schedule-bad-time = “{ $text }”은(는) 시간으로 이해할 수 없습니다. 08:00이나 오전 8시처럼 입력해 주세요.
schedule-bad-zone = “{ $text }” 시간대를 찾을 수 없습니다. 서울처럼 도시 이름을 입력해 주세요.
schedule-ambiguous-zone = “{ $text }”(으)로 불리는 시간대가 여럿입니다. 하나를 골라 주세요: { $zones }.
schedule-no-zone = 시간대를 알 수 없습니다. “시간대”에 서울 같은 도시 이름을 입력하거나 /설정을 사용해 주세요.
schedule-bad-count = 논문 수는 1~25로 입력해 주세요.
schedule-bad-votes = 추천 수는 0~1,000,000 사이로 입력해 주세요.
schedule-bad-hours = 0~168시간으로 입력해 주세요.
schedule-bad-period = “{ $text }”은(는) 기간이 아닙니다. 그날, 한 주, 한 달 중에서 골라 주세요.
schedule-bad-layout = “{ $text }”은(는) 형식이 아닙니다. 카드, 간단히, 스레드 중에서 골라 주세요.
schedule-bad-days = “{ $text }”에서 요일을 알아볼 수 없습니다. 매일, 평일, 또는 월,수나 월-금처럼 적어 주세요.
schedule-days-of-day = 요일은 매일 게시에만 쓸 수 있습니다. 주간 게시는 월요일에, 월간 게시는 1일에 올립니다.
schedule-bad-language = “{ $text }”(으)로 된 글은 없습니다. 다음 중에서 골라 주세요: { $languages }.
schedule-bad-channel = <#{ $channel }> 채널에는 올릴 수 없습니다. 이 서버의 텍스트·공지·포럼·미디어 채널이나 스레드를 골라 주세요.
schedule-channel-gone = <#{ $channel }> 채널이 없어졌거나 봇이 볼 수 없습니다.
schedule-thread-in-thread = <#{ $channel }>은(는) 이미 스레드라서 그 아래에 스레드를 만들 수 없습니다. 카드나 간단히 형식을 골라 주세요.
schedule-cannot-publish = <#{ $channel }> 채널은 공지 채널이 아닙니다. 공지 채널의 글만 발행할 수 있습니다.
schedule-mentions-everyone = 모두에게 알림을 보내지는 않습니다. 다른 역할을 골라 주세요.
schedule-lacks = <#{ $channel }> 채널에서 봇에게 없는 권한: { $permissions }. 채널 설정에서 권한을 준 뒤 다시 시도해 주세요.
filter-open-quote = 따옴표가 열렸지만 닫히지 않았습니다: { $text }
filter-no-word = 찾을 단어가 없습니다: { $text }
filter-too-long = 너무 깁니다. { $most }자까지 적을 수 있습니다.
filter-too-many = 너무 많습니다. 단어와 구절은 { $most }개까지 적을 수 있습니다.

# Warnings about a schedule that is stored all the same.
warning-no-history = ⚠ <#{ $channel }> 채널에서 봇이 지난 메시지를 읽을 수 없습니다. 올리는 도중에 끊기면 무엇을 보냈는지 찾아볼 수 없어, 보냈을지도 모르는 메시지는 두 번 보내는 대신 빼고 넘어갑니다. “메시지 기록 보기” 권한을 주면 둘 다 확실해집니다.
warning-not-mentionable = ⚠ <@&{ $role }> 역할은 누구나 멘션할 수 있게 되어 있지 않고, <#{ $channel }> 채널에서 봇에게 “모두 멘션하기” 권한이 없습니다. 역할은 보이지만 알림은 가지 않습니다. 누구나 멘션할 수 있게 하거나 봇에게 권한을 주세요.
warning-silent-mention = 무음 게시물은 역할을 부르지만 푸시 알림을 보내지 않습니다.
tag-made = 이 채널은 태그가 필요하지만 알맞은 것이 없어 “{ $tag }” 태그를 만들었습니다.
permission-view_channel = 채널 보기
permission-send_messages = 메시지 보내기
permission-send_messages_in_threads = 스레드에서 메시지 보내기
permission-create_public_threads = 공개 스레드 만들기
permission-embed_links = 링크 첨부
permission-manage_channels = 채널 관리하기 (또는 봇이 쓸 수 있는 태그)
permission-manage_threads = 스레드 관리하기

# /schedule preview and /schedule post
preview-of = 지금 올린다면 <#{ $channel }> 채널에는 메시지 { $count }개로 이렇게 올라갑니다:
preview-forum = “{ $name }” 게시물을 만들고, 이어지는 메시지는 그 안에 보냅니다.
preview-thread = 첫 메시지 아래에 “{ $name }” 스레드를 만들고, 이어지는 메시지는 그 안에 보냅니다.
preview-nothing = 보여 드릴 것이 없습니다: { $reason }
post-done = <#{ $channel }> 채널에 올렸습니다. { $title }: { $links }
already-posted = <#{ $channel }> 채널에는 이미 올렸습니다. 한 번 더 올릴까요?
post-again = 다시 올리기
post-leave = 그대로 두기
post-left = 올리지 않았습니다.
post-under-way = 올리는 중입니다 …
post-nothing = <#{ $channel }> 채널에 올리지 않았습니다: { $reason }

# /schedule history: what came of a turn.
history-title = 올린 것과 올리지 않은 것
history-none = 아직 기록이 없습니다.
history-posted = 올림
history-nothing-new = 새 목록 없음
history-filtered-out = 조건에 맞는 논문 없음
history-missed = 놓침
history-given-up = 포기함
history-paused = 멈춤
history-resumed = 다시 시작함
history-failed = 실패, 다시 시도함
history-not-posted = 멈춰 있어 올리지 않음
paused-by = <@{ $user }> 님이 멈춤
resumed-by = <@{ $user }> 님이 다시 시작함

# Why, in a sentence.
reason-asked = 누군가 멈췄습니다
reason-scheduled = 정해진 시각에
reason-by-hand = 직접
reason-lacks-permission = 채널에서 봇에게 필요한 권한이 없습니다
reason-channel-gone = 채널이 없어졌거나 봇이 볼 수 없습니다
reason-left = 봇이 이 서버에 없습니다
reason-archived = 봇이 스레드에 쓸 수 없습니다
reason-needs-tag = 채널에 필요한 태그를 봇이 달 수 없습니다
reason-too-many-threads = 서버에 활성 스레드가 더 들어갈 자리가 없습니다
reason-wrong-channel = 게시물을 올릴 수 없는 종류의 채널입니다
reason-refused = Discord가 게시물을 받지 않았습니다
reason-message-refused = Discord가 게시물의 내용을 받지 않았습니다
reason-no-digest = 새 논문이 올라오지 않았습니다
reason-no-new-papers = 새 논문이 거의 모두 이미 올린 논문입니다
reason-source-unavailable = 논문 출처에 연결할 수 없었습니다
source-unavailable = { $sources }에 연결할 수 없었습니다
source-unavailable-since = { DATETIME($day, dateStyle: "medium") }부터 { $sources }에 연결할 수 없었습니다
reason-filtered-out = 최신 논문 중에 조건에 맞는 논문이 없습니다
reason-already = 채널에 이미 올렸습니다
reason-starting = 봇을 시작하는 중입니다. 잠시 후 다시 시도해 주세요
reason-under-way = 바로 보낼 수 없어 보낼 때까지 다시 시도합니다
reason-too-late = 시간이 너무 많이 지났습니다
reason-deleted = 일정이 삭제되었습니다
reason-unknown = 보냈는지 확인할 수 없습니다
reason-discord-unavailable = Discord에 연결할 수 없어 다시 시도합니다
reason-guild-unavailable = 지금은 서버를 볼 수 없습니다. 잠시 후 다시 시도해 주세요
reason-rate-limited = Discord의 요청 제한으로 잠시 후 다시 시도합니다
reason-internal = 봇 내부 오류입니다. 봇의 로그에 남아 있습니다
reason-other = 무언가에 막혀 있습니다

# Direct messages to the creator of a schedule, each sent once. $server is the server's name.
dm-lacks-permission = { $server } 서버의 <#{ $channel }> 채널에 올릴 권한이 없어 일정을 멈췄습니다. 그 채널에서 채널 보기, 메시지 보내기, 링크 첨부 권한을(스레드라면 공개 스레드 만들기와 스레드에서 메시지 보내기도) 주시면 저절로 다시 시작합니다. “/일정 목록”에서 상태를 볼 수 있습니다.
dm-channel-gone = { $server } 서버의 <#{ $channel }> 채널이 없어졌거나 보이지 않아 일정을 멈췄습니다. 다시 보이게 해 주시면 저절로 다시 시작합니다. “/일정 수정”으로 다른 채널을 고를 수도 있습니다.
dm-archived = { $server } 서버의 <#{ $channel }> 스레드에 쓸 수 없어 일정을 멈췄습니다. 다시 열어 주시면 저절로 다시 시작합니다. “/일정 수정”으로 다른 곳을 고를 수도 있습니다.
dm-needs-tag = { $server } 서버의 <#{ $channel }> 채널에 필요한 태그를 달 수 없어 일정을 멈췄습니다. “Daily Papers” 태그를 만들거나 채널 관리하기 권한을 주시면 저절로 다시 시작합니다.
dm-too-many-threads = { $server } 서버에 활성 스레드가 가득 차 <#{ $channel }> 채널에 스레드를 만들지 못했고, 일정을 멈췄습니다. 몇 개를 닫아 주시면 저절로 다시 시작합니다.
dm-wrong-channel = { $server } 서버의 <#{ $channel }> 채널에는 이제 올릴 수 없어 일정을 멈췄습니다. “/일정 수정”으로 다른 채널을 골라 주세요.
dm-refused = { $server } 서버의 <#{ $channel }> 채널에 올린 글을 Discord가 받지 않아 일정을 멈췄습니다. 봇 운영자가 로그에서 까닭을 볼 수 있고, “/일정 재개”로 다시 시도할 수 있습니다.
dm-message-refused = { $server } 서버의 <#{ $channel }> 채널에 올린 글을 Discord가 받지 않았습니다. 다음 논문부터는 그대로 올리며, 봇 운영자가 로그에서 까닭을 볼 수 있습니다.
dm-internal = { $server } 서버의 <#{ $channel }> 채널에 올릴 글이 봇 내부 오류로 한 시간째 늦어지고 있습니다. 계속 다시 시도하며, 봇 운영자가 로그에서 오류를 볼 수 있습니다.
