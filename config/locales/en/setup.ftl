# /setup and “Manage” of /schedule list: one private screen. Labels of fields and titles of forms have
# at most 45 characters.
command-setup-name = setup
command-setup-description = Set up automatic posts for this server

setup-title = Set up automatic posts
setup-title-edit = Manage this schedule
setup-choose-preset = What to post
setup-choose-channel = Choose a channel
setup-choose-time = Choose a time
setup-choose-zone = Choose a time zone
setup-preset-brief = Daily brief (recommended)
setup-preset-weekly = Weekly best
setup-preset-keywords = My keywords
setup-preset-monthly = Monthly best

setup-button-start = Start
setup-button-save = Save
setup-button-preview = Preview
setup-button-keywords = Keywords…
setup-button-style = More…
setup-button-days = Days and log…
setup-button-hour = Other time…
setup-button-city = Other zone…
setup-button-cancel = Cancel
setup-button-check = Check again
setup-button-edit = Edit existing one
setup-button-repeat = Start anyway
setup-button-repeat-edit = Save anyway
setup-button-back = Back
setup-button-now = Post now
setup-button-pause = Pause
setup-button-resume = Resume
setup-button-post = Post now
setup-button-history = History
setup-button-delete = Delete
setup-button-erase = Delete
setup-button-keep = Keep
setup-button-undo = Undo
setup-button-restore = Restore anyway
setup-button-manage = Manage

setup-form-keywords = Keywords
setup-form-style = More options
setup-form-days = Days and log
setup-form-hour = Other time
setup-form-city = Other time zone
setup-field-words = Only these
setup-field-words-description = Papers must mention one of these: words or "exact phrases"
setup-field-skipped = Skip these
setup-field-skipped-description = Papers that mention one of these are skipped
setup-field-authors = Authors
setup-field-authors-description = One per line; their papers are posted too
setup-field-votes = Minimum upvotes
setup-field-layout = Style
setup-field-count = Papers per post
setup-field-language = Language
setup-field-mention = Role to ping
setup-field-silent = Notifications
setup-field-pattern = Days
setup-field-days = Selected days
setup-field-publish = Publish
setup-field-publish-description = Send each post to the servers that follow this channel
setup-field-log = Log channel of this server
setup-field-log-description = Pauses, missing papers and updates are reported here. Applies at once.
setup-field-time = Time
setup-field-time-description = For example 08:00, 8 am or 8:30 pm
setup-field-zone = Time zone or city
setup-field-zone-description = For example Seoul, Berlin, KST or UTC+9
setup-with-notification = With a notification
setup-without-notification = Silent: no push notification
setup-days-daily = Every day
setup-days-weekdays = Weekdays
setup-days-single = Selected days, below
setup-layout-brief = Brief
setup-layout-cards = Cards
setup-layout-thread = Thread
setup-layout-brief-description = A lead and a list of titles
setup-layout-cards-description = One large card per paper
setup-layout-thread-description = Brief in the channel, cards in a thread

# The schedule in two lines. $channel is a mention of the channel, or the first of these.
setup-no-channel = The channel you choose
setup-no-zone = no time zone yet
setup-what-day = { $channel } gets the { $count ->
    [one] top paper
   *[other] top { $count } papers
} { $days } at { $time } ({ $city })
setup-what-week = { $channel } gets the { $count ->
    [one] best paper
   *[other] { $count } best papers
} of the week on Mondays at { $time } ({ $city })
setup-what-month = { $channel } gets the { $count ->
    [one] best paper
   *[other] { $count } best papers
} of the month on the 1st at { $time } ({ $city })
setup-include = Only: { $words }
setup-exclude = Skipping: { $words }
setup-min-votes = At least { $votes ->
    [one] 1 upvote
   *[other] { $votes } upvotes
}
setup-mention = Pings <@&{ $role }>
setup-silent = Silent
setup-publish = Published to following servers
setup-no-refresh = Upvotes aren't updated
setup-catch-up = { $hours ->
    [0] Never posts late
    [one] Posts up to 1 hour late after an outage
   *[other] Posts up to { $hours } hours late after an outage
}

