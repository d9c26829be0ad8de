# /setup and “Manage” of /schedule list: one private screen. Labels of fields and titles of forms have
# at most 45 characters.
command-setup-name = 설정
command-setup-description = 이 서버의 자동 게시를 설정합니다

setup-title = 자동 게시 설정
setup-title-edit = 자동 게시 관리
setup-choose-preset = 게시할 내용을 골라 주세요
setup-choose-channel = 채널을 골라 주세요
setup-choose-time = 시간을 골라 주세요
setup-choose-zone = 시간대를 골라 주세요
setup-preset-brief = 매일 간단히 (권장)
setup-preset-weekly = 주간 베스트
setup-preset-keywords = 관심 키워드
setup-preset-monthly = 월간 베스트

setup-button-start = 시작
setup-button-save = 저장
setup-button-preview = 미리보기
setup-button-keywords = 키워드…
setup-button-style = 추가 설정…
setup-button-days = 요일·로그…
setup-button-hour = 다른 시간…
setup-button-city = 다른 시간대…
setup-button-cancel = 취소
setup-button-check = 다시 확인
setup-button-edit = 기존 게시 수정
setup-button-repeat = 그래도 시작
setup-button-repeat-edit = 그래도 저장
setup-button-back = 돌아가기
setup-button-now = 지금 올리기
setup-button-pause = 일시 중지
setup-button-resume = 다시 시작
setup-button-post = 지금 올리기
setup-button-history = 기록
setup-button-delete = 삭제
setup-button-erase = 삭제
setup-button-keep = 그대로 두기
setup-button-undo = 되돌리기
setup-button-restore = 그래도 복구
setup-button-manage = 관리

setup-form-keywords = 키워드
setup-form-style = 추가 설정
setup-form-days = 요일과 로그
setup-form-hour = 다른 시간
setup-form-city = 다른 시간대
setup-field-words = 포함할 키워드
setup-field-words-description = 이 중 하나라도 있는 논문만 올립니다: 단어 또는 "정확한 문구"
setup-field-skipped = 제외할 키워드
setup-field-skipped-description = 이 중 하나라도 있는 논문은 제외합니다
setup-field-authors = 저자
setup-field-authors-description = 한 줄에 한 명씩 입력해 주세요. 이 저자들의 논문도 올립니다
setup-field-votes = 최소 추천 수
setup-field-layout = 형식
setup-field-count = 게시물당 논문 수
setup-field-language = 언어
setup-field-mention = 멘션할 역할
setup-field-silent = 알림
setup-field-pattern = 요일
setup-field-days = 요일 선택
setup-field-publish = 발행
setup-field-publish-description = 이 채널을 팔로우하는 서버에도 게시합니다
setup-field-log = 이 서버의 로그 채널
setup-field-log-description = 일시 중지, 새 논문이 없는 날, 업데이트를 이 채널에 알립니다. 바로 적용됩니다
setup-field-time = 시간
setup-field-time-description = 예: 08:00, 오전 8시, 오후 8시 30분
setup-field-zone = 시간대나 도시
setup-field-zone-description = 예: 서울, 베를린, KST, UTC+9
setup-with-notification = 알림을 보냅니다
setup-without-notification = 푸시 알림 없이 게시합니다
setup-days-daily = 매일
setup-days-weekdays = 평일
setup-days-single = 아래에서 고른 요일
setup-layout-brief = 간단형
setup-layout-cards = 카드형
setup-layout-thread = 스레드형
setup-layout-brief-description = 첫 논문과 제목 목록
setup-layout-cards-description = 논문마다 큰 카드
setup-layout-thread-description = 채널에 목록, 스레드에 카드

# The schedule in two lines. $channel is a mention of the channel, or the first of these.
setup-no-channel = 선택할
setup-no-zone = 시간대 미정
setup-what-day = { $channel } 채널에 { $days } { $time }({ $city })에 추천 상위 { $count }편을 올립니다
setup-what-week = { $channel } 채널에 매주 월요일 { $time }({ $city })에 주간 베스트 { $count }편을 올립니다
setup-what-month = { $channel } 채널에 매월 1일 { $time }({ $city })에 월간 베스트 { $count }편을 올립니다
setup-include = 포함: { $words }
setup-exclude = 제외: { $words }
setup-min-votes = 추천 { $votes }개 이상
setup-mention = <@&{ $role }> 멘션
setup-silent = 푸시 알림 없음
setup-publish = 팔로우하는 서버에 발행
setup-no-refresh = 추천 수 업데이트 안 함
setup-catch-up = { $hours ->
    [0] 늦게 게시하지 않음
   *[other] 최대 { $hours }시간 늦게까지 게시
}

