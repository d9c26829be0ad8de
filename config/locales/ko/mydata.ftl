# /mydata: what the bot keeps about a person or a server, as a summary or a file, and its deletion.
mydata-title = **저장된 내 정보**
mydata-saved = - 저장한 논문 { $count }편{ $notes ->
    [0] {""}
   *[other] {" "}(메모 { $notes }개)
}: { COMMAND("saved") }
# $channels are channels as people can click them.
mydata-schedules = - 내가 만든 자동 게시 { $count }개: { $channels }
mydata-schedules-more = { $channels } 외 { $count }개
mydata-changes = - 내가 자동 게시를 일시 중지하거나 다시 시작한 기록 { $count }건
mydata-reports = - 내가 쓴 내용을 포함한 요약 오류 신고 { $count }건
mydata-drafts = - 끝내지 않은 설정 { $count }개
mydata-nothing = 저장된 내 정보가 없습니다.
mydata-never = 이름과 메시지, 검색하거나 열어 본 내용은 저장하지 않습니다.
mydata-next = { COMMAND("mydata export") } 명령어로 모두 파일로 받고, { COMMAND("mydata forget") } 명령어로 삭제할 수 있습니다.
mydata-file = 저장된 내 정보 전체입니다(JSON).

mydata-ask = **저장된 내 정보를 모두 삭제할까요?** 되돌릴 수 없습니다.
mydata-ask-schedules = 내가 만든 자동 게시는 내 정보 없이 계속됩니다. 문제가 생기면 나에게 메시지를 보내지 않고 해당 서버에 알립니다.
mydata-ask-backups = 봇 운영자가 만든 백업에는 백업이 삭제될 때까지 남아 있습니다.
mydata-button-forget = 모두 삭제
mydata-button-cancel = 취소
mydata-forgotten = 삭제했습니다. 이제 저장된 내 정보가 없습니다.

# $server is the name of a server, escaped.
mydata-server-ask = **{ $server } 서버의 정보를 모두 삭제할까요?** 되돌릴 수 없습니다.
mydata-server-schedules = { $count ->
    [0] 등록된 자동 게시는 없습니다.
   *[other] 자동 게시 { $count }개가 삭제됩니다.
} 게시 기록, 서버의 언어와 시간대, 끝내지 않은 설정도 삭제됩니다. 채널에 올린 게시물은 그대로 있고, 봇도 서버에 남습니다.
mydata-server-forgotten = 삭제했습니다. 인사말을 보냈다는 사실 외에는 이 서버의 정보가 남아 있지 않습니다. { COMMAND("setup") } 명령어로 새로 시작할 수 있습니다.
mydata-server-finishing = 삭제했습니다. 지금 올리고 있는 게시물의 정보는 잠시 뒤에 삭제됩니다. { COMMAND("setup") } 명령어로 새로 시작할 수 있습니다.
mydata-owner-only = 이 서버의 소유자만 사용할 수 있습니다.