setup-can-post = ✅ I can post in <#{ $channel }>.
setup-lacks = ⚠ I can't post in <#{ $channel }> yet. Missing: { $permissions }. Allow these in the channel's settings under Permissions, then press **Check again**.
setup-already-day = <#{ $channel }> already gets a daily post at { $time }.
setup-already-week = <#{ $channel }> already gets a weekly post at { $time }.
setup-already-month = <#{ $channel }> already gets a monthly post at { $time }.
setup-notifies-silent = 🔕 Nobody gets a push notification.
setup-notifies-role = 🔔 Members with <@&{ $role }> get a notification.
setup-notifies-all-role = 🔔 Members get a notification unless they muted this channel or server. Those with <@&{ $role }> get it even if they chose mentions only.
setup-notifies-all = 🔔 Members get a notification unless they muted this channel or server.
setup-notifies-mentions = 🔕 Members get no notification unless they turn on notifications for this channel or you ping a role.
setup-summaries-english = Summaries will be in English: there are none in the post's language yet.
# $papers is how many a post has on average.
setup-past = Last { $days } days: { $posts ->
    [0] no posts.
    [one] 1 post with { $papers ->
        [1] 1 paper
       *[other] { NUMBER($papers, maximumFractionDigits: 0) } papers
    }.
   *[other] { $posts } posts, { NUMBER($papers, minimumFractionDigits: 1, maximumFractionDigits: 1) } papers each.
}
setup-past-keywords = Last { $days } days: { $papers ->
    [0] no paper matches.
    [one] 1 paper matches, on 1 day.
   *[other] { $papers } papers match, on { $on ->
        [one] 1 day
       *[other] { $on } days
    }.
}
setup-past-few = Only { $days ->
    [one] 1 day is
   *[other] { $days } days are
} stored so far.
setup-past-none = Last { $days } days: no papers.
setup-paused = ⏸ Paused. It stays paused after **Post now**.

setup-missing-channel = Choose a channel first.
setup-missing-zone = Choose a time zone first.
setup-missing-keywords = Add what to look for with **Keywords…** first.
setup-gone = This screen is out of date, and nothing was changed. Open a new one with { COMMAND("setup") }.
setup-not-yours = This screen is someone else's. Open your own with { COMMAND("setup") }.
setup-changed-meanwhile = Someone else has changed this schedule. Press **Save** again to replace it with what you see here.
setup-deleted-meanwhile = Someone else has deleted this schedule. Nothing was changed.
setup-cancelled = Canceled. Nothing was changed.
setup-same = <#{ $channel }> already gets the same papers at { $time } ({ $city }). Start another schedule for them?
setup-same-edit = <#{ $channel }> already gets the same papers at { $time } ({ $city }). Save this schedule anyway?
setup-started = ✅ Started.
setup-saved = ✅ Saved.
setup-unchanged = No changes.
setup-first = First post: { $stamp }
setup-next = Next post: { $stamp }
setup-days-none = Choose at least one day.
# $pattern is setup-days-daily or setup-days-weekdays.
setup-unclear-days = You chose “{ $pattern }” and other days below it, so the days weren't changed. For single days, choose “{ setup-days-single }”.
setup-still-paused = The schedule is still paused.

# What an edit has changed.
change = { $what }: { $old } → **{ $new }**
change-none = none
change-yes = yes
change-no = no
change-channel_id = Channel
change-time = Time
change-timezone = Time zone
change-count = Papers per post
change-period = Period
change-period-day = daily
change-period-week = weekly best
change-period-month = monthly best
change-layout = Style
change-days = Days
change-min_votes = Minimum upvotes
change-include = Only
change-exclude = Skipping
change-mention = Role to ping
change-silent = Silent
change-publish = Publish
change-refresh = Update upvotes
change-catch_up = Late posts
late-posts = { $hours ->
    [0] never
    [one] up to 1 hour
   *[other] up to { $hours } hours
}
change-language = Language

# Deleting.
delete-ask = Delete this schedule?
delete-undo = Press **Undo** within 15 minutes to get it back.
delete-undone = Restored.
delete-same = <#{ $channel }> gets the same papers from another schedule now, at { $time } ({ $city }). Restore the deleted one anyway?
delete-too-late = This schedule was deleted for good. Set up another one with { COMMAND("setup") }.

# Above the list of schedules. $stamp is a time that Discord shows in each reader's own zone.
newest-papers = Newest papers: { DATE($day, skeleton: "yMMMEd") } · { $papers ->
    [one] 1 paper
   *[other] { $papers } papers
} · received { $stamp }
