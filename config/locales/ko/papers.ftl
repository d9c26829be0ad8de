# A paper's embed. $votes and $rank are numbers, $day a date. $comments is empty, or “ · ” and the
# text of paper-comments.
paper-standing = ▲ { $votes }{ $comments } · { DATETIME($day, dateStyle: "long") } { $rank }위
paper-standing-unknown = 추천 수 미확인{ $comments } · { DATETIME($day, dateStyle: "long") } { $rank }위
paper-standing-unlisted = ▲ { $votes }{ $comments } · Daily Papers에 없는 논문
paper-standing-unlisted-unknown = Daily Papers에 없는 논문{ $comments }
paper-comments = 💬 { $count }
paper-withdrawn = ⚠ 철회된 논문 · { $standing }
paper-authors = 저자
paper-authors-more = { $names } 외 { $count }명
paper-organization = 소속
paper-keywords = 키워드
paper-summary-heading = AI 요약
# In a footer: whose texts are shown. $source is the name of a source.
paper-summary = AI 요약: Hugging Face
paper-source = 요약 출처: { $source }
# $model is the name of a language model that the bot's operator has chosen; $basis says what its
# sentences quote. The short one is for the footer of a post.
paper-written = AI 요약: { $model } · 모든 문장에 { paper-written-basis } 인용
paper-written-short = AI 요약: { $model } · { paper-written-basis } 인용
paper-written-basis = { $basis ->
    [abstract] 초록
    [full_text] 본문
   *[any] 논문
}
paper-abstract = 초록
paper-abstract-gone = 이 논문의 초록을 더는 찾을 수 없습니다.
paper-code = 코드
paper-code-stars = 코드 ★{ $stars }
paper-links = 링크
paper-project = 프로젝트
# Behind a heading whose text is in another language than the reader's.
paper-language = ({ $language })
# Headings of a digest's sections.
section-new = 새로운 점
section-method = 방법
section-results = 주요 결과
# How votes grew. $line has a block for each reading, $sign is +, − or ±.
paper-growth = 추천 수 변화
paper-growth-votes = { $line } ▲ { $votes }
paper-growth-yesterday = 어제보다 { $sign }{ $count }
paper-growth-first = { DATETIME($day, dateStyle: "long") }부터 { $sign }{ $count }
paper-video = 영상
paper-whole = 요약 전체 보기
paper-whole-file = 내용이 길어 파일로 첨부했습니다.

# Below a paper's embed.
paper-discuss = 토론하기
paper-share = 채널에 공유
paper-quotes = 근거 문장
paper-report = 요약 오류 신고
paper-save = 저장
paper-similar = 비슷한 논문
paper-cite = 인용
paper-more = 더 보기

# Above the embed of a paper that a person has posted. $user is a mention that notifies nobody, $title
# has no markup.
shared-by = { $user } 님이 공유했습니다: { $title }
discuss-asked = { $user } 님이 토론을 제안했습니다: { $title }

# What the button Post to channel answers. $link is the address of a message, $title is escaped.
share-done = 공유했습니다: [{ $title }]({ $link })
share-already = 조금 전에 이미 공유했습니다: [{ $title }]({ $link })
share-deleted = 조금 전에 공유한 메시지가 삭제되었습니다. 몇 분 뒤에 다시 시도해 주세요.
share-not-allowed = 여기에서는 할 수 없습니다. 필요한 권한: { $permissions }. 서버 관리자에게 권한을 요청해 주세요.
share-bot-not-allowed = 봇이 여기에 메시지를 보낼 수 없습니다. 필요한 권한: { $permissions }. 채널 설정의 권한에서 허용한 뒤 다시 시도해 주세요.
share-refused = 봇이 여기에 메시지를 보낼 수 없습니다. 채널 설정의 권한에서 메시지 보내기를 허용한 뒤 다시 시도해 주세요.
share-closed = 잠긴 스레드입니다. 관리자에게 잠금을 풀어 달라고 한 뒤 다시 시도해 주세요.
share-channel-gone = 채널이 삭제되었거나 봇이 볼 수 없습니다. 다른 채널에서 다시 시도해 주세요.

