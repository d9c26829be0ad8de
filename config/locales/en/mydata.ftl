# /mydata: what the bot keeps about a person or a server, as a summary or a file, and its deletion.
mydata-title = **What I keep about you**
mydata-saved = { $count ->
    [one] - 1 saved paper
   *[other] - { $count } saved papers
}{ $notes ->
    [0] {""}
    [one] , 1 with a note
   *[other] , { $notes } with a note
}: { COMMAND("saved") }
# $channels are channels as people can click them.
mydata-schedules = { $count ->
    [one] - That you made 1 schedule: { $channels }
   *[other] - That you made { $count } schedules: { $channels }
}
mydata-schedules-more = { $channels } and { $count } more
mydata-changes = { $count ->
    [one] - That you paused or resumed a schedule once, in the server's history
   *[other] - That you paused or resumed schedules { $count } times, in the servers' history
}
mydata-reports = { $count ->
    [one] - 1 report of a summary, with what you wrote
   *[other] - { $count } reports of summaries, with what you wrote
}
mydata-drafts = { $count ->
    [one] - 1 unfinished set-up
   *[other] - { $count } unfinished set-ups
}
mydata-nothing = I keep nothing about you.
mydata-never = I don't keep your name, your messages, or what you searched for and opened.
mydata-next = { COMMAND("mydata export") } sends you all of it as a file. { COMMAND("mydata forget") } deletes it.
mydata-file = Everything I keep about you, as JSON.

mydata-ask = **Delete everything I keep about you?** You can't undo this.
mydata-ask-schedules = The schedules you made keep posting, without your name. If one has a problem, I say so in its server instead of writing to you.
mydata-ask-backups = Backups made by the bot's operator hold it until they're deleted.
mydata-button-forget = Delete everything
mydata-button-cancel = Cancel
mydata-forgotten = Deleted. I keep nothing about you any more.

# $server is the name of a server, escaped.
mydata-server-ask = **Delete everything I keep about { $server }?** You can't undo this.
mydata-server-schedules = { $count ->
    [0] It has no schedules.
    [one] Its schedule ends.
   *[other] Its { $count } schedules end.
} Their history, this server's language and time zone, and unfinished set-ups are deleted too. Posts stay in the channels, and I stay in the server.
mydata-server-forgotten = Deleted. I keep nothing about this server any more, except that I've said hello. { COMMAND("setup") } starts anew.
mydata-server-finishing = Deleted, except for what belongs to a post that is being sent right now; that follows in a moment. { COMMAND("setup") } starts anew.
mydata-owner-only = Only the owner of this server can do this.
