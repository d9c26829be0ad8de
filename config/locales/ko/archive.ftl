## 공개 아카이브의 웹 페이지와 피드에 나오는 글입니다.

archive-title = Daily Papers
archive-day = Daily Papers · { $day }
archive-months = 월별 보기
archive-latest = 최신 논문
archive-papers = 논문 { $count }편
archive-votes = ▲ { $votes }
archive-votes-unknown = 추천 수 미확인
archive-video = 동영상
archive-texts = 요약 출처: { $sources }.
archive-rights = 제목, 그림, 요약의 권리는 만든 이에게 있습니다.