# What Quotes and Report say of a text that a language model has written.
written-gone = 요약이 삭제되었거나 다시 작성되고 있습니다. 논문을 다시 열어 확인해 주세요.
report-rewritten = 그사이 요약이 새로 작성되었습니다. 논문을 다시 열어 확인해 주세요.
report-ask = 요약에서 잘못된 내용을 봇 운영자에게 알려 주세요.
report-again = 이미 신고하신 요약입니다. 감사합니다.
report-too-many = 최근 24시간 동안 신고할 수 있는 { $count }건을 모두 사용했습니다. 내일 다시 시도해 주세요.
report-no-reason = 잘못된 내용을 적은 뒤 다시 보내 주세요.
report-thanks = 감사합니다. 봇 운영자가 확인하겠습니다.
report-form-title = 요약 오류 신고
report-field-reason = 잘못된 내용
report-field-reason-description = 예: 근거 문장과 내용이 다른 문장

# A menu of papers.
paper-choose = 논문을 골라 주세요
paper-option = { $id } · ▲ { $votes } · { DATETIME($day, dateStyle: "medium") }
paper-option-unknown = { $id } · 추천 수 미확인 · { DATETIME($day, dateStyle: "medium") }

# A line about a paper above such a menu. $number is a number, $title is escaped.
paper-line = { $number }\. { $title } · ▲ { $votes } · { DATETIME($day, dateStyle: "medium") }
paper-line-unknown = { $number }\. { $title } · 추천 수 미확인 · { DATETIME($day, dateStyle: "medium") }
paper-lines-more = …외 { $count }편은 메뉴에 있습니다

# What /paper says where it can't show one.
paper-several = 논문 { $count }편을 찾았습니다. 볼 논문을 골라 주세요.
paper-several-more = 결과가 { $count }편이 넘어 최신순으로 { $count }편만 보여 드립니다. 검색어를 더 입력해 보세요.
paper-unknown-id = **{ $id }** 논문은 Daily Papers에 올라온 적이 없습니다. arXiv에는 있을 수 있습니다.
paper-unknown-id-near = **{ $id }** 논문은 Daily Papers에 올라온 적이 없습니다. 혹시 이 논문을 찾으시나요?
paper-not-found = **{ $id }** 논문을 Daily Papers, { $services }에서 찾지 못했습니다. 번호를 확인하고 다시 시도해 주세요.
paper-not-found-near = **{ $id }** 논문을 Daily Papers, { $services }에서 찾지 못했습니다. 혹시 이 논문을 찾으시나요?
paper-services-down = **{ $id }** 논문은 Daily Papers에 올라온 적이 없고, 지금은 { $services }에 연결할 수 없습니다. 몇 분 뒤에 다시 시도하거나 arXiv에서 확인해 주세요.
paper-services-down-near = **{ $id }** 논문은 Daily Papers에 올라온 적이 없고, 지금은 { $services }에 연결할 수 없습니다. 몇 분 뒤에 다시 시도하거나 다음 논문 중에서 골라 주세요:
paper-unknown-titles = 제목이 “{ $text }”와(과) 일치하는 논문이 없고, 본문 검색은 너무 오래 걸립니다. 단어를 더 입력해 주세요.
paper-unknown-words = 제목이나 본문에 “{ $text }”이(가) 나오는 논문이 없습니다. 단어를 줄이거나 바꿔 보세요.
paper-unknown-words-near = 제목에는 없지만 “{ $text }”이(가) 나오는 논문입니다. 더 찾기: { COMMAND("search") }
paper-unknown-words-meaning = 제목이나 본문에 “{ $text }”이(가) 나오는 논문이 없어 뜻이 가까운 논문을 보여 드립니다. 더 찾기: { COMMAND("search") }
paper-unknown-words-similar = 제목이나 본문에 “{ $text }”이(가) 나오는 논문이 없습니다. 혹시 이것을 찾으시나요?
paper-gone = 이 논문 정보를 더는 찾을 수 없습니다.
paper-not-an-id = **{ $id }**은(는) arXiv 번호가 아닙니다. 2502.14499처럼 연도와 월(01~12), 일련번호를 입력해 주세요.
paper-empty = arXiv 번호(2502.14499), 링크, 제목의 단어를 입력해 주세요.