setup-can-post = ✅ <#{ $channel }>에 게시할 수 있습니다.
setup-lacks = ⚠ 아직 <#{ $channel }>에 게시할 수 없습니다. 필요한 권한: { $permissions }. 채널 설정의 권한에서 허용한 뒤 **다시 확인**을 눌러 주세요.
setup-already-day = <#{ $channel }>에는 이미 { $time }에 매일 올리는 자동 게시가 있습니다.
setup-already-week = <#{ $channel }>에는 이미 { $time }에 매주 올리는 자동 게시가 있습니다.
setup-already-month = <#{ $channel }>에는 이미 { $time }에 매월 올리는 자동 게시가 있습니다.
setup-notifies-silent = 🔕 푸시 알림이 가지 않습니다.
setup-notifies-role = 🔔 <@&{ $role }> 역할에 알림이 갑니다.
setup-notifies-all-role = 🔔 채널이나 서버의 알림을 끄지 않은 멤버에게 알림이 갑니다. <@&{ $role }> 역할 멤버는 멘션 알림만 켜 두었어도 알림을 받습니다.
setup-notifies-all = 🔔 채널이나 서버의 알림을 끄지 않은 멤버에게 알림이 갑니다.
setup-notifies-mentions = 🔕 이 채널의 알림을 켜거나 역할을 멘션하지 않으면 알림이 가지 않습니다.
setup-summaries-english = 아직 게시물 언어로 된 요약이 없어 요약은 영어로 표시됩니다.
# $papers is how many a post has on average.
setup-past = 최근 { $days }일: { $posts ->
    [0] 게시 없음.
    [1] 게시 1회, 논문 { NUMBER($papers, maximumFractionDigits: 0) }편.
   *[other] 게시 { $posts }회, 한 번에 평균 { NUMBER($papers, minimumFractionDigits: 1, maximumFractionDigits: 1) }편.
}
setup-past-keywords = { $papers ->
    [0] 최근 { $days }일: 조건에 맞는 논문이 없습니다.
   *[other] 최근 { $days }일: 조건에 맞는 논문이 { $on }일 동안 { $papers }편 있었습니다.
}
setup-past-few = 지금까지 저장된 논문은 { $days }일분입니다.
setup-past-none = 최근 { $days }일 동안 나온 논문이 없습니다.
setup-paused = ⏸ 일시 중지된 상태입니다. **지금 올리기**를 눌러도 일시 중지는 유지됩니다.

setup-missing-channel = 먼저 채널을 골라 주세요.
setup-missing-zone = 먼저 시간대를 골라 주세요.
setup-missing-keywords = 먼저 **키워드…**에서 찾을 내용을 입력해 주세요.
setup-gone = 이미 사용했거나 오래된 화면이어서 변경하지 않았습니다. { COMMAND("setup") } 명령어로 새로 열어 주세요.
setup-not-yours = 다른 사람의 화면입니다. { COMMAND("setup") } 명령어로 내 화면을 열어 주세요.
setup-changed-meanwhile = 그사이에 다른 사람이 이 자동 게시를 수정했습니다. 지금 보이는 내용으로 바꾸려면 **저장**을 다시 눌러 주세요.
setup-deleted-meanwhile = 그사이에 다른 사람이 이 자동 게시를 삭제했습니다. 변경된 내용은 없습니다.
setup-cancelled = 취소했습니다. 변경된 내용은 없습니다.
setup-same = <#{ $channel }>에는 이미 { $time }({ $city })에 같은 논문을 올리고 있습니다. 자동 게시를 하나 더 시작할까요?
setup-same-edit = <#{ $channel }>에는 이미 { $time }({ $city })에 같은 논문을 올리고 있습니다. 그래도 저장할까요?
setup-started = ✅ 시작했습니다.
setup-saved = ✅ 저장했습니다.
setup-unchanged = 변경된 내용이 없습니다.
setup-first = 첫 게시: { $stamp }
setup-next = 다음 게시: { $stamp }
setup-days-none = 요일을 하나 이상 골라 주세요.
# $pattern is setup-days-daily or setup-days-weekdays.
setup-unclear-days = “{ $pattern }”과 다른 요일을 함께 골라서 요일을 바꾸지 않았습니다. 요일을 하나씩 고르려면 “{ setup-days-single }”을 선택해 주세요.
setup-still-paused = 자동 게시는 아직 일시 중지된 상태입니다.

# What an edit has changed.
change = { $what }: { $old } → **{ $new }**
change-none = 없음
change-yes = 예
change-no = 아니요
change-channel_id = 채널
change-time = 시간
change-timezone = 시간대
change-count = 게시물당 논문 수
change-period = 주기
change-period-day = 매일
change-period-week = 주간 베스트
change-period-month = 월간 베스트
change-layout = 형식
change-days = 요일
change-min_votes = 최소 추천 수
change-include = 포함
change-exclude = 제외
change-mention = 멘션할 역할
change-silent = 푸시 알림 없이
change-publish = 발행
change-refresh = 추천 수 업데이트
change-catch_up = 늦은 게시
late-posts = { $hours ->
    [0] 안 함
   *[other] 최대 { $hours }시간
}
change-language = 언어

# Deleting.
delete-ask = 이 자동 게시를 삭제할까요?
delete-undo = 15분 안에 **되돌리기**를 누르면 복구됩니다.
delete-undone = 복구했습니다.
delete-same = <#{ $channel }>에는 이제 다른 자동 게시가 { $time }({ $city })에 같은 논문을 올리고 있습니다. 그래도 복구할까요?
delete-too-late = 이미 완전히 삭제된 자동 게시입니다. { COMMAND("setup") } 명령어로 새로 만들어 주세요.

# Above the list of schedules. $stamp is a time that Discord shows in each reader’s own zone.
newest-papers = 최신 논문: { DATE($day, skeleton: "yMMMEd") } · { $papers }편 · { $stamp } 수신
