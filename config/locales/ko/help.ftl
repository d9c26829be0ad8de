# /help, /about, the welcome, and answers to messages. `COMMAND` is a command as
# people can click it.
command-help-name = 도움말
command-help-description = 이 봇으로 할 수 있는 일을 보여 줍니다
command-about-name = 정보
command-about-description = 봇 운영자, 논문 출처, 저장하는 정보를 보여 줍니다

help-title = **누구나 할 수 있는 일**
help-paper = - { COMMAND("paper") }: arXiv 번호, 링크, 제목의 단어로 논문을 찾습니다.
help-search = - { COMMAND("search") }: 제목, 본문, 저자, 소속의 단어로 논문을 찾습니다.
help-top = - { COMMAND("top") }: 추천을 가장 많이 받은 논문을 보여 줍니다.
help-mention = - arXiv나 Hugging Face 링크와 함께 { $bot } 봇을 멘션하면 논문을 찾아 답합니다 (메시지당 3편까지).
help-direct = - arXiv나 Hugging Face 링크를 보내면 논문을 찾아 답합니다 (메시지당 3편까지).
help-saved = - 논문 아래의 **저장** 버튼을 누르면 나만 볼 수 있게 저장됩니다. { COMMAND("saved") } 명령어로 다시 봅니다.
help-find = - 메시지 메뉴의 **{ menu-find-papers }**(앱 메뉴 안): 메시지에 있는 논문을 나에게만 보여 줍니다.
help-posts = - 게시물 아래 메뉴에서 논문을 고르면 나에게만 보입니다.
help-follow = - 공지 채널에 올라오는 게시물은 그 채널의 **팔로우** 버튼으로 내 서버에서도 받아 볼 수 있습니다.
help-about = - { COMMAND("about") }: 봇 운영자와 저장하는 정보를 보여 줍니다. { COMMAND("mydata show") }: 저장된 내 정보를 보여 줍니다.
help-managers = **“서버 관리하기” 권한으로 할 수 있는 일**
help-setup = - { COMMAND("setup") }: 매일 올릴 게시물을 2분 만에 설정합니다.
help-schedule-add = - { COMMAND("schedule add") }: 채널에 상위 논문을 자동으로 올립니다.
help-schedule-keep = - { COMMAND("schedule list") }: 자동 게시를 모두 보여 줍니다. { COMMAND("schedule edit") }, { COMMAND("schedule pause") }, { COMMAND("schedule resume") }, { COMMAND("schedule remove") } 명령어로 관리합니다.
help-schedule-post = - { COMMAND("schedule preview") }: 다음 게시물을 나만 볼 수 있게 미리 봅니다. { COMMAND("schedule post") }: 지금 올립니다.
help-schedule-history = - { COMMAND("schedule history") }: 게시 기록과 올리지 않은 날의 이유를 보여 줍니다.
help-publish = - 공지 채널을 고르고 `발행`을 켜면 다른 서버에서도 팔로우해 받아 볼 수 있습니다.
help-role = - 알림을 원하는 멤버만 받게 하려면 Discord의 **채널 및 역할**에서 역할을 고를 수 있게 하고, 그 역할을 `멘션`으로 지정해 주세요.

about-title = **Daily Papers** { $version }
about-operator = 봇 운영자: { $operator }
about-operator-unknown = 봇 운영자가 이름을 남기지 않았습니다.
about-papers = 논문 { $count }편, 출처:
# $name is that of a source, $count how many papers it has, $day its newest day.
about-source = - { $name }: { $count }편, 최신 날짜 { DATETIME($day, dateStyle: "long") }
about-source-empty = - { $name }: 아직 논문이 없습니다
# The name of the source of papers that the operator has stored from files.
about-source-files = 봇 운영자가 추가한 파일
about-summaries = “AI 요약”은 이름이 표시된 AI가 쓴 글입니다. 그 밖의 요약은 출처에 실린 글입니다.
about-stored = 사용자에 대해서는 자동 게시를 관리하거나 요약 오류를 신고한 사람의 Discord ID와 직접 저장한 논문, 메모만 저장합니다. 메시지는 저장하지 않으며, 누가 무엇을 검색했는지도 저장하지 않습니다. { COMMAND("mydata show") } 명령어로 저장된 내 정보를 볼 수 있습니다.
about-independent = 이 봇은 Hugging Face, arXiv와 관련이 없습니다.
about-invite = 내 서버에 추가

# In a server that has added the bot.
welcome = 안녕하세요! 매일 주목받는 AI 논문을 올려 드립니다. { COMMAND("help") }
welcome-set-up = 설정하기
