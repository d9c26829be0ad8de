# The page of the demonstration, beside what Discord has.
demo-next-morning = Next morning
demo-no-schedule = No schedules yet. Start with /schedule add.
demo-no-schedule-member = No schedules yet. Switch to { $admin } at the bottom left, who can use /schedule add.
demo-no-news = It's the next morning, but there are no new papers to post.
