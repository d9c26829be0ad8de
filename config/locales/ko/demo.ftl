# The page of the demonstration, beside what Discord has.
demo-next-morning = 다음 날 아침
demo-no-schedule = 등록된 자동 게시가 없습니다. /설정으로 시작해 주세요.
demo-no-schedule-member = 등록된 자동 게시가 없습니다. 왼쪽 아래에서 { $admin } 님으로 바꾸면 /설정을 쓸 수 있습니다.
demo-no-news = 다음 날 아침이 되었지만 새로 올릴 논문이 없습니다.
