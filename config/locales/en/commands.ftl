# Names and descriptions of the slash commands, as Discord lists them. A name has no capitals and
# no blanks; a description has at most 100 characters.
command-paper-name = paper
command-paper-description = Show a paper by its arXiv id, its address or words of its title
command-paper-query-name = query
command-paper-query-description = 2502.14499, an arXiv or Hugging Face address, or words of the title

command-top-name = top
command-top-description = Show the papers with the most votes
command-top-period-name = period
command-top-period-description = From which digests (default: the newest)
command-top-period-today = the newest digest
command-top-period-week = week
command-top-period-month = month
command-top-period-year = year
command-top-period-all = all
command-top-count-name = count
command-top-count-description = How many papers, 1 to 25 (default: 10)

command-schedule-name = schedule
command-schedule-description = What this server gets each morning
command-schedule-add-name = add
command-schedule-add-description = Post the day's top papers to a channel each morning
command-schedule-add-channel-name = channel
command-schedule-add-channel-description = Where to post
command-schedule-add-time-name = time
command-schedule-add-time-description = When, as HH:MM (default: 08:00)
command-schedule-add-timezone-name = timezone
command-schedule-add-timezone-description = Whose clock, such as Asia/Seoul (default: from the server's language)
command-schedule-add-count-name = count
command-schedule-add-count-description = How many papers, 1 to 25 (default: 5)
command-schedule-list-name = list
command-schedule-list-description = Show this server's schedules
command-schedule-remove-name = remove
command-schedule-remove-description = Stop posting to a channel
command-schedule-remove-schedule-name = schedule
command-schedule-remove-schedule-description = Which schedule
