PRAGMA auto_vacuum = 2;
PRAGMA application_id = 1146118512;
PRAGMA user_version = 10;
BEGIN TRANSACTION;
CREATE TABLE authors (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "authors" VALUES(1,'Ada Example');
INSERT INTO "authors" VALUES(2,'김하늘');
CREATE TABLE content_versions (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    papers INTEGER NOT NULL,
    votes INTEGER NOT NULL
) STRICT;
INSERT INTO "content_versions" VALUES(1,5,4);
CREATE TABLE "deliveries" (
    id INTEGER PRIMARY KEY,
    schedule_id INTEGER REFERENCES schedules (id) ON DELETE SET NULL,
    channel_id INTEGER NOT NULL,
    coverage TEXT NOT NULL, -- `day:2025-02-21`, `week:2025-02-17` (its Monday), `month:2025-02`
    serial INTEGER NOT NULL DEFAULT 0,
    by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
    plan TEXT NOT NULL CHECK (json_valid(plan)), -- options, paper ids in order, total
    planned_at TEXT NOT NULL,
    replan INTEGER NOT NULL DEFAULT 0 CHECK (replan IN (0, 1)), -- its schedule was edited since
    completed_at TEXT,
    outcome TEXT CHECK (outcome IN ('posted', 'nothing', 'given_up')),
    UNIQUE (schedule_id, channel_id, coverage, serial),
    CHECK ((completed_at IS NULL) = (outcome IS NULL))
) STRICT;
INSERT INTO "deliveries" VALUES(1,1,1341514581196931074,'day:2025-02-18',0,0,'{"layout":"brief","language":"en","mention":1341514585420595200,"timezone":"UTC","discuss":true,"papers":["2502.18001","2502.18002","2502.18003","2502.18004","2502.18005"],"total":6}','2025-02-19T08:00:01.014754+00:00',0,'2025-02-19T08:00:01.018963+00:00','posted');
INSERT INTO "deliveries" VALUES(2,6,1341514581196931079,'day:2025-02-18',0,0,'{"layout":"brief","language":"en","timezone":"UTC","discuss":true,"papers":["2502.18001","2502.18002","2502.18003","2502.18004","2502.18005"],"total":6}','2025-02-19T08:00:01.017271+00:00',0,'2025-02-19T08:00:01.032842+00:00','posted');
INSERT INTO "deliveries" VALUES(3,2,1341514581196931075,'day:2025-02-18',0,0,'{"layout":"cards","language":"ko","filtered":true,"timezone":"UTC","discuss":true,"papers":["2502.18003"],"total":6}','2025-02-19T08:00:01.020427+00:00',0,'2025-02-19T08:00:01.047192+00:00','posted');
INSERT INTO "deliveries" VALUES(4,7,1341514581196931080,'day:2025-02-18',0,0,'{"layout":"cards","language":"en","timezone":"UTC","discuss":true,"papers":["2502.18001","2502.18002","2502.18003","2502.18004","2502.18005","2502.18006"],"total":6}','2025-02-19T08:00:01.021606+00:00',0,'2025-02-19T08:00:01.106214+00:00','posted');
INSERT INTO "deliveries" VALUES(5,5,1341514581196931078,'day:2025-02-18',0,0,'{"layout":"brief","language":"en","filtered":true,"timezone":"UTC","discuss":true,"papers":["2502.18001","2502.18002","2502.18003","2502.18004","2502.18005"],"total":6}','2025-02-19T08:00:01.022711+00:00',0,'2025-02-19T08:00:01.076047+00:00','posted');
INSERT INTO "deliveries" VALUES(6,3,1341514581196931076,'day:2025-02-18',0,0,'{"layout":"thread","language":"en","timezone":"UTC","discuss":true,"papers":["2502.18001","2502.18002","2502.18003","2502.18004"],"total":6}','2025-02-19T08:00:01.024313+00:00',0,'2025-02-19T08:00:01.134842+00:00','posted');
INSERT INTO "deliveries" VALUES(7,2,1341514581196931075,'day:2025-02-19',0,0,'{"layout":"cards","language":"ko","filtered":true,"timezone":"UTC","discuss":true,"papers":["2502.19003"],"total":6}','2025-02-20T08:00:01.013497+00:00',0,'2025-02-20T08:00:01.100694+00:00','posted');
INSERT INTO "deliveries" VALUES(8,3,1341514581196931076,'day:2025-02-19',0,0,'{"layout":"thread","language":"en","timezone":"UTC","discuss":true,"papers":["2502.19001","2502.19002","2502.19003","2502.19004"],"total":6}','2025-02-20T08:00:01.022144+00:00',0,'2025-02-20T08:00:01.251616+00:00','posted');
INSERT INTO "deliveries" VALUES(9,1,1341514581196931074,'day:2025-02-19',0,0,'{"layout":"brief","language":"en","mention":1341514585420595200,"timezone":"UTC","discuss":true,"papers":["2502.19001","2502.19002","2502.19003","2502.19004","2502.19005"],"total":6}','2025-02-20T08:00:01.023391+00:00',0,'2025-02-20T08:00:01.129715+00:00','posted');
INSERT INTO "deliveries" VALUES(10,7,1341514581196931080,'day:2025-02-19',0,0,'{"layout":"cards","language":"en","timezone":"UTC","discuss":true,"papers":["2502.19001","2502.19002","2502.19003","2502.19004","2502.19005","2502.19006"],"total":6}','2025-02-20T08:00:01.024602+00:00',0,NULL,NULL);
CREATE TABLE digest_papers (
    digest_id INTEGER NOT NULL REFERENCES digests (id),
    rank INTEGER NOT NULL CHECK (rank >= 1),
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    votes INTEGER CHECK (votes >= 0), -- as last read in this digest
    PRIMARY KEY (digest_id, rank),
    UNIQUE (paper_id, digest_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "digest_papers" VALUES(1,1,1,90);
INSERT INTO "digest_papers" VALUES(1,2,2,80);
INSERT INTO "digest_papers" VALUES(1,3,3,70);
INSERT INTO "digest_papers" VALUES(1,4,4,60);
INSERT INTO "digest_papers" VALUES(1,5,5,50);
INSERT INTO "digest_papers" VALUES(1,6,6,NULL);
INSERT INTO "digest_papers" VALUES(2,1,7,97);
INSERT INTO "digest_papers" VALUES(2,2,8,87);
INSERT INTO "digest_papers" VALUES(2,3,9,77);
INSERT INTO "digest_papers" VALUES(2,4,10,67);
INSERT INTO "digest_papers" VALUES(2,5,11,57);
INSERT INTO "digest_papers" VALUES(2,6,12,NULL);
INSERT INTO "digest_papers" VALUES(3,1,13,90);
INSERT INTO "digest_papers" VALUES(3,2,14,80);
INSERT INTO "digest_papers" VALUES(3,3,15,70);
INSERT INTO "digest_papers" VALUES(3,4,16,60);
INSERT INTO "digest_papers" VALUES(3,5,17,50);
INSERT INTO "digest_papers" VALUES(3,6,18,NULL);
CREATE TABLE digests (
    id INTEGER PRIMARY KEY,
    date TEXT NOT NULL UNIQUE CHECK (date IS date(date)),
    first_read_at TEXT NOT NULL,
    changed_at TEXT NOT NULL -- when anything in it was last read anew
) STRICT;
INSERT INTO "digests" VALUES(1,'2025-02-17','2025-02-18T21:00:00.687205+00:00','2025-02-18T21:00:00.687205+00:00');
INSERT INTO "digests" VALUES(2,'2025-02-18','2025-02-18T21:00:00.997381+00:00','2025-02-19T08:00:01.745271+00:00');
INSERT INTO "digests" VALUES(3,'2025-02-19','2025-02-19T08:00:01.441027+00:00','2025-02-19T08:00:01.441027+00:00');
CREATE TABLE guilds (
    id INTEGER PRIMARY KEY,
    timezone TEXT,
    language TEXT,
    log_channel_id INTEGER,
    welcomed_at TEXT,
    left_at TEXT -- when it removed the bot; NULL while the bot is in it
) STRICT;
INSERT INTO "guilds" VALUES(1341514581196931072,'UTC','en',NULL,'2025-02-19T08:00:02.049095+00:00',NULL);
CREATE TABLE "history" (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    guild_id INTEGER NOT NULL,
    schedule_id INTEGER NOT NULL, -- which may have been deleted since
    channel_id INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    coverage TEXT,
    actor_id INTEGER, -- the Discord user who did it; NULL: the bot
    delivery_id INTEGER REFERENCES deliveries (id) ON DELETE SET NULL
) STRICT;
INSERT INTO "history" VALUES(1,'2025-02-19T08:00:01.018963+00:00',1341514581196931072,1,1341514581196931074,'posted','scheduled','day:2025-02-18',NULL,1);
INSERT INTO "history" VALUES(2,'2025-02-19T08:00:01.032842+00:00',1341514581196931072,6,1341514581196931079,'posted','scheduled','day:2025-02-18',NULL,2);
INSERT INTO "history" VALUES(3,'2025-02-19T08:00:01.047192+00:00',1341514581196931072,2,1341514581196931075,'posted','scheduled','day:2025-02-18',NULL,3);
INSERT INTO "history" VALUES(4,'2025-02-19T08:00:01.076047+00:00',1341514581196931072,5,1341514581196931078,'posted','scheduled','day:2025-02-18',NULL,5);
INSERT INTO "history" VALUES(5,'2025-02-19T08:00:01.106214+00:00',1341514581196931072,7,1341514581196931080,'posted','scheduled','day:2025-02-18',NULL,4);
INSERT INTO "history" VALUES(6,'2025-02-19T08:00:01.134842+00:00',1341514581196931072,3,1341514581196931076,'posted','scheduled','day:2025-02-18',NULL,6);
INSERT INTO "history" VALUES(7,'2025-02-19T08:00:01.438398+00:00',1341514581196931072,5,1341514581196931078,'paused','asked',NULL,1341514579968000001,NULL);
INSERT INTO "history" VALUES(8,'2025-02-20T08:00:01.019898+00:00',1341514581196931072,5,1341514581196931078,'not_posted','asked',NULL,NULL,NULL);
INSERT INTO "history" VALUES(9,'2025-02-20T08:00:01.020170+00:00',1341514581196931072,6,1341514581196931079,'paused','lacks_permission',NULL,NULL,NULL);
INSERT INTO "history" VALUES(10,'2025-02-20T08:00:01.100694+00:00',1341514581196931072,2,1341514581196931075,'posted','scheduled','day:2025-02-19',NULL,7);
INSERT INTO "history" VALUES(11,'2025-02-20T08:00:01.129715+00:00',1341514581196931072,1,1341514581196931074,'posted','scheduled','day:2025-02-19',NULL,9);
INSERT INTO "history" VALUES(12,'2025-02-20T08:00:01.251616+00:00',1341514581196931072,3,1341514581196931076,'posted','scheduled','day:2025-02-19',NULL,8);
CREATE TABLE jobs (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    schedule_id INTEGER REFERENCES schedules (id) ON DELETE CASCADE,
    delivery_id INTEGER REFERENCES deliveries (id) ON DELETE CASCADE,
    payload TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(payload)),
    lane TEXT NOT NULL,
    priority INTEGER NOT NULL,
    run_at TEXT NOT NULL,
    not_before TEXT, -- until then it waits to be tried again, or for what it lacks
    expires_at TEXT,
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    reason TEXT -- why it was not done at the last attempt
, write_id INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
INSERT INTO "jobs" VALUES('check:sources','check',NULL,NULL,'{}','check:sources',1,'2025-02-20T09:00:01.001691+00:00',NULL,NULL,0,NULL,-9214012755141036877);
INSERT INTO "jobs" VALUES('clean:messages','clean',NULL,NULL,'{}','clean:messages',3,'2025-02-21T08:00:01.019800+00:00',NULL,NULL,0,NULL,3503240885575685425);
INSERT INTO "jobs" VALUES('delivery:10','delivery',7,10,'{}','post:1341514581196931080',1,'2025-02-20T08:00:00.000000+00:00','2025-02-20T08:01:00.060834+00:00','2025-02-27T08:00:01.024602+00:00',1,'discord_unavailable',-3912169409751459587);
INSERT INTO "jobs" VALUES('occurrence:1','occurrence',1,NULL,'{}','post:1341514581196931074',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL,5471905856183076090);
INSERT INTO "jobs" VALUES('occurrence:2','occurrence',2,NULL,'{}','post:1341514581196931075',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL,-3372801129190298380);
INSERT INTO "jobs" VALUES('occurrence:3','occurrence',3,NULL,'{}','post:1341514581196931076',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL,7764529150573829156);
INSERT INTO "jobs" VALUES('occurrence:4','occurrence',4,NULL,'{}','post:1341514581196931077',1,'2025-02-24T08:00:00.000000+00:00',NULL,NULL,0,NULL,5707759428531480964);
INSERT INTO "jobs" VALUES('occurrence:5','occurrence',5,NULL,'{}','post:1341514581196931078',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL,1297039159589019342);
INSERT INTO "jobs" VALUES('occurrence:6','occurrence',6,NULL,'{}','post:1341514581196931079',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL,3023280391782064440);
INSERT INTO "jobs" VALUES('occurrence:7','occurrence',7,NULL,'{}','post:1341514581196931080',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL,3639021651939438953);
INSERT INTO "jobs" VALUES('recheck:6','recheck',6,NULL,'{}','recheck:6',1,'2025-02-20T08:10:01.020170+00:00',NULL,NULL,0,NULL,-3741120140540445258);
INSERT INTO "jobs" VALUES('refresh:7','refresh',2,7,'{}','after:1341514581196931075',3,'2025-02-21T00:40:52.730989+00:00',NULL,'2025-02-22T00:00:00.000000+00:00',0,NULL,-4240998828216790982);
INSERT INTO "jobs" VALUES('refresh:8','refresh',3,8,'{}','after:1341514581196931076',3,'2025-02-21T00:35:19.197589+00:00',NULL,'2025-02-22T00:00:00.000000+00:00',0,NULL,661049674615522204);
INSERT INTO "jobs" VALUES('refresh:9','refresh',1,9,'{}','after:1341514581196931074',3,'2025-02-21T00:23:50.339132+00:00',NULL,'2025-02-22T00:00:00.000000+00:00',0,NULL,-3076808135386870418);
CREATE TABLE "key_value" (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "key_value" VALUES('commands of 1341514579968000000','{"digest": "9dc32f8b2c9c16f4d00a55dcbc3ba02f9999583e7a8c1fc9e9748bc9d9f21791", "ids": {"paper": 1341514581377286144, "saved": 1341514581377286145, "top": 1341514581377286146, "search": 1341514581377286147, "setup": 1341514581377286148, "schedule": 1341514581377286149, "help": 1341514581377286150, "about": 1341514581377286151, "Find papers": 1341514581377286152}}');
INSERT INTO "key_value" VALUES('direct_messages_sent','["2025-02-20T08:00:01.034801+00:00"]');
INSERT INTO "key_value" VALUES('terms','counted');
INSERT INTO "key_value" VALUES('welcomes since','2025-02-19T08:00:02.049095+00:00');
CREATE TABLE lookups (
    arxiv_id TEXT PRIMARY KEY,
    facts TEXT CHECK (facts IS NULL OR json_valid(facts)), -- NULL: no service knows it
    service TEXT, -- which one answered
    fetched_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE messages (
    hash TEXT PRIMARY KEY, -- of format and body
    format INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    used_at TEXT NOT NULL -- when a post was last planned with it
) STRICT, WITHOUT ROWID;
INSERT INTO "messages" VALUES('1219b078bd880383f0cda68f6b801b20',2,'{"as_of":"Upvotes as of Wed 8:00 AM","content":"Planning by Example, Part 19 ▲90 +5 <@&1341514585420595200>","embeds":[{"author":{"name":"Wednesday, February 19 · top 5 of 6","url":"https://huggingface.co/papers/date/2025-02-19"},"color":11737883,"description":"(Korean) 계획에 관한 새 방법을 소개합니다.","flags":0,"thumbnail":{"url":"https://example.org/2025-02-19/1.png"},"title":"Planning by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19001"},{"color":11737883,"description":"**▲80 [Attention by Example, Part 19](https://arxiv.org/abs/2502.19002)**\n**▲70 [Robots by Example, Part 19](https://arxiv.org/abs/2502.19003)**\n**▲60 [Translation by Example, Part 19](https://arxiv.org/abs/2502.19004)**\n**▲50 [Proteins by Example, Part 19](https://arxiv.org/abs/2502.19005)**","flags":0,"footer":{"text":"Upvotes as of Wed 8:00 AM"},"type":"rich"}],"role":1341514585420595200,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"],["Proteins by Example, Part 19","2502.19005","arXiv 2502.19005 · ▲ 50"],["Retrieval by Example, Part 19","2502.19006","arXiv 2502.19006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-19","label":"All 6","shown":5,"type":"rest"},{"coverage":"day:2025-02-19","label":"Discuss","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-20T08:00:01.023391+00:00');
INSERT INTO "messages" VALUES('2cfe975c630353f49355afc116c58cd3',2,'{"as_of":"Upvotes as of Tue 9:00 PM","content":"Planning by Example, Part 18 ▲90 +5 <@&1341514585420595200>","embeds":[{"author":{"name":"Tuesday, February 18 · top 5 of 6","url":"https://huggingface.co/papers/date/2025-02-18"},"color":11737883,"description":"(Korean) 계획에 관한 새 방법을 소개합니다.","flags":0,"thumbnail":{"url":"https://example.org/2025-02-18/1.png"},"title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"color":11737883,"description":"**▲80 [Attention by Example, Part 18](https://arxiv.org/abs/2502.18002)**\n**▲70 [Robots by Example, Part 18](https://arxiv.org/abs/2502.18003)**\n**▲60 [Translation by Example, Part 18](https://arxiv.org/abs/2502.18004)**\n**▲50 [Proteins by Example, Part 18](https://arxiv.org/abs/2502.18005)**","flags":0,"footer":{"text":"Upvotes as of Tue 9:00 PM"},"type":"rich"}],"role":1341514585420595200,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"],["Retrieval by Example, Part 18","2502.18006","arXiv 2502.18006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-18","label":"All 6","shown":5,"type":"rest"},{"coverage":"day:2025-02-18","label":"Discuss","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.014754+00:00');
INSERT INTO "messages" VALUES('3d84dd81ad2042676d0a72fe5c4e4636',2,'{"as_of":null,"content":"Planning by Example, Part 18 ▲90 +5","embeds":[{"author":{"name":"▲90 · Tuesday, February 18 · all 6 papers","url":"https://huggingface.co/papers/date/2025-02-18"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"계획에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-18/1.png"},"title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"author":{"name":"▲80"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"어텐션에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Attention by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18002"},{"author":{"name":"▲70"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"로봇에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-18/3.png"},"title":"Robots by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18003"},{"author":{"name":"▲60"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"번역에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Translation by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18004"},{"author":{"name":"▲50"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"단백질에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-18/5.png"},"title":"Proteins by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18005"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"]],"placeholder":"Read a summary…","type":"menu"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.021606+00:00');
INSERT INTO "messages" VALUES('45dbb85ad0b02eea0f7b5a623fce21d4',2,'{"as_of":"Upvotes as of Tue 9:00 PM","content":null,"embeds":[{"color":11737883,"flags":0,"footer":{"text":"Ada Example, 김하늘 · Upvotes as of Tue 9:00 PM"},"title":"Retrieval by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18006"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"],["Retrieval by Example, Part 18","2502.18006","arXiv 2502.18006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-18","label":"Discuss","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.021606+00:00');
INSERT INTO "messages" VALUES('5fa25ee5d953e91c2dcc50c28c345f8e',2,'{"as_of":"Upvotes as of Wed 8:00 AM","content":null,"embeds":[{"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"Retrieval needs an index."}],"flags":0,"footer":{"text":"Ada Example, 김하늘 · Written by small-model, quoting the abstract · Upvotes as of Wed 8:00 AM"},"title":"Retrieval by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19006"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"],["Proteins by Example, Part 19","2502.19005","arXiv 2502.19005 · ▲ 50"],["Retrieval by Example, Part 19","2502.19006","arXiv 2502.19006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-19","label":"Discuss","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-20T08:00:01.024602+00:00');
INSERT INTO "messages" VALUES('630c5e2b62059dda630dd1eaaa2e1a9e',2,'{"as_of":"Upvotes as of Wed 8:00 AM","content":"Planning by Example, Part 19 ▲90 +5","embeds":[{"author":{"name":"Wednesday, February 19 · top 4 of 6","url":"https://huggingface.co/papers/date/2025-02-19"},"color":11737883,"description":"(Korean) 계획에 관한 새 방법을 소개합니다.","flags":0,"thumbnail":{"url":"https://example.org/2025-02-19/1.png"},"title":"Planning by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19001"},{"color":11737883,"description":"**▲80 [Attention by Example, Part 19](https://arxiv.org/abs/2502.19002)**\n**▲70 [Robots by Example, Part 19](https://arxiv.org/abs/2502.19003)**\n**▲60 [Translation by Example, Part 19](https://arxiv.org/abs/2502.19004)**","flags":0,"footer":{"text":"Upvotes as of Wed 8:00 AM"},"type":"rich"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"],["Proteins by Example, Part 19","2502.19005","arXiv 2502.19005 · ▲ 50"],["Retrieval by Example, Part 19","2502.19006","arXiv 2502.19006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-19","label":"All 6","shown":4,"type":"rest"}]],"silent":false,"target":"channel","thread_name":"Feb 19 · Planning by Example, Part 19"}','2025-02-20T08:00:01.022144+00:00');
INSERT INTO "messages" VALUES('764eecfd88ad949360d03fad6cb7e331',2,'{"as_of":null,"content":null,"embeds":[{"author":{"name":"▲90"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"계획에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-18/1.png"},"title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"author":{"name":"▲80"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"어텐션에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Attention by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18002"},{"author":{"name":"▲70"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"로봇에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-18/3.png"},"title":"Robots by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18003"},{"author":{"name":"▲60"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"번역에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Translation by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18004"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"]],"placeholder":"Read a summary…","type":"menu"}]],"silent":false,"target":"thread","thread_name":null}','2025-02-19T08:00:01.024313+00:00');
INSERT INTO "messages" VALUES('8e9fc6e443e37e5727dc6a6349b3e5f8',2,'{"as_of":null,"content":null,"embeds":[{"author":{"name":"▲90"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"계획에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-19/1.png"},"title":"Planning by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19001"},{"author":{"name":"▲80"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"어텐션에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Attention by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19002"},{"author":{"name":"▲70"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"로봇에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-19/3.png"},"title":"Robots by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19003"},{"author":{"name":"▲60"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"번역에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Translation by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19004"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"]],"placeholder":"Read a summary…","type":"menu"}]],"silent":false,"target":"thread","thread_name":null}','2025-02-20T08:00:01.022144+00:00');
INSERT INTO "messages" VALUES('948976bb2daae29c3b3b98ca921cbe0c',2,'{"as_of":"Upvotes as of Tue 9:00 PM","content":"Planning by Example, Part 18 ▲90 +5","embeds":[{"author":{"name":"Tuesday, February 18 · top 4 of 6","url":"https://huggingface.co/papers/date/2025-02-18"},"color":11737883,"description":"(Korean) 계획에 관한 새 방법을 소개합니다.","flags":0,"thumbnail":{"url":"https://example.org/2025-02-18/1.png"},"title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"color":11737883,"description":"**▲80 [Attention by Example, Part 18](https://arxiv.org/abs/2502.18002)**\n**▲70 [Robots by Example, Part 18](https://arxiv.org/abs/2502.18003)**\n**▲60 [Translation by Example, Part 18](https://arxiv.org/abs/2502.18004)**","flags":0,"footer":{"text":"Upvotes as of Tue 9:00 PM"},"type":"rich"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"],["Retrieval by Example, Part 18","2502.18006","arXiv 2502.18006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-18","label":"All 6","shown":4,"type":"rest"}]],"silent":false,"target":"channel","thread_name":"Feb 18 · Planning by Example, Part 18"}','2025-02-19T08:00:01.024313+00:00');
INSERT INTO "messages" VALUES('c17723f552f29cbb541cfa9e102effda',2,'{"as_of":"추천: 화요일 오후 9:00 기준","content":"Robots by Example, Part 18 ▲70 +5","embeds":[{"author":{"name":"▲70 · 2월 18일 화요일 · 6편 중 조건에 맞는 1편","url":"https://huggingface.co/papers/date/2025-02-18"},"color":11737883,"fields":[{"inline":false,"name":"새로운 점","value":"로봇에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘 · 추천: 화요일 오후 9:00 기준"},"image":{"url":"https://example.org/2025-02-18/3.png"},"title":"Robots by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18003"}],"role":null,"rows":[[{"options":[["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"],["Retrieval by Example, Part 18","2502.18006","arXiv 2502.18006 · 추천 수 미확인"]],"placeholder":"요약 보기…","type":"menu"}],[{"coverage":"day:2025-02-18","label":"6편 모두 보기","shown":1,"type":"rest"},{"coverage":"day:2025-02-18","label":"토론하기","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.020427+00:00');
INSERT INTO "messages" VALUES('d8269ec56dc9351ee30d9d6b46c3f4eb',2,'{"as_of":"Upvotes as of Tue 9:00 PM","content":"Planning by Example, Part 18 ▲90 +5","embeds":[{"author":{"name":"Tuesday, February 18 · top 5 of 6","url":"https://huggingface.co/papers/date/2025-02-18"},"color":11737883,"description":"(Korean) 계획에 관한 새 방법을 소개합니다.","flags":0,"thumbnail":{"url":"https://example.org/2025-02-18/1.png"},"title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"color":11737883,"description":"**▲80 [Attention by Example, Part 18](https://arxiv.org/abs/2502.18002)**\n**▲70 [Robots by Example, Part 18](https://arxiv.org/abs/2502.18003)**\n**▲60 [Translation by Example, Part 18](https://arxiv.org/abs/2502.18004)**\n**▲50 [Proteins by Example, Part 18](https://arxiv.org/abs/2502.18005)**","flags":0,"footer":{"text":"Upvotes as of Tue 9:00 PM"},"type":"rich"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"],["Retrieval by Example, Part 18","2502.18006","arXiv 2502.18006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-18","label":"All 6","shown":5,"type":"rest"},{"coverage":"day:2025-02-18","label":"Discuss","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.017271+00:00');
INSERT INTO "messages" VALUES('e4d0055ce6482dbe5f522a42eb48d35a',2,'{"as_of":"Upvotes as of Tue 9:00 PM","content":"Planning by Example, Part 18 ▲90 +5","embeds":[{"author":{"name":"Tuesday, February 18 · 5 matches in 6","url":"https://huggingface.co/papers/date/2025-02-18"},"color":11737883,"description":"(Korean) 계획에 관한 새 방법을 소개합니다.","flags":0,"thumbnail":{"url":"https://example.org/2025-02-18/1.png"},"title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"color":11737883,"description":"**▲80 [Attention by Example, Part 18](https://arxiv.org/abs/2502.18002)**\n**▲70 [Robots by Example, Part 18](https://arxiv.org/abs/2502.18003)**\n**▲60 [Translation by Example, Part 18](https://arxiv.org/abs/2502.18004)**\n**▲50 [Proteins by Example, Part 18](https://arxiv.org/abs/2502.18005)**","flags":0,"footer":{"text":"Upvotes as of Tue 9:00 PM"},"type":"rich"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"],["Retrieval by Example, Part 18","2502.18006","arXiv 2502.18006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-18","label":"All 6","shown":5,"type":"rest"},{"coverage":"day:2025-02-18","label":"Discuss","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.022711+00:00');
INSERT INTO "messages" VALUES('ee144305d3c92443d197de50fa8c0f75',2,'{"as_of":null,"content":"Planning by Example, Part 19 ▲90 +5","embeds":[{"author":{"name":"▲90 · Wednesday, February 19 · all 6 papers","url":"https://huggingface.co/papers/date/2025-02-19"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"계획에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-19/1.png"},"title":"Planning by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19001"},{"author":{"name":"▲80"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"어텐션에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Attention by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19002"},{"author":{"name":"▲70"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"로봇에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-19/3.png"},"title":"Robots by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19003"},{"author":{"name":"▲60"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"번역에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Translation by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19004"},{"author":{"name":"▲50"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"단백질에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-19/5.png"},"title":"Proteins by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19005"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"],["Proteins by Example, Part 19","2502.19005","arXiv 2502.19005 · ▲ 50"]],"placeholder":"Read a summary…","type":"menu"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-20T08:00:01.024602+00:00');
INSERT INTO "messages" VALUES('f3ae6e442eb17349c6d12d738bb4c2e5',2,'{"as_of":"추천: 수요일 오전 8:00 기준","content":"Robots by Example, Part 19 ▲70 +5","embeds":[{"author":{"name":"▲70 · 2월 19일 수요일 · 6편 중 조건에 맞는 1편","url":"https://huggingface.co/papers/date/2025-02-19"},"color":11737883,"fields":[{"inline":false,"name":"새로운 점","value":"로봇에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘 · 추천: 수요일 오전 8:00 기준"},"image":{"url":"https://example.org/2025-02-19/3.png"},"title":"Robots by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19003"}],"role":null,"rows":[[{"options":[["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"],["Proteins by Example, Part 19","2502.19005","arXiv 2502.19005 · ▲ 50"],["Retrieval by Example, Part 19","2502.19006","arXiv 2502.19006 · 추천 수 미확인"]],"placeholder":"요약 보기…","type":"menu"}],[{"coverage":"day:2025-02-19","label":"6편 모두 보기","shown":1,"type":"rest"},{"coverage":"day:2025-02-19","label":"토론하기","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-20T08:00:01.013497+00:00');
CREATE TABLE 'name_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO "name_index_config" VALUES('version',4);
CREATE TABLE 'name_index_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO "name_index_data" VALUES(1,X'020500');
INSERT INTO "name_index_data" VALUES(10,X'000000000101010001010101');
INSERT INTO "name_index_data" VALUES(137438953473,X'00000080043061646101020201076578616D706C650102030106EAB980ED95980202020103EB8A980202040106ED9598EB8A98020203000231610102020101650102030103EAB9800202020103EB8A980202040103ED95980202030003326164010202010265780102030106EAB980ED95980202020106ED9598EB8A9802020304080C0B080B070608080808070B');
CREATE TABLE 'name_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO "name_index_docsize" VALUES(1,X'0200');
INSERT INTO "name_index_docsize" VALUES(2,X'0300');
CREATE TABLE 'name_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO "name_index_idx" VALUES(1,X'',2);
CREATE TABLE paper_authors (
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL CHECK (position >= 1),
    author_id INTEGER NOT NULL REFERENCES authors (id),
    PRIMARY KEY (paper_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "paper_authors" VALUES(1,1,1);
INSERT INTO "paper_authors" VALUES(2,1,1);
INSERT INTO "paper_authors" VALUES(3,1,1);
INSERT INTO "paper_authors" VALUES(4,1,1);
INSERT INTO "paper_authors" VALUES(5,1,1);
INSERT INTO "paper_authors" VALUES(6,1,1);
INSERT INTO "paper_authors" VALUES(7,1,1);
INSERT INTO "paper_authors" VALUES(8,1,1);
INSERT INTO "paper_authors" VALUES(9,1,1);
INSERT INTO "paper_authors" VALUES(10,1,1);
INSERT INTO "paper_authors" VALUES(11,1,1);
INSERT INTO "paper_authors" VALUES(12,1,1);
INSERT INTO "paper_authors" VALUES(13,1,1);
INSERT INTO "paper_authors" VALUES(14,1,1);
INSERT INTO "paper_authors" VALUES(15,1,1);
INSERT INTO "paper_authors" VALUES(16,1,1);
INSERT INTO "paper_authors" VALUES(17,1,1);
INSERT INTO "paper_authors" VALUES(18,1,1);
INSERT INTO "paper_authors" VALUES(1,2,2);
INSERT INTO "paper_authors" VALUES(2,2,2);
INSERT INTO "paper_authors" VALUES(3,2,2);
INSERT INTO "paper_authors" VALUES(4,2,2);
INSERT INTO "paper_authors" VALUES(5,2,2);
INSERT INTO "paper_authors" VALUES(6,2,2);
INSERT INTO "paper_authors" VALUES(7,2,2);
INSERT INTO "paper_authors" VALUES(8,2,2);
INSERT INTO "paper_authors" VALUES(9,2,2);
INSERT INTO "paper_authors" VALUES(10,2,2);
INSERT INTO "paper_authors" VALUES(11,2,2);
INSERT INTO "paper_authors" VALUES(12,2,2);
INSERT INTO "paper_authors" VALUES(13,2,2);
INSERT INTO "paper_authors" VALUES(14,2,2);
INSERT INTO "paper_authors" VALUES(15,2,2);
INSERT INTO "paper_authors" VALUES(16,2,2);
INSERT INTO "paper_authors" VALUES(17,2,2);
INSERT INTO "paper_authors" VALUES(18,2,2);
CREATE TABLE 'paper_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO "paper_index_config" VALUES('automerge',8);
INSERT INTO "paper_index_config" VALUES('version',4);
CREATE TABLE 'paper_index_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO "paper_index_data" VALUES(1,X'125A81100000815C00');
INSERT INTO "paper_index_data" VALUES(10,X'000000010104040004010101020101030101040101');
INSERT INTO "paper_index_data" VALUES(137438953473,X'0000038903303137010206010206010206010206010206010206010361646101060101020106010102010601010201060101020106010102010601010202087474656E74696F6E0202020102627901020301020301020301020301020301020301076578616D706C6501080401010301080401010301080401010301080401010301080401010301080401010301047061727401020501020501020501020501020501020502076C616E6E696E670102020207726F7465696E73050202010972657472696576616C06020202056F626F7473030202010B7472616E736C6174696F6E0402020102C2B6010A0101040303010A0101040303010A0101040303010A0101040303010A0101040303010A01010403030106EAB09CED95A9010601040C010601040D010601040C010601040C010601040D0205B384ED9A8D01060104020205B480ED959C010601040501060104060106010405010601040501060104060205B980ED95980106010107010601010701060101070106010107010601010701060101070103EB8A9801060101090106010109010601010901060101090106010109010601010902058B88EB8BA4010601040E010601040F010601040E010601040E010601040F0301A4010601040F0106010410010601040F010601040F01060104100304A8EBB0B105060104020205A19CEBB48703060104020205B0A9EBB295010601040801060104090106010408010601040801060104090304B1ECA78805060104030205B288EC97AD0406010402030495EC9D840106010409010601040A01060104090106010409010601040A0205B487EC979003060104030106EC8388EBB0A90106010407010601040801060104070106010407010601040802058598EC979002060104040205868CEAB09C010601040B010601040C010601040B010601040B010601040C020596B4ED8590020601040202059790EAB480010601040401060104050106010404010601040401060104050304ADEC9790040601040302059D84EC868C010601040A010601040B010601040A010601040A010601040B0205A788EC979005060104040106ED8590EC8598020601040302059598EB8A9801060101080106010108010601010801060101080106010108010601010803049CEC8388010601040601060104070106010406010601040601060104070304A9EB8B88010601040D010601040E010601040D010601040D010601040E02059A8DEC979001060104030416230D162D180C0C0E0A102E210C202523201C0B0C200B0C1F0C210C200C200B200C0D251F1F');
INSERT INTO "paper_index_data" VALUES(274877906945,X'0000038903303138070206010206010206010206010206010206010361646107060101020106010102010601010201060101020106010102010601010202087474656E74696F6E0802020102627907020301020301020301020301020301020301076578616D706C6507080401010301080401010301080401010301080401010301080401010301080401010301047061727407020501020501020501020501020501020502076C616E6E696E670702020207726F7465696E730B0202010972657472696576616C0C020202056F626F7473090202010B7472616E736C6174696F6E0A02020102C2B6070A0101040303010A0101040303010A0101040303010A0101040303010A0101040303010A01010403030106EAB09CED95A9070601040C010601040D010601040C010601040C010601040D0205B384ED9A8D07060104020205B480ED959C070601040501060104060106010405010601040501060104060205B980ED95980706010107010601010701060101070106010107010601010701060101070103EB8A9807060101090106010109010601010901060101090106010109010601010902058B88EB8BA4070601040E010601040F010601040E010601040E010601040F0301A4070601040F0106010410010601040F010601040F01060104100304A8EBB0B10B060104020205A19CEBB48709060104020205B0A9EBB295070601040801060104090106010408010601040801060104090304B1ECA7880B060104030205B288EC97AD0A06010402030495EC9D840706010409010601040A01060104090106010409010601040A0205B487EC979009060104030106EC8388EBB0A90706010407010601040801060104070106010407010601040802058598EC979008060104040205868CEAB09C070601040B010601040C010601040B010601040B010601040C020596B4ED8590080601040202059790EAB480070601040401060104050106010404010601040401060104050304ADEC97900A0601040302059D84EC868C070601040A010601040B010601040A010601040A010601040B0205A788EC97900B060104040106ED8590EC8598080601040302059598EB8A9807060101080106010108010601010801060101080106010108010601010803049CEC8388070601040601060104070106010406010601040601060104070304A9EB8B88070601040D010601040E010601040D010601040D010601040E02059A8DEC979007060104030416230D162D180C0C0E0A102E210C202523201C0B0C200B0C1F0C210C200C200B200C0D251F1F');
INSERT INTO "paper_index_data" VALUES(412316860417,X'00000389033031390D020601020601020601020601020601020601036164610D060101020106010102010601010201060101020106010102010601010202087474656E74696F6E0E0202010262790D020301020301020301020301020301020301076578616D706C650D08040101030108040101030108040101030108040101030108040101030108040101030104706172740D020501020501020501020501020501020502076C616E6E696E670D02020207726F7465696E73110202010972657472696576616C12020202056F626F74730F0202010B7472616E736C6174696F6E1002020102C2B60D0A0101040303010A0101040303010A0101040303010A0101040303010A0101040303010A01010403030106EAB09CED95A90D0601040C010601040D010601040C010601040C010601040D0205B384ED9A8D0D060104020205B480ED959C0D0601040501060104060106010405010601040501060104060205B980ED95980D06010107010601010701060101070106010107010601010701060101070103EB8A980D060101090106010109010601010901060101090106010109010601010902058B88EB8BA40D0601040E010601040F010601040E010601040E010601040F0301A40D0601040F0106010410010601040F010601040F01060104100304A8EBB0B111060104020205A19CEBB4870F060104020205B0A9EBB2950D0601040801060104090106010408010601040801060104090304B1ECA78811060104030205B288EC97AD1006010402030495EC9D840D06010409010601040A01060104090106010409010601040A0205B487EC97900F060104030106EC8388EBB0A90D06010407010601040801060104070106010407010601040802058598EC97900E060104040205868CEAB09C0D0601040B010601040C010601040B010601040B010601040C020596B4ED85900E0601040202059790EAB4800D0601040401060104050106010404010601040401060104050304ADEC9790100601040302059D84EC868C0D0601040A010601040B010601040A010601040A010601040B0205A788EC979011060104040106ED8590EC85980E0601040302059598EB8A980D060101080106010108010601010801060101080106010108010601010803049CEC83880D0601040601060104070106010406010601040601060104070304A9EB8B880D0601040D010601040E010601040D010601040D010601040E02059A8DEC97900D060104030416230D162D180C0C0E0A102E210C202523201C0B0C200B0C1F0C210C200C200B200C0D251F1F');
INSERT INTO "paper_index_data" VALUES(549755813889,X'00000094033031391203060103616461120701010202016E12060104040102627912030301076578616D706C651209040101030105696E646578120601040501056E656564731206010403010470617274120305010972657472696576616C1209020104020102C2B6120B01010403030106EAB980ED959812070101070103EB8A9812070101090106ED9598EB8A98120701010804070A08070F0C0C09110B0D0A');
CREATE TABLE 'paper_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO "paper_index_docsize" VALUES(1,X'050800000E00');
INSERT INTO "paper_index_docsize" VALUES(2,X'050800000F00');
INSERT INTO "paper_index_docsize" VALUES(3,X'050800000E00');
INSERT INTO "paper_index_docsize" VALUES(4,X'050800000E00');
INSERT INTO "paper_index_docsize" VALUES(5,X'050800000F00');
INSERT INTO "paper_index_docsize" VALUES(6,X'050800000000');
INSERT INTO "paper_index_docsize" VALUES(7,X'050800000E00');
INSERT INTO "paper_index_docsize" VALUES(8,X'050800000F00');
INSERT INTO "paper_index_docsize" VALUES(9,X'050800000E00');
INSERT INTO "paper_index_docsize" VALUES(10,X'050800000E00');
INSERT INTO "paper_index_docsize" VALUES(11,X'050800000F00');
INSERT INTO "paper_index_docsize" VALUES(12,X'050800000000');
INSERT INTO "paper_index_docsize" VALUES(13,X'050800000E00');
INSERT INTO "paper_index_docsize" VALUES(14,X'050800000F00');
INSERT INTO "paper_index_docsize" VALUES(15,X'050800000E00');
INSERT INTO "paper_index_docsize" VALUES(16,X'050800000E00');
INSERT INTO "paper_index_docsize" VALUES(17,X'050800000F00');
INSERT INTO "paper_index_docsize" VALUES(18,X'050800000400');
CREATE TABLE 'paper_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO "paper_index_idx" VALUES(1,X'',2);
INSERT INTO "paper_index_idx" VALUES(2,X'',2);
INSERT INTO "paper_index_idx" VALUES(3,X'',2);
INSERT INTO "paper_index_idx" VALUES(4,X'',2);
CREATE TABLE paper_tokens (
    paper_id INTEGER PRIMARY KEY,
    tokens BLOB NOT NULL -- of each column of `paper_index` a line, compressed
) STRICT;
INSERT INTO "paper_tokens" VALUES(1,X'789C3DCDB10AC2301405D0BD5F717FC1C9BF09442C22D410C441B782A5145BC12558246E2ED98A16C1D5CF49D27FF0164578E70DF77179D099546AA91698ED906EE54A6729B45C6F309922819CCB7FFA7EFE46F8573E9816140E2D4609BE23FCA3182E47503C9F40BECF99F62C58166CDC57105CA173105CE16E40F15A8062D9F05A36BEB3A0C138765CA82B50A86F18F1D10704C75BD8');
INSERT INTO "paper_tokens" VALUES(2,X'789C3DCD3D0AC2401005E03EA77857B0F2360B2BA6103406D942BB404C0826459A982D6267B35D9020D87A9CFDB9832F28C27C53CCCC6320958A13B5D927589D101FE52EDDC648E54161B14404B996FFE9FBF92B615F59E834C85D346611BE25FC750A450BF28506F9BE05D929636E626E606EF079C5DBBC72A38160738F0EE46F67902F1B6ECBC68E0328748619E3EA0AE4EA3B66FCF701F99A607A');
INSERT INTO "paper_tokens" VALUES(3,X'789C3DCD310AC2401005D03EA7F857B0F2360B1B4CA724C414DA0594184C0A9B608A4D21D86CB748106C3DCECEE60EFEA008F3A69899CF204FE3B4D822DE23D9E94DB64E90E9BCC06289087AA5FFD3F7F357CABFCAA9EB4172EE318BF02D253723E30914AE17901F4B0646060C03261C6A28367196C7CECAA30385E1080A55CB6DD57A6740536799B1D2D42069EE98F1D1078E355B45');
INSERT INTO "paper_tokens" VALUES(4,X'789C3D8D310A834010457B4FF1AF902AB71126C422608C188BA41312648916368B16DAA5D922202281B4398EBBDE215F1202FFCDC0CC3C066922D13194747788B0392338C93E0E03C492A458ADE141B6F29FBE9FBFF8D32B9B7503626F0D163C7CE3DB41B9FA01E2EA8AAD9AC68CC248A1A5D0BA8B82CF627BC3E3DED84183B8EE0AE2F292DBBC9CFA1664D6868EB18502B1C51D0B7CF401111C5D6C');
INSERT INTO "paper_tokens" VALUES(5,X'789C3DCD3D0AC2401086E13EA7F8AE60E56D16564C21F813620AED024A086E0A9B608AB51374BB558260EB71329B3BF8054598678A5D5E0649BACAE2D9728DC916F1462F92798C44A719466344D053FD7F7D3F7FA3BA57DED70D480E0D0611BEA3C4DCC4DF41E15A82C2E908EADA9C5DCBCEB2B36157427189776CBC93470D0AE73D2814157F8BAAF316D4D78E8D135382C45C30E0BD0FEFEC60B8');
INSERT INTO "paper_tokens" VALUES(6,X'789C53284A2D29CA4C2D4BCC5148AA5448AD48CC2DC8495528482C2A51303457E052484C49848B1EDA064571AF7636BC9D3A4301885F77CD5000612E0504020064192010');
INSERT INTO "paper_tokens" VALUES(7,X'789C3DCDB10AC2301405D0BD5F717FC1CDAF09442C22D410C441B782A5145BC12558246E2ED98A16C1D5CF49D27FF0164578E70DF77179D099546AA91698ED906EE54A6729B45C6F309922819CCB7FFA7EFE46F8573E9816140E2D4609BE23FCA3182E47503C9F40BECF99F62C58166CDC57105CA173105CE16E40F15A8062D9F05A36BEB3A0C138765CA82B50A86F18F1D10705625BD9');
INSERT INTO "paper_tokens" VALUES(8,X'789C3DCD3D0AC2401005E03EA77857B0F3340B2BA6103406D942BB404C0826459A982D6267B35D9020D87A9CFDB9832F28C27C53CCCC6320958A13B5D927589D101FE52EDDC648E54161B14404B996FFE9FBF92B615F59E834C85D346611BE25FC750A450BF28506F9BE05D929636E626E606EF079C5DBBC72A38160738F0EE46F67902F1B6ECBC68E0328748619E3EA0AE4EA3B66FCF701FA3C607B');
INSERT INTO "paper_tokens" VALUES(9,X'789C3DCD310AC2401005D03EA7F857B0F3340B1B4CA724C414DA0594184C0A9B608A4D21D86CB748106C3DCECEE60EFEA008F3A69899CF204FE3B4D822DE23D9E94DB64E90E9BCC06289087AA5FFD3F7F357CABFCAA9EB4172EE318BF02D253723E30914AE17901F4B0646060C03261C6A28367196C7CECAA30385E1080A55CB6DD57A6740536799B1D2D42069EE98F1D1078ED05B46');
INSERT INTO "paper_tokens" VALUES(10,X'789C3D8D310A834010457B4FF1AF902EA71126C422608C188BA41312648916368B16DAA5D922202281B4398EBBDE215F1202FFCDC0CC3C066922D13194747788B0392338C93E0E03C492A458ADE141B6F29FBE9FBFF8D32B9B7503626F0D163C7CE3DB41B9FA01E2EA8AAD9AC68CC248A1A5D0BA8B82CF627BC3E3DED84183B8EE0AE2F292DBBC9CFA1664D6868EB18502B1C51D0B7CF40111B75D6D');
INSERT INTO "paper_tokens" VALUES(11,X'789C3DCD3D0AC2401086E13EA7F8AE60E76916564C21F813620AED024A086E0A9B608AB51374BB558260EB71329B3BF8054598678A5D5E0649BACAE2D9728DC916F1462F92798C44A719466344D053FD7F7D3F7FA3BA57DED70D480E0D0611BEA3C4DCC4DF41E15A82C2E908EADA9C5DCBCEB2B36157427189776CBC93470D0AE73D2814157F8BAAF316D4D78E8D135382C45C30E0BD0FF08E60B9');
INSERT INTO "paper_tokens" VALUES(12,X'789C53284A2D29CA4C2D4BCC5148AA5448AD48CC2DC8495528482C2A5130B450E052484C49848B1EDA064571AF7636BC9D3A4301885F77CD5000612E0504020064512011');
INSERT INTO "paper_tokens" VALUES(13,X'789C3DCDB10AC2301405D0BD5F717FC1D19F09442C22D410C441B782A5145BC12558246E2ED98A16C1D5CF49D27FF0164578E70DF77179D099546AA91698ED906EE54A6729B45C6F309922819CCB7FFA7EFE46F8573E9816140E2D4609BE23FCA3182E47503C9F40BECF99F62C58166CDC57105CA173105CE16E40F15A8062D9F05A36BEB3A0C138765CA82B50A86F18F1D10705FD5BDA');
INSERT INTO "paper_tokens" VALUES(14,X'789C3DCD3D0AC2401005E03EA77857B0F4320B2BA6103406D942BB404C0826459A982D6267B35D9020D87A9CFDB9832F28C27C53CCCC6320958A13B5D927589D101FE52EDDC648E54161B14404B996FFE9FBF92B615F59E834C85D346611BE25FC750A450BF28506F9BE05D929636E626E606EF079C5DBBC72A38160738F0EE46F67902F1B6ECBC68E0328748619E3EA0AE4EA3B66FCF701FADE607C');
INSERT INTO "paper_tokens" VALUES(15,X'789C3DCD310AC2401005D03EA7F857B0F4320B1B4CA724C414DA0594184C0A9B608A4D21D86CB748106C3DCECEE60EFEA008F3A69899CF204FE3B4D822DE23D9E94DB64E90E9BCC06289087AA5FFD3F7F357CABFCAA9EB4172EE318BF02D253723E30914AE17901F4B0646060C03261C6A28367196C7CECAA30385E1080A55CB6DD57A6740536799B1D2D42069EE98F1D1078F6B5B47');
INSERT INTO "paper_tokens" VALUES(16,X'789C3D8D310A834010457B4FF1AF9032971126C422608C188BA41312648916368B16DAA5D922202281B4398EBBDE215F1202FFCDC0CC3C066922D13194747788B0392338C93E0E03C492A458ADE141B6F29FBE9FBFF8D32B9B7503626F0D163C7CE3DB41B9FA01E2EA8AAD9AC68CC248A1A5D0BA8B82CF627BC3E3DED84183B8EE0AE2F292DBBC9CFA1664D6868EB18502B1C51D0B7CF40112525D6E');
INSERT INTO "paper_tokens" VALUES(17,X'789C3DCD3D0AC2401086E13EA7F8AE60E96516564C21F813620AED024A086E0A9B608AB51374BB558260EB71329B3BF8054598678A5D5E0649BACAE2D9728DC916F1462F92798C44A719466344D053FD7F7D3F7FA3BA57DED70D480E0D0611BEA3C4DCC4DF41E15A82C2E908EADA9C5DCBCEB2B36157427189776CBC93470D0AE73D2814157F8BAAF316D4D78E8D135382C45C30E0BD0FF13060BA');
INSERT INTO "paper_tokens" VALUES(18,X'789C53284A2D29CA4C2D4BCC5148AA5448AD48CC2DC8495528482C2A5130B454E052484C49848B1EDA064571AF7636BC9D3A4301885F77CD5000612E0508421897979A9A52AC9098A7909997925A01920500F5F32936');
CREATE TABLE papers (
    id INTEGER PRIMARY KEY,
    arxiv_id TEXT NOT NULL UNIQUE CHECK (arxiv_id <> ''),
    title TEXT NOT NULL,
    media_kind TEXT CHECK (media_kind IN ('image', 'video')),
    media_url TEXT,
    text_changed_at TEXT NOT NULL, -- title, authors, media or sections
    votes INTEGER CHECK (votes >= 0),
    votes_read_at TEXT,
    digest_date TEXT NOT NULL, -- of the newest digest that lists it
    rank INTEGER NOT NULL CHECK (rank >= 1), votes_as_of TEXT, abstract TEXT, summary TEXT, keywords TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(keywords)), organization TEXT, code_url TEXT, code_stars INTEGER CHECK (code_stars >= 0), project_url TEXT, comments INTEGER CHECK (comments >= 0), submitted_at TEXT, withdrawn_at TEXT, authors_ordered INTEGER NOT NULL DEFAULT 0
    CHECK (authors_ordered IN (0, 1)), -- in that digest
    CHECK ((media_kind IS NULL) = (media_url IS NULL)),
    CHECK ((votes IS NULL) = (votes_read_at IS NULL))
) STRICT;
INSERT INTO "papers" VALUES(1,'2502.17001','Planning by Example, Part 17','image','https://example.org/2025-02-17/1.png','2025-02-18T21:00:00.687205+00:00',90,'2025-02-18T21:00:00.687205+00:00','2025-02-17',1,'2025-02-17T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(2,'2502.17002','Attention by Example, Part 17',NULL,NULL,'2025-02-18T21:00:00.687205+00:00',80,'2025-02-18T21:00:00.687205+00:00','2025-02-17',2,'2025-02-17T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(3,'2502.17003','Robots by Example, Part 17','image','https://example.org/2025-02-17/3.png','2025-02-18T21:00:00.687205+00:00',70,'2025-02-18T21:00:00.687205+00:00','2025-02-17',3,'2025-02-17T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(4,'2502.17004','Translation by Example, Part 17',NULL,NULL,'2025-02-18T21:00:00.687205+00:00',60,'2025-02-18T21:00:00.687205+00:00','2025-02-17',4,'2025-02-17T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(5,'2502.17005','Proteins by Example, Part 17','image','https://example.org/2025-02-17/5.png','2025-02-18T21:00:00.687205+00:00',50,'2025-02-18T21:00:00.687205+00:00','2025-02-17',5,'2025-02-17T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(6,'2502.17006','Retrieval by Example, Part 17',NULL,NULL,'2025-02-18T21:00:00.687205+00:00',NULL,NULL,'2025-02-17',6,NULL,NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(7,'2502.18001','Planning by Example, Part 18','image','https://example.org/2025-02-18/1.png','2025-02-18T21:00:00.997381+00:00',97,'2025-02-19T08:00:01.745271+00:00','2025-02-18',1,'2025-02-18T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(8,'2502.18002','Attention by Example, Part 18',NULL,NULL,'2025-02-18T21:00:00.997381+00:00',87,'2025-02-19T08:00:01.745271+00:00','2025-02-18',2,'2025-02-18T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(9,'2502.18003','Robots by Example, Part 18','image','https://example.org/2025-02-18/3.png','2025-02-18T21:00:00.997381+00:00',77,'2025-02-19T08:00:01.745271+00:00','2025-02-18',3,'2025-02-18T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(10,'2502.18004','Translation by Example, Part 18',NULL,NULL,'2025-02-18T21:00:00.997381+00:00',67,'2025-02-19T08:00:01.745271+00:00','2025-02-18',4,'2025-02-18T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(11,'2502.18005','Proteins by Example, Part 18','image','https://example.org/2025-02-18/5.png','2025-02-18T21:00:00.997381+00:00',57,'2025-02-19T08:00:01.745271+00:00','2025-02-18',5,'2025-02-18T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(12,'2502.18006','Retrieval by Example, Part 18',NULL,NULL,'2025-02-18T21:00:00.997381+00:00',NULL,NULL,'2025-02-18',6,NULL,NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(13,'2502.19001','Planning by Example, Part 19','image','https://example.org/2025-02-19/1.png','2025-02-19T08:00:01.441027+00:00',90,'2025-02-19T08:00:01.441027+00:00','2025-02-19',1,'2025-02-19T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(14,'2502.19002','Attention by Example, Part 19',NULL,NULL,'2025-02-19T08:00:01.441027+00:00',80,'2025-02-19T08:00:01.441027+00:00','2025-02-19',2,'2025-02-19T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(15,'2502.19003','Robots by Example, Part 19','image','https://example.org/2025-02-19/3.png','2025-02-19T08:00:01.441027+00:00',70,'2025-02-19T08:00:01.441027+00:00','2025-02-19',3,'2025-02-19T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(16,'2502.19004','Translation by Example, Part 19',NULL,NULL,'2025-02-19T08:00:01.441027+00:00',60,'2025-02-19T08:00:01.441027+00:00','2025-02-19',4,'2025-02-19T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(17,'2502.19005','Proteins by Example, Part 19','image','https://example.org/2025-02-19/5.png','2025-02-19T08:00:01.441027+00:00',50,'2025-02-19T08:00:01.441027+00:00','2025-02-19',5,'2025-02-19T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(18,'2502.19006','Retrieval by Example, Part 19',NULL,NULL,'2025-02-19T08:00:01.441027+00:00',NULL,NULL,'2025-02-19',6,NULL,NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
CREATE TABLE parts (
    delivery_id INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 1),
    -- Of `messages`, whose row is deleted once nobody needs it. NULL: planned by version 0.1.0.
    message_hash TEXT,
    mark TEXT NOT NULL, -- in the message's custom_ids; by it the message is found again
    nonce TEXT NOT NULL CHECK (length(nonce) BETWEEN 1 AND 25),
    state TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'skipped')),
    reason TEXT CHECK (reason IS NULL OR state = 'skipped'),
    reconciled_at TEXT, -- when the channel was last searched for it
    channel_id INTEGER, -- where it went: the delivery's channel, or a thread
    message_id INTEGER,
    sent_at TEXT,
    published_at TEXT,
    PRIMARY KEY (delivery_id, position),
    CHECK ((state = 'sent') = (message_id IS NOT NULL)),
    CHECK ((message_id IS NULL) = (channel_id IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO "parts" VALUES(1,1,'6b128222f3dc932ea5d7a2cc928b3d10','NOptK3oubQcv','CoTvKKazwiHC5Ilk','sent',NULL,NULL,1341514581196931074,1341680678672007168,'2025-02-19T08:00:01.018957+00:00',NULL);
INSERT INTO "parts" VALUES(2,1,'a7a62a98f80d3b612f2c09ccea35996b','7Y488G_N4t6M','naaWPkHND32-fxQ9','sent',NULL,NULL,1341514581196931079,1341680678734921728,'2025-02-19T08:00:01.032838+00:00',NULL);
INSERT INTO "parts" VALUES(3,1,'17257f6d7335e3b618a40b7e5f863b98','yRLiM3lWH9Qt','c7ICOHILPDuIlUHy','sent',NULL,NULL,1341514581196931075,1341680678793641984,'2025-02-19T08:00:01.047187+00:00',NULL);
INSERT INTO "parts" VALUES(4,1,'3a3ad41d32e9b6e193ece027f49ba61d','0WptMGvrnvyn','PEJWEOiZAUgYnx-N','sent',NULL,NULL,1341514581196931080,1341680678856556544,'2025-02-19T08:00:01.062043+00:00',NULL);
INSERT INTO "parts" VALUES(4,2,'a64660120c8fd0357c4b367108a57297','_o4fcWRcd0Gz','l25nKSMIqP3-D-Iw','sent',NULL,NULL,1341514581196931080,1341680679041105920,'2025-02-19T08:00:01.106207+00:00',NULL);
INSERT INTO "parts" VALUES(5,1,'4eafff2cbb7a9f44858a4265c875cb2b','KI_gsT3yIgum','-_BgOqNiZHt7W4Y1','sent',NULL,NULL,1341514581196931078,1341680678915276800,'2025-02-19T08:00:01.076041+00:00',NULL);
INSERT INTO "parts" VALUES(6,1,'ec9df448eacc289afc05a27187f06269','OPW0n2nkYOZT','8AITrN1maRITRKZT','sent',NULL,NULL,1341514581196931076,1341680678973997056,'2025-02-19T08:00:01.090190+00:00',NULL);
INSERT INTO "parts" VALUES(6,2,'5b7cb662e9296d6e4d158e53d0125e62','MScwvx9NUZrA','8pwxF3Z3P7Ok6S6-','sent',NULL,NULL,1341680678973997056,1341680679162740736,'2025-02-19T08:00:01.134832+00:00',NULL);
INSERT INTO "parts" VALUES(7,1,'f3ae6e442eb17349c6d12d738bb4c2e5','0Zc0BIIcHM0P','GJUCtW8hA9HTneU8','sent',NULL,NULL,1341514581196931075,1342043066881540096,'2025-02-20T08:00:01.100684+00:00',NULL);
INSERT INTO "parts" VALUES(8,1,'630c5e2b62059dda630dd1eaaa2e1a9e','7hs9jqwt1vgb','5mFQ0RRsk3sbExcn','sent',NULL,NULL,1341514581196931076,1342043066944454656,'2025-02-20T08:00:01.115394+00:00',NULL);
INSERT INTO "parts" VALUES(8,2,'8e9fc6e443e37e5727dc6a6349b3e5f8','dLoOqCfjHWpD','p58vdC5a5c_8ZtJV','sent',NULL,NULL,1342043066944454656,1342043067514880000,'2025-02-20T08:00:01.251609+00:00',NULL);
INSERT INTO "parts" VALUES(9,1,'1219b078bd880383f0cda68f6b801b20','k7q9Bc3r1SwA','NZgZpqtLHVu6kkBU','sent',NULL,NULL,1341514581196931074,1342043067007369216,'2025-02-20T08:00:01.129705+00:00',NULL);
INSERT INTO "parts" VALUES(10,1,'ee144305d3c92443d197de50fa8c0f75','yMxbZdQnSOVy','EfaX0I8xiOgp8-YI','sent',NULL,NULL,1341514581196931080,1342043067070283776,'2025-02-20T08:00:01.144731+00:00',NULL);
INSERT INTO "parts" VALUES(10,2,'5fa25ee5d953e91c2dcc50c28c345f8e','wBfQIbxTq-X_','RuKm_GhWMsyJrZbm','planned',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE receipts (
    text_id INTEGER NOT NULL REFERENCES texts (id) ON DELETE CASCADE,
    section INTEGER NOT NULL CHECK (section >= 1), -- its position in `sections`
    position INTEGER NOT NULL CHECK (position >= 1),
    sentence TEXT NOT NULL,
    quote TEXT NOT NULL,
    PRIMARY KEY (text_id, section, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "receipts" VALUES(16,1,1,'Retrieval needs an index.','needs an index');
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- people type it
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    language TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    user_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    resolved_at TEXT,
    resolution TEXT CHECK (resolution IN ('hidden', 'rewritten')),
    CHECK ((resolved_at IS NULL) = (resolution IS NULL))
) STRICT;
INSERT INTO "reports" VALUES(1,18,'en',3,1341514579968000001,'wrong','2025-02-19T20:00:00.000000+00:00',NULL,NULL);
CREATE TABLE saved_papers (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order of saving
    user_id INTEGER NOT NULL, -- whose it is
    arxiv_id TEXT NOT NULL,
    title TEXT NOT NULL, -- as it was when it was saved
    note TEXT CHECK (note <> ''), -- NULL: none
    saved_at TEXT NOT NULL,
    UNIQUE (user_id, arxiv_id)
) STRICT;
INSERT INTO "saved_papers" VALUES(1,1341514579968000001,'2502.19006','Retrieval by Example, Part 19',NULL,'2025-02-19T20:00:00.000000+00:00');
CREATE TABLE "schedules" (
    -- An id is never given twice: it stands in logs, jobs and the history.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1, -- grows with each edit
    channel_id INTEGER NOT NULL,
    time TEXT NOT NULL CHECK (time IS strftime('%H:%M', time) AND time < '24:00'), -- local
    timezone TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 25),
    language TEXT NOT NULL,
    period TEXT NOT NULL CHECK (period IN ('day', 'week', 'month')),
    layout TEXT NOT NULL CHECK (layout IN ('brief', 'cards', 'thread')),
    days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 127),
    min_votes INTEGER CHECK (min_votes >= 0),
    include TEXT NOT NULL,
    exclude TEXT NOT NULL,
    mention INTEGER,
    silent INTEGER NOT NULL CHECK (silent IN (0, 1)),
    publish INTEGER NOT NULL CHECK (publish IN (0, 1)),
    refresh INTEGER NOT NULL CHECK (refresh IN (0, 1)),
    catch_up INTEGER NOT NULL CHECK (catch_up BETWEEN 0 AND 168),
    timed_at TEXT, -- occurrences before it don't count; NULL: before created_at
    last_day TEXT CHECK (last_day IS date(last_day)), -- local day of the last claimed occurrence
    last_due TEXT, -- and the moment it was due
    paused_at TEXT,
    paused_reason TEXT,
    notified TEXT, -- the reason its creator was last told; NULL again after a post
    deleted_at TEXT,
    CHECK ((paused_at IS NULL) = (paused_reason IS NULL)),
    CHECK ((last_day IS NULL) = (last_due IS NULL))
) STRICT;
INSERT INTO "schedules" VALUES(1,1341514581196931072,1341514579968000001,'2025-02-18T21:00:01.302744+00:00',1,1341514581196931074,'08:00','UTC',5,'en','day','brief',127,NULL,'','',1341514585420595200,0,0,1,24,NULL,'2025-02-20','2025-02-20T08:00:00.000000+00:00',NULL,NULL,NULL,NULL);
INSERT INTO "schedules" VALUES(2,1341514581196931072,1341514579968000001,'2025-02-18T21:00:01.308827+00:00',1,1341514581196931075,'08:00','UTC',3,'ko','day','cards',127,NULL,'robots','',NULL,0,0,1,24,NULL,'2025-02-20','2025-02-20T08:00:00.000000+00:00',NULL,NULL,NULL,NULL);
INSERT INTO "schedules" VALUES(3,1341514581196931072,1341514579968000001,'2025-02-18T21:00:01.311598+00:00',1,1341514581196931076,'08:00','UTC',4,'en','day','thread',127,NULL,'','',NULL,0,0,1,24,NULL,'2025-02-20','2025-02-20T08:00:00.000000+00:00',NULL,NULL,NULL,NULL);
INSERT INTO "schedules" VALUES(4,1341514581196931072,1341514579968000001,'2025-02-18T21:00:01.314091+00:00',1,1341514581196931077,'08:00','UTC',10,'en','week','brief',127,NULL,'','',NULL,0,0,1,24,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "schedules" VALUES(5,1341514581196931072,1341514579968000001,'2025-02-18T21:00:01.317041+00:00',1,1341514581196931078,'08:00','UTC',5,'en','day','brief',127,5,'','',NULL,0,0,1,24,NULL,'2025-02-19','2025-02-19T08:00:00.000000+00:00','2025-02-19T08:00:01.438398+00:00','asked',NULL,NULL);
INSERT INTO "schedules" VALUES(6,1341514581196931072,1341514579968000001,'2025-02-18T21:00:01.320647+00:00',1,1341514581196931079,'08:00','UTC',5,'en','day','brief',127,NULL,'','',NULL,0,0,1,48,NULL,'2025-02-19','2025-02-19T08:00:00.000000+00:00','2025-02-20T08:00:01.020170+00:00','lacks_permission','lacks_permission',NULL);
INSERT INTO "schedules" VALUES(7,1341514581196931072,1341514579968000001,'2025-02-18T21:00:01.323093+00:00',1,1341514581196931080,'08:00','UTC',6,'en','day','cards',127,NULL,'','',NULL,0,0,1,24,NULL,'2025-02-20','2025-02-20T08:00:00.000000+00:00',NULL,NULL,NULL,NULL);
CREATE TABLE search_names (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('author', 'org')),
    name TEXT NOT NULL,
    papers INTEGER NOT NULL,
    UNIQUE (kind, name)
) STRICT;
INSERT INTO "search_names" VALUES(1,'author','Ada Example',18);
INSERT INTO "search_names" VALUES(2,'author','김하늘',18);
CREATE TABLE search_words (
    word TEXT PRIMARY KEY,
    stem TEXT, -- NULL: it is no English word, and has no other forms
    papers INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "search_words" VALUES('17','17',6);
INSERT INTO "search_words" VALUES('18','18',6);
INSERT INTO "search_words" VALUES('19','19',6);
INSERT INTO "search_words" VALUES('ada','ada',18);
INSERT INTO "search_words" VALUES('an','an',1);
INSERT INTO "search_words" VALUES('attention','attention',3);
INSERT INTO "search_words" VALUES('by','by',18);
INSERT INTO "search_words" VALUES('example','exampl',18);
INSERT INTO "search_words" VALUES('index','index',1);
INSERT INTO "search_words" VALUES('needs','need',1);
INSERT INTO "search_words" VALUES('part','part',18);
INSERT INTO "search_words" VALUES('planning','plan',3);
INSERT INTO "search_words" VALUES('proteins','protein',3);
INSERT INTO "search_words" VALUES('retrieval','retrieval',3);
INSERT INTO "search_words" VALUES('robots','robot',3);
INSERT INTO "search_words" VALUES('translation','translation',3);
INSERT INTO "search_words" VALUES('계획',NULL,3);
INSERT INTO "search_words" VALUES('관한',NULL,15);
INSERT INTO "search_words" VALUES('김하',NULL,18);
INSERT INTO "search_words" VALUES('단백',NULL,3);
INSERT INTO "search_words" VALUES('로봇',NULL,3);
INSERT INTO "search_words" VALUES('방법',NULL,15);
INSERT INTO "search_words" VALUES('번역',NULL,3);
INSERT INTO "search_words" VALUES('새방',NULL,15);
INSERT INTO "search_words" VALUES('소개',NULL,15);
INSERT INTO "search_words" VALUES('어텐',NULL,3);
CREATE TABLE searches (
    -- An id is never given twice: it stands in custom_ids.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT NOT NULL UNIQUE CHECK (json_valid(request)),
    used_on TEXT NOT NULL -- the day of its last use
) STRICT;
CREATE TABLE "sections" (
    text_id INTEGER NOT NULL REFERENCES texts (id) ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL CHECK (position >= 1),
    heading TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (text_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "sections" VALUES(1,1,'What''s New','계획에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(2,1,'What''s New','어텐션에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(3,1,'What''s New','로봇에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(4,1,'What''s New','번역에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(5,1,'What''s New','단백질에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(6,1,'What''s New','계획에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(7,1,'What''s New','어텐션에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(8,1,'What''s New','로봇에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(9,1,'What''s New','번역에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(10,1,'What''s New','단백질에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(11,1,'What''s New','계획에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(12,1,'What''s New','어텐션에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(13,1,'What''s New','로봇에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(14,1,'What''s New','번역에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(15,1,'What''s New','단백질에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(16,1,'What''s New','Retrieval needs an index.');
CREATE TABLE setup_drafts (
    -- An id is never given twice: it stands in the custom_ids of screens.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL, -- whose screen it is
    schedule_id INTEGER REFERENCES schedules (id) ON DELETE CASCADE, -- NULL: of a new schedule
    draft TEXT NOT NULL CHECK (json_valid(draft)),
    updated_at TEXT NOT NULL
) STRICT;
INSERT INTO "setup_drafts" VALUES(1,1341514581196931072,1341514579968000001,NULL,'{}','2025-02-19T20:00:00.000000+00:00');
CREATE TABLE source_days (
    source_id INTEGER NOT NULL REFERENCES sources (id),
    day TEXT NOT NULL CHECK (day IS date(day)),
    opened_at TEXT, -- when the list began to fill; NULL: it is complete when it arrives
    closed_at TEXT, -- when it is complete
    arrived_at TEXT, -- when the first papers came; NULL: none so far
    checked_at TEXT, -- when it was last asked for, with or without success
    read_at TEXT, -- when it was last read with success, with or without papers
    etag TEXT, -- what a server needs to say that nothing has changed
    body_hash TEXT, -- of the newest answer
    error TEXT, -- why the last attempt failed; NULL if it didn't
    PRIMARY KEY (source_id, day)
) STRICT, WITHOUT ROWID;
INSERT INTO "source_days" VALUES(1,'2025-02-17',NULL,NULL,'2025-02-18T21:00:00.687205+00:00','2025-02-18T21:00:00.687205+00:00','2025-02-18T21:00:00.687205+00:00',NULL,NULL,NULL);
INSERT INTO "source_days" VALUES(1,'2025-02-18',NULL,NULL,'2025-02-18T21:00:00.997381+00:00','2025-02-19T08:00:01.745271+00:00','2025-02-19T08:00:01.745271+00:00',NULL,NULL,NULL);
INSERT INTO "source_days" VALUES(1,'2025-02-19',NULL,NULL,'2025-02-19T08:00:01.441027+00:00','2025-02-19T08:00:01.441027+00:00','2025-02-19T08:00:01.441027+00:00',NULL,NULL,NULL);
CREATE TABLE source_papers (
    source_id INTEGER NOT NULL REFERENCES sources (id),
    day TEXT NOT NULL,
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL CHECK (position >= 1),
    facts TEXT NOT NULL CHECK (json_valid(facts)),
    gone_at TEXT,
    PRIMARY KEY (source_id, day, paper_id),
    FOREIGN KEY (source_id, day) REFERENCES source_days (source_id, day)
) STRICT, WITHOUT ROWID;
INSERT INTO "source_papers" VALUES(1,'2025-02-17',1,1,'{"arxiv_id":"2502.17001","title":"Planning by Example, Part 17","votes":90,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-17/1.png"},"read_at":"2025-02-18T21:00:00.687205+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-17',2,2,'{"arxiv_id":"2502.17002","title":"Attention by Example, Part 17","votes":80,"authors":["Ada Example","김하늘"],"read_at":"2025-02-18T21:00:00.687205+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-17',3,3,'{"arxiv_id":"2502.17003","title":"Robots by Example, Part 17","votes":70,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-17/3.png"},"read_at":"2025-02-18T21:00:00.687205+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-17',4,4,'{"arxiv_id":"2502.17004","title":"Translation by Example, Part 17","votes":60,"authors":["Ada Example","김하늘"],"read_at":"2025-02-18T21:00:00.687205+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-17',5,5,'{"arxiv_id":"2502.17005","title":"Proteins by Example, Part 17","votes":50,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-17/5.png"},"read_at":"2025-02-18T21:00:00.687205+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-17',6,6,'{"arxiv_id":"2502.17006","title":"Retrieval by Example, Part 17","authors":["Ada Example","김하늘"]}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-18',7,1,'{"arxiv_id":"2502.18001","title":"Planning by Example, Part 18","votes":97,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-18/1.png"},"read_at":"2025-02-19T08:00:01.745271+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-18',8,2,'{"arxiv_id":"2502.18002","title":"Attention by Example, Part 18","votes":87,"authors":["Ada Example","김하늘"],"read_at":"2025-02-19T08:00:01.745271+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-18',9,3,'{"arxiv_id":"2502.18003","title":"Robots by Example, Part 18","votes":77,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-18/3.png"},"read_at":"2025-02-19T08:00:01.745271+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-18',10,4,'{"arxiv_id":"2502.18004","title":"Translation by Example, Part 18","votes":67,"authors":["Ada Example","김하늘"],"read_at":"2025-02-19T08:00:01.745271+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-18',11,5,'{"arxiv_id":"2502.18005","title":"Proteins by Example, Part 18","votes":57,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-18/5.png"},"read_at":"2025-02-19T08:00:01.745271+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-18',12,6,'{"arxiv_id":"2502.18006","title":"Retrieval by Example, Part 18","authors":["Ada Example","김하늘"]}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-19',13,1,'{"arxiv_id":"2502.19001","title":"Planning by Example, Part 19","votes":90,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-19/1.png"},"read_at":"2025-02-19T08:00:01.441027+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-19',14,2,'{"arxiv_id":"2502.19002","title":"Attention by Example, Part 19","votes":80,"authors":["Ada Example","김하늘"],"read_at":"2025-02-19T08:00:01.441027+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-19',15,3,'{"arxiv_id":"2502.19003","title":"Robots by Example, Part 19","votes":70,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-19/3.png"},"read_at":"2025-02-19T08:00:01.441027+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-19',16,4,'{"arxiv_id":"2502.19004","title":"Translation by Example, Part 19","votes":60,"authors":["Ada Example","김하늘"],"read_at":"2025-02-19T08:00:01.441027+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-19',17,5,'{"arxiv_id":"2502.19005","title":"Proteins by Example, Part 19","votes":50,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-19/5.png"},"read_at":"2025-02-19T08:00:01.441027+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-19',18,6,'{"arxiv_id":"2502.19006","title":"Retrieval by Example, Part 19","authors":["Ada Example","김하늘"]}',NULL);
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('folder', 'url', 'huggingface', 'writer')),
    precedence INTEGER NOT NULL, -- where sources differ, the one with the lowest counts
    succeeded_at TEXT, -- when it was last read
    failed_at TEXT, -- when that last failed
    error TEXT -- why it failed then; NULL once it was read again
) STRICT;
INSERT INTO "sources" VALUES(1,'files','folder',1000000,NULL,NULL,NULL);
INSERT INTO "sources" VALUES(2,'huggingface','huggingface',1,'2025-02-19T20:00:00.000000+00:00',NULL,NULL);
INSERT INTO "sources" VALUES(3,'writer:small-model','writer',2000000,NULL,NULL,NULL);
CREATE TABLE stale_papers (paper_id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE terms (
    english TEXT NOT NULL COLLATE NOCASE, -- as it was first written
    korean TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 0),
    PRIMARY KEY (english, korean)
) STRICT, WITHOUT ROWID;
CREATE TABLE text_terms (
    text_id INTEGER NOT NULL REFERENCES texts (id) ON DELETE CASCADE,
    english TEXT NOT NULL COLLATE NOCASE,
    korean TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count >= 1),
    PRIMARY KEY (text_id, english, korean)
) STRICT, WITHOUT ROWID;
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    language TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    written_at TEXT NOT NULL,
    day TEXT CHECK (day IS date(day)), basis TEXT CHECK (basis IN ('abstract', 'full_text')), basis_hash TEXT, prompt_version TEXT, hidden_at TEXT, -- of the newest list that has it; NULL: it is of no list
    UNIQUE (paper_id, language, source_id)
) STRICT;
INSERT INTO "texts" VALUES(1,1,'ko',1,'2025-02-18T21:00:00.687205+00:00','2025-02-17',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(2,2,'ko',1,'2025-02-18T21:00:00.687205+00:00','2025-02-17',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(3,3,'ko',1,'2025-02-18T21:00:00.687205+00:00','2025-02-17',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(4,4,'ko',1,'2025-02-18T21:00:00.687205+00:00','2025-02-17',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(5,5,'ko',1,'2025-02-18T21:00:00.687205+00:00','2025-02-17',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(6,7,'ko',1,'2025-02-18T21:00:00.997381+00:00','2025-02-18',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(7,8,'ko',1,'2025-02-18T21:00:00.997381+00:00','2025-02-18',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(8,9,'ko',1,'2025-02-18T21:00:00.997381+00:00','2025-02-18',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(9,10,'ko',1,'2025-02-18T21:00:00.997381+00:00','2025-02-18',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(10,11,'ko',1,'2025-02-18T21:00:00.997381+00:00','2025-02-18',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(11,13,'ko',1,'2025-02-19T08:00:01.441027+00:00','2025-02-19',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(12,14,'ko',1,'2025-02-19T08:00:01.441027+00:00','2025-02-19',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(13,15,'ko',1,'2025-02-19T08:00:01.441027+00:00','2025-02-19',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(14,16,'ko',1,'2025-02-19T08:00:01.441027+00:00','2025-02-19',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(15,17,'ko',1,'2025-02-19T08:00:01.441027+00:00','2025-02-19',NULL,NULL,NULL,NULL);
INSERT INTO "texts" VALUES(16,18,'en',3,'2025-02-19T20:00:00.000000+00:00',NULL,'abstract','hash','1',NULL);
CREATE TABLE 'title_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO "title_index_config" VALUES('automerge',8);
INSERT INTO "title_index_config" VALUES('version',4);
CREATE TABLE 'title_index_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO "title_index_data" VALUES(1,X'125A');
INSERT INTO "title_index_data" VALUES(10,X'000000010104040004010101020101030101040101');
INSERT INTO "title_index_data" VALUES(137438953473,X'0000011D033031370102060102060102060102060102060102060109617474656E74696F6E0202020102627901020301020301020301020301020301020301076578616D706C6501020401020401020401020401020401020401047061727401020501020501020501020501020501020502076C616E6E696E670102020207726F7465696E73050202010972657472696576616C06020202056F626F7473030202010B7472616E736C6174696F6E04020200023131010206010206010206010206010206010206010161020202010162010203010203010203010203010203010203010165010204010204010204010204010204010204010170010402050102050102050102050104020501020501017203020203020201017404020204160E161B180C0C0E0A10160615151709');
INSERT INTO "title_index_data" VALUES(274877906945,X'0000011D033031380702060102060102060102060102060102060109617474656E74696F6E0802020102627907020301020301020301020301020301020301076578616D706C6507020401020401020401020401020401020401047061727407020501020501020501020501020501020502076C616E6E696E670702020207726F7465696E730B0202010972657472696576616C0C020202056F626F7473090202010B7472616E736C6174696F6E0A02020002313107020601020601020601020601020601020601016108020201016207020301020301020301020301020301020301016507020401020401020401020401020401020401017007040205010205010205010205010402050102050101720902020302020101740A020204160E161B180C0C0E0A10160615151709');
INSERT INTO "title_index_data" VALUES(412316860417,X'0000011D033031390D02060102060102060102060102060102060109617474656E74696F6E0E0202010262790D020301020301020301020301020301020301076578616D706C650D02040102040102040102040102040102040104706172740D020501020501020501020501020501020502076C616E6E696E670D02020207726F7465696E73110202010972657472696576616C12020202056F626F74730F0202010B7472616E736C6174696F6E100202000231310D02060102060102060102060102060102060101610E02020101620D02030102030102030102030102030102030101650D02040102040102040102040102040102040101700D040205010205010205010205010402050102050101720F020203020201017410020204160E161B180C0C0E0A10160615151709');
INSERT INTO "title_index_data" VALUES(549755813889,X'00000054033031391203060102627912030301076578616D706C65120304010470617274120305010972657472696576616C120302000231311203060101621203030101651203040101701203050101721203020407070C090E07060606');
CREATE TABLE 'title_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO "title_index_docsize" VALUES(1,X'05');
INSERT INTO "title_index_docsize" VALUES(2,X'05');
INSERT INTO "title_index_docsize" VALUES(3,X'05');
INSERT INTO "title_index_docsize" VALUES(4,X'05');
INSERT INTO "title_index_docsize" VALUES(5,X'05');
INSERT INTO "title_index_docsize" VALUES(6,X'05');
INSERT INTO "title_index_docsize" VALUES(7,X'05');
INSERT INTO "title_index_docsize" VALUES(8,X'05');
INSERT INTO "title_index_docsize" VALUES(9,X'05');
INSERT INTO "title_index_docsize" VALUES(10,X'05');
INSERT INTO "title_index_docsize" VALUES(11,X'05');
INSERT INTO "title_index_docsize" VALUES(12,X'05');
INSERT INTO "title_index_docsize" VALUES(13,X'05');
INSERT INTO "title_index_docsize" VALUES(14,X'05');
INSERT INTO "title_index_docsize" VALUES(15,X'05');
INSERT INTO "title_index_docsize" VALUES(16,X'05');
INSERT INTO "title_index_docsize" VALUES(17,X'05');
INSERT INTO "title_index_docsize" VALUES(18,X'05');
CREATE TABLE 'title_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO "title_index_idx" VALUES(1,X'',2);
INSERT INTO "title_index_idx" VALUES(2,X'',2);
INSERT INTO "title_index_idx" VALUES(3,X'',2);
INSERT INTO "title_index_idx" VALUES(4,X'',2);
CREATE TABLE "vote_readings" (
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    as_of TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    votes INTEGER NOT NULL CHECK (votes >= 0),
    PRIMARY KEY (paper_id, as_of, source_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "vote_readings" VALUES(1,'2025-02-18T21:00:00.687205+00:00',1,90);
INSERT INTO "vote_readings" VALUES(2,'2025-02-18T21:00:00.687205+00:00',1,80);
INSERT INTO "vote_readings" VALUES(3,'2025-02-18T21:00:00.687205+00:00',1,70);
INSERT INTO "vote_readings" VALUES(4,'2025-02-18T21:00:00.687205+00:00',1,60);
INSERT INTO "vote_readings" VALUES(5,'2025-02-18T21:00:00.687205+00:00',1,50);
INSERT INTO "vote_readings" VALUES(7,'2025-02-18T21:00:00.997381+00:00',1,90);
INSERT INTO "vote_readings" VALUES(7,'2025-02-19T08:00:01.745271+00:00',1,97);
INSERT INTO "vote_readings" VALUES(8,'2025-02-18T21:00:00.997381+00:00',1,80);
INSERT INTO "vote_readings" VALUES(8,'2025-02-19T08:00:01.745271+00:00',1,87);
INSERT INTO "vote_readings" VALUES(9,'2025-02-18T21:00:00.997381+00:00',1,70);
INSERT INTO "vote_readings" VALUES(9,'2025-02-19T08:00:01.745271+00:00',1,77);
INSERT INTO "vote_readings" VALUES(10,'2025-02-18T21:00:00.997381+00:00',1,60);
INSERT INTO "vote_readings" VALUES(10,'2025-02-19T08:00:01.745271+00:00',1,67);
INSERT INTO "vote_readings" VALUES(11,'2025-02-18T21:00:00.997381+00:00',1,50);
INSERT INTO "vote_readings" VALUES(11,'2025-02-19T08:00:01.745271+00:00',1,57);
INSERT INTO "vote_readings" VALUES(13,'2025-02-19T08:00:01.441027+00:00',1,90);
INSERT INTO "vote_readings" VALUES(14,'2025-02-19T08:00:01.441027+00:00',1,80);
INSERT INTO "vote_readings" VALUES(15,'2025-02-19T08:00:01.441027+00:00',1,70);
INSERT INTO "vote_readings" VALUES(16,'2025-02-19T08:00:01.441027+00:00',1,60);
INSERT INTO "vote_readings" VALUES(17,'2025-02-19T08:00:01.441027+00:00',1,50);
CREATE TABLE writer_attempts (
    id INTEGER PRIMARY KEY,
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    language TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    at TEXT NOT NULL,
    outcome TEXT NOT NULL, -- 'begun' until it has ended
    sentences INTEGER CHECK (sentences >= 0), -- that the model wrote
    dropped INTEGER CHECK (dropped BETWEEN 0 AND sentences), -- of these
    tokens INTEGER NOT NULL CHECK (tokens >= 0) -- an estimate until it has ended
) STRICT;
CREATE INDEX papers_by_votes ON papers (votes DESC, rank, arxiv_id, digest_date);
CREATE INDEX papers_by_day ON papers (digest_date, votes DESC, rank, arxiv_id);
CREATE INDEX paper_authors_by_author ON paper_authors (author_id);
CREATE INDEX schedules_by_guild ON schedules (guild_id);
CREATE INDEX schedules_by_channel ON schedules (channel_id);
CREATE INDEX deliveries_by_channel ON deliveries (channel_id, coverage);
CREATE INDEX open_deliveries ON deliveries (schedule_id) WHERE completed_at IS NULL;
CREATE INDEX history_by_guild ON history (guild_id, id);
CREATE INDEX history_by_schedule ON history (schedule_id, id);
CREATE INDEX history_by_delivery ON history (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX planned_parts ON parts (message_hash) WHERE state = 'planned';
CREATE INDEX jobs_by_time ON jobs (max(run_at, coalesce(not_before, '')));
CREATE INDEX jobs_by_schedule ON jobs (schedule_id) WHERE schedule_id IS NOT NULL;
CREATE INDEX jobs_by_delivery ON jobs (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE VIEW listed_deliveries AS
SELECT
    deliveries.*,
    (
        SELECT json_group_array(
            json_array(
                position, message_hash, mark, nonce, state, reason, reconciled_at, channel_id,
                message_id, sent_at, published_at
            )
        )
        FROM (SELECT * FROM parts WHERE delivery_id = deliveries.id ORDER BY position)
    ) AS parts
FROM deliveries;
CREATE INDEX source_days_by_day ON source_days (day);
CREATE INDEX source_papers_by_paper ON source_papers (paper_id, source_id, day);
CREATE UNIQUE INDEX setup_drafts_by_person
ON setup_drafts (guild_id, user_id, coalesce(schedule_id, 0));
CREATE INDEX setup_drafts_by_schedule ON setup_drafts (schedule_id) WHERE schedule_id IS NOT NULL;
CREATE INDEX writer_attempts_by_time ON writer_attempts (at);
CREATE INDEX writer_attempts_by_paper ON writer_attempts (paper_id, language);
CREATE INDEX reports_by_user ON reports (user_id, at);
CREATE INDEX reports_by_paper ON reports (paper_id, language);
CREATE INDEX terms_by_korean ON terms (korean);
CREATE TRIGGER text_terms_count_insert AFTER INSERT ON text_terms
BEGIN
    INSERT INTO terms (english, korean, count) VALUES (NEW.english, NEW.korean, NEW.count)
    ON CONFLICT (english, korean) DO UPDATE SET count = count + excluded.count;
END;
CREATE TRIGGER text_terms_count_delete AFTER DELETE ON text_terms
BEGIN
    UPDATE terms SET count = count - OLD.count
    WHERE english = OLD.english AND korean = OLD.korean;
    DELETE FROM terms WHERE english = OLD.english AND korean = OLD.korean AND count = 0;
END;
CREATE VIEW listed_papers AS
SELECT
    papers.*,
    (
        SELECT json_group_array(name)
        FROM (
            SELECT authors.name
            FROM paper_authors
            JOIN authors ON authors.id = paper_authors.author_id
            WHERE paper_authors.paper_id = papers.id
            ORDER BY paper_authors.position
        )
    ) AS authors,
    (
        SELECT json_group_array(json_array(language, source, json(sections), basis))
        FROM (
            SELECT
                texts.language,
                sources.name AS source,
                texts.basis,
                (
                    SELECT json_group_array(json_array(heading, body))
                    FROM (
                        SELECT heading, body
                        FROM sections
                        WHERE text_id = texts.id
                        ORDER BY position
                    )
                ) AS sections
            FROM texts
            JOIN sources ON sources.id = texts.source_id
            WHERE texts.paper_id = papers.id AND texts.hidden_at IS NULL
            ORDER BY sources.precedence, texts.id
        )
    ) AS texts
FROM papers;
CREATE VIEW paper_texts AS
SELECT
    id,
    title,
    keywords,
    organization,
    (
        SELECT json_group_array(name)
        FROM (
            SELECT authors.name
            FROM paper_authors
            JOIN authors ON authors.id = paper_authors.author_id
            WHERE paper_authors.paper_id = papers.id
            ORDER BY paper_authors.position
        )
    ) AS authors,
    (
        SELECT json_group_array(body)
        FROM (
            SELECT sections.body
            FROM texts
            JOIN sections ON sections.text_id = texts.id
            WHERE texts.paper_id = papers.id AND texts.hidden_at IS NULL
            ORDER BY texts.id, sections.position
        )
    ) AS sections,
    abstract,
    summary
FROM papers;
CREATE INDEX search_words_by_stem ON search_words (stem) WHERE stem IS NOT NULL;
CREATE INDEX search_names_by_papers ON search_names (kind, papers DESC, name);
CREATE INDEX papers_by_organization ON papers (organization) WHERE organization IS NOT NULL;
CREATE TRIGGER papers_stale_insert AFTER INSERT ON papers
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER papers_stale_update
AFTER UPDATE OF id, title, abstract, summary, keywords, organization ON papers
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (OLD.id), (NEW.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER papers_stale_delete AFTER DELETE ON papers
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (OLD.id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER texts_stale_update AFTER UPDATE OF id, paper_id, hidden_at ON texts
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (OLD.paper_id), (NEW.paper_id)
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER texts_stale_delete BEFORE DELETE ON texts
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (OLD.paper_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER sections_stale_insert AFTER INSERT ON sections
BEGIN
    INSERT INTO stale_papers (paper_id) SELECT paper_id FROM texts WHERE id = NEW.text_id
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER sections_stale_update AFTER UPDATE OF text_id, position, body ON sections
BEGIN
    INSERT INTO stale_papers (paper_id)
    SELECT paper_id FROM texts WHERE id IN (OLD.text_id, NEW.text_id)
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER sections_stale_delete AFTER DELETE ON sections
BEGIN
    INSERT INTO stale_papers (paper_id) SELECT paper_id FROM texts WHERE id = OLD.text_id
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER paper_authors_stale_insert AFTER INSERT ON paper_authors
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (NEW.paper_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER paper_authors_stale_update AFTER UPDATE ON paper_authors
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (OLD.paper_id), (NEW.paper_id)
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER paper_authors_stale_delete AFTER DELETE ON paper_authors
BEGIN
    INSERT INTO stale_papers (paper_id) VALUES (OLD.paper_id) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER authors_stale_update AFTER UPDATE OF name ON authors
BEGIN
    INSERT INTO stale_papers (paper_id)
    SELECT paper_id FROM paper_authors WHERE author_id = NEW.id
    ON CONFLICT DO NOTHING;
END;
CREATE INDEX terms_by_joined_korean ON terms (lower(replace(korean, ' ', '')));
CREATE INDEX searches_by_use ON searches (used_on);
CREATE INDEX saved_papers_in_order ON saved_papers (user_id, id);
CREATE INDEX saved_papers_by_paper ON saved_papers (arxiv_id);
CREATE INDEX lookups_by_expiry ON lookups (expires_at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('schedules',7);
INSERT INTO "sqlite_sequence" VALUES('setup_drafts',1);
INSERT INTO "sqlite_sequence" VALUES('reports',1);
INSERT INTO "sqlite_sequence" VALUES('saved_papers',1);
COMMIT;
PRAGMA writable_schema=ON;
INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES('table','name_index','name_index',0,'CREATE VIRTUAL TABLE name_index USING fts5 (
    author,
    org,
    content = '''',
    prefix = ''1 2'',
    tokenize = ''ascii''
)');
INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES('table','paper_index','paper_index',0,'CREATE VIRTUAL TABLE paper_index USING fts5 (
    title,
    authors,
    organization,
    keywords,
    body,
    compounds,
    content = '''',
    tokenize = ''ascii''
)');
INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES('table','title_index','title_index',0,'CREATE VIRTUAL TABLE title_index USING fts5 (title, content = '''', prefix = ''1'', tokenize = ''ascii'')');
PRAGMA writable_schema=RESET;
