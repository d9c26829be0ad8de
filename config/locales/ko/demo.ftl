# The page of the demonstration, beside what Discord has.
demo-next-morning = 다음 날 아침
demo-no-schedule = 등록된 자동 게시가 없습니다. /설정으로 시작해 주세요.
demo-no-schedule-member = 등록된 자동 게시가 없습니다. 왼쪽 아래에서 { $admin } 님으로 바꾸면 /설정을 쓸 수 있습니다.
demo-no-news = 다음 날 아침이 되었지만 새로 올릴 논문이 없습니다.

# A line above the conversation until there is a post: what to do next.
demo-tip-set-up = 방금 이 서버에 봇이 추가되었습니다. #{ $channel } 채널에서 “설정하기”를 눌러 주세요.
demo-tip-start = “시작”을 눌러 주세요. 설정은 지금도 나중에도 바꿀 수 있습니다.
demo-tip-member = 방금 이 서버에 봇이 추가되었습니다. 왼쪽 아래에서 { $admin } 님으로 바꾸면 설정할 수 있습니다.
demo-tip-morning = 자동 게시를 설정했습니다. “다음 날 아침”을 누르면 게시 시간으로 이동합니다.

# The demonstration in a terminal.
demo-terminal-begin = 이 컴퓨터에서만 동작하는 Discord입니다. 봇이 연결되어 있습니다.
demo-terminal-added = 방금 이 서버에 봇이 추가되었습니다. 봇이 시스템 채널에 인사를 남깁니다.
demo-terminal-clock = 이제 { $time }입니다.
demo-terminal-prompt = 명령어를 입력해 주세요. “{ $morning }”, “{ $help }”, “{ $quit }”도 쓸 수 있습니다.
demo-terminal-morning = 다음 게시 시간으로 이동합니다
# Words that people type there.
demo-word-morning = 아침
demo-word-help = 도움말
demo-word-quit = 종료
