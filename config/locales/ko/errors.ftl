# What a person is told, in private, when something fails.
error-unknown = 오류가 발생했습니다. 기록해 두었으니 잠시 후 다시 시도해 주세요.
error-storage = 지금은 데이터베이스를 사용할 수 없습니다. 몇 분 뒤에 다시 시도해 주세요.
error-rate-limited = 지금은 Discord가 봇의 요청을 제한하고 있습니다. 몇 분 뒤에 다시 시도해 주세요.
error-guild-only = 서버에서만 사용할 수 있습니다.
error-not-in-guild = 봇이 이 서버에 없습니다. 서버에 봇을 추가한 뒤 다시 시도해 주세요.
error-manage-server = “서버 관리하기” 권한이 필요합니다.
error-outdated = 이전 버전의 버튼이나 명령어입니다. 명령어를 다시 사용해 주세요.
error-option = “{ $value }”은(는) 선택할 수 없습니다. 목록에서 골라 주세요.

# While the database has no papers.
no-papers-yet = 아직 논문이 없습니다. 첫 업데이트 이후 여기에 표시됩니다.
no-papers-yet-manager = 아직 논문이 없습니다. 첫 업데이트 이후 여기에 표시됩니다. 계속 표시되지 않으면 봇의 로그에서 이유를 확인할 수 있습니다.
no-papers-yet-reading = 아직 논문이 없습니다. 지금 논문을 불러오는 중이니 잠시 후 다시 시도해 주세요.
