# The page of the demonstration, beside what Discord has.
demo-next-morning = Next morning
demo-no-schedule = No schedules yet. Start with /setup.
demo-no-schedule-member = No schedules yet. Switch to { $admin } at the bottom left, who can use /setup.
demo-no-news = It's the next morning, but there are no new papers to post.

# A line above the conversation until there is a post: what to do next.
demo-tip-set-up = This server has just added the bot. Press “Set up” in #{ $channel }.
demo-tip-start = Press “Start”. You can change all of it now or later.
demo-tip-member = This server has just added the bot. Switch to { $admin } at the bottom left, who can set it up.
demo-tip-morning = A daily post is set up. Press “Next morning” to move the clock to it.

# The demonstration in a terminal.
demo-terminal-begin = This is a local copy of Discord, and the bot is connected.
demo-terminal-added = The server has just added the bot, which says hello in the system channel.
demo-terminal-clock = The clock moves to { $time }.
demo-terminal-prompt = Type a command, “{ $morning }”, “{ $help }” or “{ $quit }”.
demo-terminal-morning = move the clock to the next post
# Words that people type there.
demo-word-morning = morning
demo-word-help = help
demo-word-quit = quit
