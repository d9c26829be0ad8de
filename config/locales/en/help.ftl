# /help, /about, the welcome, and answers to messages. `COMMAND` is a command as
# people can click it.
command-help-name = help
command-help-description = Show what this bot can do
command-about-name = about
command-about-description = Show who runs this bot, where its papers come from and what it stores

help-title = **What you can do**
help-paper = - { COMMAND("paper") } finds a paper by arXiv ID, link or words from its title.
help-search = - { COMMAND("search") } finds papers by words in title, text, authors or organization.
help-top = - { COMMAND("top") } shows the most upvoted papers.
help-mention = - Mention { $bot } with an arXiv or Hugging Face link, and I answer with the paper (up to three per message).
help-direct = - Send me an arXiv or Hugging Face link, and I answer with the paper (up to three per message).
help-saved = - **Save** below a paper keeps it, for you alone; { COMMAND("saved") } shows what you saved.
help-find = - In the menu of a message, **{ menu-find-papers }** (under Apps) shows the papers in it, for you alone.
help-posts = - The menu below a post opens any of its papers, for you alone.
help-follow = - If posts here go to an announcement channel, press **Follow** there to get them in your own server.
help-about = - { COMMAND("about") } says who runs this bot and what it stores; { COMMAND("mydata show") } what it keeps about you.
help-managers = **What you can do with Manage Server**
help-setup = - { COMMAND("setup") } sets up a daily post in two minutes.
help-schedule-add = - { COMMAND("schedule add") } posts the top papers to a channel automatically.
help-schedule-keep = - { COMMAND("schedule list") } shows the schedules; { COMMAND("schedule edit") }, { COMMAND("schedule pause") }, { COMMAND("schedule resume") } and { COMMAND("schedule remove") } change them.
help-schedule-post = - { COMMAND("schedule preview") } shows the next post to you alone; { COMMAND("schedule post") } posts now.
help-schedule-history = - { COMMAND("schedule history") } shows past posts, skipped days and the reasons.
help-publish = - Other servers can follow an announcement channel: choose one, and turn on `publish`.
help-role = - To let members choose to be pinged, offer a role in Discord's **Channels & Roles**, and choose it as `mention`.

about-title = **Daily Papers** { $version }
about-operator = Operator: { $operator }
about-operator-unknown = The operator of this bot hasn't left a name.
about-papers = Papers: { $count }, from
# $name is that of a source, $count how many papers it has, $day its newest day.
about-source = - { $name }: { $count }, newest day { DATETIME($day, dateStyle: "long") }
about-source-empty = - { $name }: no papers yet
# The name of the source of papers that the operator has stored from files.
about-source-files = Files of the bot's operator
about-summaries = Summaries named “AI summary” or “Written by” come from the AI they name. The others come from the sources.
about-stored = About people, I store only the Discord IDs of those who manage schedules or report a summary, and the papers and notes that you save. I don't store messages, or who searched for what. { COMMAND("mydata show") } shows what I keep about you.
about-independent = I'm not affiliated with Hugging Face or arXiv.
about-invite = Add to your server

# In a server that has added the bot.
welcome = Hi! I post the day's top AI papers. { COMMAND("help") }
welcome-set-up = Set up
