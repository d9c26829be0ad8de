# The page of the demonstration, beside what Discord has.
demo-next-morning = Next morning
demo-no-schedule = No schedules yet. Start with /setup.
demo-no-schedule-member = No schedules yet. Switch to { $admin } at the bottom left, who can use /setup.
demo-no-news = It's the next morning, but there are no new papers to post.