# /top
top-title-today = { DATETIME($day, dateStyle: "long") } 상위 { $count }편
top-title-week = 최근 7일 상위 { $count }편
top-title-month = 최근 30일 상위 { $count }편
top-title-year = 최근 1년 상위 { $count }편
top-title-all = 전체 기간 상위 { $count }편
# Of a range that ends before the newest day.
top-title-days = { DATES($first, $last, skeleton: "yMMMd") } 상위 { $count }편
top-title-until = { top-day }까지 상위 { $count }편
top-day = { DATETIME($day, dateStyle: "long") }
# Below the title: which days a ranking covers, unless the title says it, and how many papers they have.
top-covers-papers = 논문 { $total }편
top-covers-day = { DATETIME($day, dateStyle: "long") } · { top-covers-papers }
top-covers = { DATES($first, $last, skeleton: "yMMMd") } · { top-covers-papers }
top-page = { $pages }쪽 중 { $page }쪽
top-votes-as-of = 추천 수 업데이트
top-unknown = 추천 수 미확인
top-previous = 이전
top-next = 다음
top-day-before = 이전 날짜
top-day-after = 다음 날짜
top-date-empty = { top-day }에는 논문이 없습니다. 논문이 있는 가장 가까운 날은 { $days }입니다.
top-date-unknown = “{ $text }”은(는) 논문이 있는 날짜가 아닙니다. { $days }처럼 목록에 있는 날짜를 골라 주세요.

# /search
search-title = 검색: { $query }
search-total = 논문 { $total }편
search-total-more = 논문 { $total }편 이상
search-also = 함께 검색한 용어: { $terms }
search-partial = 결과가 많아 일부만 비교했습니다. 단어를 더 입력하면 좁혀집니다.
search-indexing = 색인을 아직 만드는 중이어서 일부 논문이 빠질 수 있습니다.
search-day = { DATETIME($day, dateStyle: "long") }
search-choose-author = 저자의 논문 보기…
# Behind the words of a search: its conditions and its order.
search-since = { search-day }부터
search-until = { search-day }까지
search-min-votes = 추천 { $votes }개 이상
search-sorted-votes = 추천순
search-sorted-date = 최신순
# $understood is the query as it was read, with its conditions, of which there are $conditions.
search-none = “{ $query }”에 맞는 논문이 없습니다. 검색한 내용: { $understood }. { $conditions ->
    [0] 단어를 줄이거나 바꿔 보세요.
   *[other] 단어나 조건을 줄여 보세요.
}
search-none-near = “{ $query }”에 맞는 논문이 없습니다. 검색한 내용: { $understood }. 혹시 이것을 찾으시나요?
search-by-meaning = 이 단어가 모두 나오는 논문이 없어 뜻이 가까운 논문을 보여 드립니다.
search-open-quote = 따옴표가 닫히지 않아 단어를 하나씩 따로 검색했습니다.
search-too-many = 검색어 가운데 처음 { $most }개만 검색했습니다.
search-empty = 단어나 저자, 소속을 입력해 주세요.
search-only-excluded = 제외할 단어 말고 찾을 단어도 입력해 주세요.
search-slow = 검색이 너무 오래 걸립니다. 단어를 더 입력해 주세요.
search-bad-day = “{ $text }”을(를) 날짜로 이해하지 못했습니다. 2025-02-21이나 2월 21일처럼 입력해 주세요.
search-days-reversed = { command-search-since-name }({ DATETIME($since, dateStyle: "long") })이 { command-search-until-name }({ DATETIME($until, dateStyle: "long") })보다 늦습니다. 두 날짜를 바꿔 다시 검색해 주세요.
search-bad-votes = 추천 수는 0~{ $most } 사이로 입력해 주세요.

# What the button Similar answers. $title is escaped; $words are words that both papers have.
similar-title = 비슷한 논문: { $title }
similar-shares = 공통 단어: { $words }
similar-in-meaning = 내용이 비슷합니다
similar-none = 이 논문과 핵심 단어가 겹치는 다른 논문이 없습니다.
