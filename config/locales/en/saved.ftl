# What the buttons Save and Cite answer, /saved, and the menu Find papers. $title is escaped, $link the
# paper's page at arXiv.
saved-done = Saved: [{ $title }]({ $link }). Find it again with { COMMAND("saved") }.
# $day is a date as Discord shows it.
saved-already = Saved on { $day }: [{ $title }]({ $link })
# $note is what the person has written, escaped.
saved-note = Note: { $note }
saved-removed = Removed: [{ $title }]({ $link })
saved-full = You've saved { $most } papers, the most possible. Remove some with { COMMAND("saved") }, then try again.
saved-gone = You've removed this paper from your saved papers. Open it again to save it.
saved-none = You haven't saved any papers yet. Press **Save** below a paper to keep it here.
saved-title = Saved papers · { $count }
saved-choose-open = Open a paper
saved-choose-manage = Write a note or remove a paper
saved-button-note = Note
saved-button-remove = Remove
saved-button-back = Back
saved-button-clear = Delete all
saved-button-erase = Delete all
saved-button-keep = Cancel
saved-form-note = Note
saved-field-note = Your note on this paper
saved-field-note-description = One line that only you see. Leave it empty to delete it.
saved-clear = { $count ->
    [one] Delete your saved paper and its note? You can't undo this.
   *[other] Delete all { $count } saved papers and your notes? You can't undo this.
}
saved-cleared = { $count ->
    [one] Deleted 1 saved paper.
   *[other] Deleted { $count } saved papers.
}
# $format is BibTeX, RIS or CSL-JSON.
saved-file = { $count ->
    [one] Your saved paper as { $format }
   *[other] Your { $count } saved papers as { $format }
}

cite-title = Citation of [{ $title }]({ $link })
cite-authors-unordered = I don't know the order of the authors, so they're left out. Take them from [arXiv]({ $link }).
cite-authors-unknown = I don't know the authors. Take them from [arXiv]({ $link }).
cite-file = The citation is long, so it's attached as a file.

found-papers = Found { $count } papers.
found-more = The message names more papers; only the first { $most } are shown.
found-none = This message has no arXiv or Hugging Face link and no arXiv ID.
