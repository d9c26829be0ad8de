# The page of the demonstration, beside what Discord has.
demo-next-morning = 다음 날 아침
demo-no-schedule = 아직 일정이 없습니다. “/일정 추가”를 입력해 보세요.
demo-no-schedule-member = 아직 일정이 없습니다. 왼쪽 아래에서 { $admin } 님으로 바꾸면 “/일정 추가”를 쓸 수 있습니다.
demo-no-news = 아침이 되었습니다. 마지막 게시 이후 새 논문이 없어 올리지 않았습니다.
