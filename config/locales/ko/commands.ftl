# Names and descriptions of the slash commands, as Discord lists them. A name has no capitals and
# no blanks; a description has at most 100 characters.
command-paper-name = 논문
command-paper-description = arXiv 번호, 주소 또는 제목의 단어로 논문을 보여 줍니다
command-paper-query-name = 검색어
command-paper-query-description = 2502.14499, arXiv나 Hugging Face 주소, 또는 제목의 단어

command-top-name = 순위
command-top-description = 추천을 가장 많이 받은 논문을 보여 줍니다
command-top-period-name = 기간
command-top-period-description = 어느 기간의 목록에서 고를지 (기본값: 최신 목록)
command-top-period-today = 최신 목록
command-top-period-week = 일주일
command-top-period-month = 한 달
command-top-period-year = 일 년
command-top-period-all = 전체
command-top-count-name = 개수
command-top-count-description = 논문 수, 1–25 (기본값: 10)

command-schedule-name = 일정
command-schedule-description = 이 서버가 매일 아침 받는 소식
command-schedule-add-name = 추가
command-schedule-add-description = 매일 아침 채널에 상위 논문을 올립니다
command-schedule-add-channel-name = 채널
command-schedule-add-channel-description = 올릴 채널
command-schedule-add-time-name = 시각
command-schedule-add-time-description = 올릴 시각, 예: 08:00 (기본값: 08:00)
command-schedule-add-timezone-name = 시간대
command-schedule-add-timezone-description = 예: Asia/Seoul (기본값: 서버 언어에 따름)
command-schedule-add-count-name = 개수
command-schedule-add-count-description = 논문 수, 1–25 (기본값: 5)
command-schedule-list-name = 목록
command-schedule-list-description = 이 서버의 일정을 보여 줍니다
command-schedule-remove-name = 삭제
command-schedule-remove-description = 채널에 올리는 것을 그만둡니다
command-schedule-remove-schedule-name = 일정
command-schedule-remove-schedule-description = 지울 일정
