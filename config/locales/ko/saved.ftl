# What the buttons Save and Cite answer, /saved, and the menu Find papers. $title is escaped, $link the
# paper's page at arXiv.
saved-done = 저장했습니다: [{ $title }]({ $link }). { COMMAND("saved") } 명령어로 다시 볼 수 있습니다.
# $day is a date as Discord shows it.
saved-already = { $day }에 저장한 논문입니다: [{ $title }]({ $link })
# $note is what the person has written, escaped.
saved-note = 메모: { $note }
saved-removed = 저장 목록에서 삭제했습니다: [{ $title }]({ $link })
saved-full = 논문은 { $most }편까지 저장할 수 있습니다. { COMMAND("saved") } 명령어로 일부를 삭제한 뒤 다시 시도해 주세요.
saved-gone = 저장 목록에서 이미 삭제한 논문입니다. 다시 저장하려면 논문을 다시 열어 주세요.
saved-none = 아직 저장한 논문이 없습니다. 논문 아래의 **저장** 버튼을 누르면 여기에 모입니다.
saved-title = 저장한 논문 · { $count }편
saved-choose-open = 볼 논문을 골라 주세요
saved-choose-manage = 메모하거나 삭제할 논문
saved-button-note = 메모
saved-button-remove = 삭제
saved-button-back = 뒤로
saved-button-clear = 모두 삭제
saved-button-erase = 모두 삭제
saved-button-keep = 취소
saved-form-note = 메모
saved-field-note = 이 논문에 대한 메모
saved-field-note-description = 나에게만 보이는 한 줄 메모입니다. 비워 두면 메모가 삭제됩니다.
saved-clear = 저장한 논문 { $count }편과 메모를 모두 삭제할까요? 되돌릴 수 없습니다.
saved-cleared = 저장한 논문 { $count }편을 삭제했습니다.
# $format is BibTeX, RIS or CSL-JSON.
saved-file = 저장한 논문 { $count }편 ({ $format })

cite-title = [{ $title }]({ $link }) 인용
cite-authors-unordered = 저자 순서를 알 수 없어 저자를 넣지 않았습니다. [arXiv]({ $link })에서 확인해 주세요.
cite-authors-unknown = 저자 정보가 없습니다. [arXiv]({ $link })에서 확인해 주세요.
cite-file = 인용이 길어 파일로 첨부했습니다.

found-papers = 논문 { $count }편을 찾았습니다.
found-more = 메시지에 논문이 더 있지만 처음 { $most }편만 보여 드립니다.
found-none = 이 메시지에는 arXiv·Hugging Face 링크나 arXiv 번호가 없습니다.
