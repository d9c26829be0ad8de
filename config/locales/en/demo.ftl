# The page of the demonstration, beside what Discord has.
demo-next-morning = Next morning
demo-no-schedule = Nothing is scheduled yet: type /schedule add.
demo-no-schedule-member = Nothing is scheduled yet. Become { $admin } at the bottom left, who may type /schedule add.
demo-no-news = The morning has come. There are no new papers since the last post, so nothing is posted.
