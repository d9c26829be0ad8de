PRAGMA auto_vacuum = 0;
PRAGMA application_id = 1146118512;
PRAGMA user_version = 7;
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
INSERT INTO "content_versions" VALUES(1,4,4);
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
INSERT INTO "deliveries" VALUES(1,1,1341514580819443714,'day:2025-02-18',0,0,'{"layout":"brief","language":"en","mention":1341514584925667328,"timezone":"UTC","discuss":true,"papers":["2502.18001","2502.18002","2502.18003","2502.18004","2502.18005"],"total":6}','2025-02-19T08:00:01.014228+00:00',0,'2025-02-19T08:00:01.023363+00:00','posted');
INSERT INTO "deliveries" VALUES(2,3,1341514580819443716,'day:2025-02-18',0,0,'{"layout":"thread","language":"en","timezone":"UTC","discuss":true,"papers":["2502.18001","2502.18002","2502.18003","2502.18004"],"total":6}','2025-02-19T08:00:01.021835+00:00',0,'2025-02-19T08:00:01.142548+00:00','posted');
INSERT INTO "deliveries" VALUES(3,6,1341514580819443719,'day:2025-02-18',0,0,'{"layout":"brief","language":"en","timezone":"UTC","discuss":true,"papers":["2502.18001","2502.18002","2502.18003","2502.18004","2502.18005"],"total":6}','2025-02-19T08:00:01.024863+00:00',0,'2025-02-19T08:00:01.052950+00:00','posted');
INSERT INTO "deliveries" VALUES(4,5,1341514580819443718,'day:2025-02-18',0,0,'{"layout":"brief","language":"en","filtered":true,"timezone":"UTC","discuss":true,"papers":["2502.18001","2502.18002","2502.18003","2502.18004","2502.18005"],"total":6}','2025-02-19T08:00:01.026883+00:00',0,'2025-02-19T08:00:01.067559+00:00','posted');
INSERT INTO "deliveries" VALUES(5,2,1341514580819443715,'day:2025-02-18',0,0,'{"layout":"cards","language":"ko","filtered":true,"timezone":"UTC","discuss":true,"papers":["2502.18003"],"total":6}','2025-02-19T08:00:01.028286+00:00',0,'2025-02-19T08:00:01.082542+00:00','posted');
INSERT INTO "deliveries" VALUES(6,7,1341514580819443720,'day:2025-02-18',0,0,'{"layout":"cards","language":"en","timezone":"UTC","discuss":true,"papers":["2502.18001","2502.18002","2502.18003","2502.18004","2502.18005","2502.18006"],"total":6}','2025-02-19T08:00:01.029625+00:00',0,'2025-02-19T08:00:01.127856+00:00','posted');
INSERT INTO "deliveries" VALUES(7,1,1341514580819443714,'day:2025-02-19',0,0,'{"layout":"brief","language":"en","mention":1341514584925667328,"timezone":"UTC","discuss":true,"papers":["2502.19001","2502.19002","2502.19003","2502.19004","2502.19005"],"total":6}','2025-02-20T08:00:01.018057+00:00',0,'2025-02-20T08:00:01.099005+00:00','posted');
INSERT INTO "deliveries" VALUES(8,3,1341514580819443716,'day:2025-02-19',0,0,'{"layout":"thread","language":"en","timezone":"UTC","discuss":true,"papers":["2502.19001","2502.19002","2502.19003","2502.19004"],"total":6}','2025-02-20T08:00:01.019327+00:00',0,'2025-02-20T08:00:01.248951+00:00','posted');
INSERT INTO "deliveries" VALUES(9,2,1341514580819443715,'day:2025-02-19',0,0,'{"layout":"cards","language":"ko","filtered":true,"timezone":"UTC","discuss":true,"papers":["2502.19003"],"total":6}','2025-02-20T08:00:01.020511+00:00',0,'2025-02-20T08:00:01.128039+00:00','posted');
INSERT INTO "deliveries" VALUES(10,7,1341514580819443720,'day:2025-02-19',0,0,'{"layout":"cards","language":"en","timezone":"UTC","discuss":true,"papers":["2502.19001","2502.19002","2502.19003","2502.19004","2502.19005","2502.19006"],"total":6}','2025-02-20T08:00:01.021805+00:00',0,NULL,NULL);
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
INSERT INTO "digests" VALUES(1,'2025-02-17','2025-02-18T21:00:00.576681+00:00','2025-02-18T21:00:00.576681+00:00');
INSERT INTO "digests" VALUES(2,'2025-02-18','2025-02-18T21:00:00.880323+00:00','2025-02-19T08:00:01.755584+00:00');
INSERT INTO "digests" VALUES(3,'2025-02-19','2025-02-19T08:00:01.449601+00:00','2025-02-19T08:00:01.449601+00:00');
CREATE TABLE guilds (
    id INTEGER PRIMARY KEY,
    timezone TEXT,
    language TEXT,
    log_channel_id INTEGER,
    welcomed_at TEXT,
    left_at TEXT -- when it removed the bot; NULL while the bot is in it
) STRICT;
INSERT INTO "guilds" VALUES(1341514580819443712,'UTC','en',NULL,'2025-02-19T08:00:02.034505+00:00',NULL);
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
INSERT INTO "history" VALUES(1,'2025-02-19T08:00:01.023363+00:00',1341514580819443712,1,1341514580819443714,'posted','scheduled','day:2025-02-18',NULL,1);
INSERT INTO "history" VALUES(2,'2025-02-19T08:00:01.052950+00:00',1341514580819443712,6,1341514580819443719,'posted','scheduled','day:2025-02-18',NULL,3);
INSERT INTO "history" VALUES(3,'2025-02-19T08:00:01.067559+00:00',1341514580819443712,5,1341514580819443718,'posted','scheduled','day:2025-02-18',NULL,4);
INSERT INTO "history" VALUES(4,'2025-02-19T08:00:01.082542+00:00',1341514580819443712,2,1341514580819443715,'posted','scheduled','day:2025-02-18',NULL,5);
INSERT INTO "history" VALUES(5,'2025-02-19T08:00:01.127856+00:00',1341514580819443712,7,1341514580819443720,'posted','scheduled','day:2025-02-18',NULL,6);
INSERT INTO "history" VALUES(6,'2025-02-19T08:00:01.142548+00:00',1341514580819443712,3,1341514580819443716,'posted','scheduled','day:2025-02-18',NULL,2);
INSERT INTO "history" VALUES(7,'2025-02-19T08:00:01.446022+00:00',1341514580819443712,5,1341514580819443718,'paused','asked',NULL,1341514579968000001,NULL);
INSERT INTO "history" VALUES(8,'2025-02-20T08:00:01.017027+00:00',1341514580819443712,5,1341514580819443718,'not_posted','asked',NULL,NULL,NULL);
INSERT INTO "history" VALUES(9,'2025-02-20T08:00:01.017250+00:00',1341514580819443712,6,1341514580819443719,'paused','lacks_permission',NULL,NULL,NULL);
INSERT INTO "history" VALUES(10,'2025-02-20T08:00:01.099005+00:00',1341514580819443712,1,1341514580819443714,'posted','scheduled','day:2025-02-19',NULL,7);
INSERT INTO "history" VALUES(11,'2025-02-20T08:00:01.128039+00:00',1341514580819443712,2,1341514580819443715,'posted','scheduled','day:2025-02-19',NULL,9);
INSERT INTO "history" VALUES(12,'2025-02-20T08:00:01.248951+00:00',1341514580819443712,3,1341514580819443716,'posted','scheduled','day:2025-02-19',NULL,8);
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
INSERT INTO "jobs" VALUES('check:sources','check',NULL,NULL,'{}','check:sources',1,'2025-02-20T09:00:01.001485+00:00',NULL,NULL,0,NULL,6527156894305104432);
INSERT INTO "jobs" VALUES('clean:messages','clean',NULL,NULL,'{}','clean:messages',3,'2025-02-21T08:00:01.003296+00:00',NULL,NULL,0,NULL,5830508203446171476);
INSERT INTO "jobs" VALUES('delivery:10','delivery',7,10,'{}','post:1341514580819443720',1,'2025-02-20T08:00:00.000000+00:00','2025-02-20T08:00:50.166146+00:00','2025-02-27T08:00:01.021805+00:00',1,'discord_unavailable',2584155490424369165);
INSERT INTO "jobs" VALUES('occurrence:1','occurrence',1,NULL,'{}','post:1341514580819443714',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL,-2412556934062646852);
INSERT INTO "jobs" VALUES('occurrence:2','occurrence',2,NULL,'{}','post:1341514580819443715',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL,3847417219309811753);
INSERT INTO "jobs" VALUES('occurrence:3','occurrence',3,NULL,'{}','post:1341514580819443716',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL,8971669288900362896);
INSERT INTO "jobs" VALUES('occurrence:4','occurrence',4,NULL,'{}','post:1341514580819443717',1,'2025-02-24T08:00:00.000000+00:00',NULL,NULL,0,NULL,7813164535976104312);
INSERT INTO "jobs" VALUES('occurrence:5','occurrence',5,NULL,'{}','post:1341514580819443718',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL,-6190431183441562688);
INSERT INTO "jobs" VALUES('occurrence:6','occurrence',6,NULL,'{}','post:1341514580819443719',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL,-4502147531457999461);
INSERT INTO "jobs" VALUES('occurrence:7','occurrence',7,NULL,'{}','post:1341514580819443720',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL,7894203098185732658);
INSERT INTO "jobs" VALUES('recheck:6','recheck',6,NULL,'{}','recheck:6',1,'2025-02-20T08:10:01.017250+00:00',NULL,NULL,0,NULL,686271733802632026);
INSERT INTO "jobs" VALUES('refresh:7','refresh',1,7,'{}','after:1341514580819443714',3,'2025-02-21T00:18:30.130562+00:00',NULL,'2025-02-22T00:00:00.000000+00:00',0,NULL,-5225153662567490744);
INSERT INTO "jobs" VALUES('refresh:8','refresh',3,8,'{}','after:1341514580819443716',3,'2025-02-21T00:12:57.963114+00:00',NULL,'2025-02-22T00:00:00.000000+00:00',0,NULL,5518941564600697609);
INSERT INTO "jobs" VALUES('refresh:9','refresh',2,9,'{}','after:1341514580819443715',3,'2025-02-21T00:02:14.731878+00:00',NULL,'2025-02-22T00:00:00.000000+00:00',0,NULL,7635774581984835849);
CREATE TABLE "key_value" (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "key_value" VALUES('commands of 1341514579968000000','{"digest": "4e028450d325d59b16bcf65849fa2b6511383335d5d8125173343e05b025e24c", "ids": {"paper": 1341514580957855744, "top": 1341514580957855745, "schedule": 1341514580957855746, "setup": 1341514580957855747, "help": 1341514580957855748, "about": 1341514580957855749}}');
INSERT INTO "key_value" VALUES('direct_messages_sent','["2025-02-20T08:00:01.025632+00:00"]');
INSERT INTO "key_value" VALUES('welcomes since','2025-02-19T08:00:02.034505+00:00');
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
INSERT INTO "messages" VALUES('05156def07ab2a1db385ca03e1ca0f6a',2,'{"as_of":"Upvotes as of Wed 8:00 AM","content":null,"embeds":[{"color":11737883,"flags":0,"footer":{"text":"Ada Example, 김하늘 · Upvotes as of Wed 8:00 AM"},"title":"Retrieval by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19006"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"],["Proteins by Example, Part 19","2502.19005","arXiv 2502.19005 · ▲ 50"],["Retrieval by Example, Part 19","2502.19006","arXiv 2502.19006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-19","label":"Discuss","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-20T08:00:01.021805+00:00');
INSERT INTO "messages" VALUES('0f6ecaa19c4420a43711318d69183386',2,'{"as_of":"Upvotes as of Tue 9:00 PM","content":"Planning by Example, Part 18 ▲90 +5 <@&1341514584925667328>","embeds":[{"author":{"name":"Tuesday, February 18 · top 5 of 6","url":"https://huggingface.co/papers/date/2025-02-18"},"color":11737883,"description":"(Korean) 계획에 관한 새 방법을 소개합니다.","flags":0,"thumbnail":{"url":"https://example.org/2025-02-18/1.png"},"title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"color":11737883,"description":"**▲80 [Attention by Example, Part 18](https://arxiv.org/abs/2502.18002)**\n**▲70 [Robots by Example, Part 18](https://arxiv.org/abs/2502.18003)**\n**▲60 [Translation by Example, Part 18](https://arxiv.org/abs/2502.18004)**\n**▲50 [Proteins by Example, Part 18](https://arxiv.org/abs/2502.18005)**","flags":0,"footer":{"text":"Upvotes as of Tue 9:00 PM"},"type":"rich"}],"role":1341514584925667328,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"],["Retrieval by Example, Part 18","2502.18006","arXiv 2502.18006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-18","label":"All 6","shown":5,"type":"rest"},{"coverage":"day:2025-02-18","label":"Discuss","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.014228+00:00');
INSERT INTO "messages" VALUES('3d84dd81ad2042676d0a72fe5c4e4636',2,'{"as_of":null,"content":"Planning by Example, Part 18 ▲90 +5","embeds":[{"author":{"name":"▲90 · Tuesday, February 18 · all 6 papers","url":"https://huggingface.co/papers/date/2025-02-18"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"계획에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-18/1.png"},"title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"author":{"name":"▲80"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"어텐션에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Attention by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18002"},{"author":{"name":"▲70"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"로봇에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-18/3.png"},"title":"Robots by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18003"},{"author":{"name":"▲60"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"번역에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Translation by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18004"},{"author":{"name":"▲50"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"단백질에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-18/5.png"},"title":"Proteins by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18005"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"]],"placeholder":"Read a summary…","type":"menu"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.029625+00:00');
INSERT INTO "messages" VALUES('45dbb85ad0b02eea0f7b5a623fce21d4',2,'{"as_of":"Upvotes as of Tue 9:00 PM","content":null,"embeds":[{"color":11737883,"flags":0,"footer":{"text":"Ada Example, 김하늘 · Upvotes as of Tue 9:00 PM"},"title":"Retrieval by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18006"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"],["Retrieval by Example, Part 18","2502.18006","arXiv 2502.18006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-18","label":"Discuss","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.029625+00:00');
INSERT INTO "messages" VALUES('630c5e2b62059dda630dd1eaaa2e1a9e',2,'{"as_of":"Upvotes as of Wed 8:00 AM","content":"Planning by Example, Part 19 ▲90 +5","embeds":[{"author":{"name":"Wednesday, February 19 · top 4 of 6","url":"https://huggingface.co/papers/date/2025-02-19"},"color":11737883,"description":"(Korean) 계획에 관한 새 방법을 소개합니다.","flags":0,"thumbnail":{"url":"https://example.org/2025-02-19/1.png"},"title":"Planning by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19001"},{"color":11737883,"description":"**▲80 [Attention by Example, Part 19](https://arxiv.org/abs/2502.19002)**\n**▲70 [Robots by Example, Part 19](https://arxiv.org/abs/2502.19003)**\n**▲60 [Translation by Example, Part 19](https://arxiv.org/abs/2502.19004)**","flags":0,"footer":{"text":"Upvotes as of Wed 8:00 AM"},"type":"rich"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"],["Proteins by Example, Part 19","2502.19005","arXiv 2502.19005 · ▲ 50"],["Retrieval by Example, Part 19","2502.19006","arXiv 2502.19006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-19","label":"All 6","shown":4,"type":"rest"}]],"silent":false,"target":"channel","thread_name":"Feb 19 · Planning by Example, Part 19"}','2025-02-20T08:00:01.019327+00:00');
INSERT INTO "messages" VALUES('764eecfd88ad949360d03fad6cb7e331',2,'{"as_of":null,"content":null,"embeds":[{"author":{"name":"▲90"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"계획에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-18/1.png"},"title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"author":{"name":"▲80"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"어텐션에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Attention by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18002"},{"author":{"name":"▲70"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"로봇에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-18/3.png"},"title":"Robots by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18003"},{"author":{"name":"▲60"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"번역에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Translation by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18004"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"]],"placeholder":"Read a summary…","type":"menu"}]],"silent":false,"target":"thread","thread_name":null}','2025-02-19T08:00:01.021835+00:00');
INSERT INTO "messages" VALUES('7a20fed29c1d99d1bc3b7dc2b4f84481',2,'{"as_of":"Upvotes as of Wed 8:00 AM","content":"Planning by Example, Part 19 ▲90 +5 <@&1341514584925667328>","embeds":[{"author":{"name":"Wednesday, February 19 · top 5 of 6","url":"https://huggingface.co/papers/date/2025-02-19"},"color":11737883,"description":"(Korean) 계획에 관한 새 방법을 소개합니다.","flags":0,"thumbnail":{"url":"https://example.org/2025-02-19/1.png"},"title":"Planning by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19001"},{"color":11737883,"description":"**▲80 [Attention by Example, Part 19](https://arxiv.org/abs/2502.19002)**\n**▲70 [Robots by Example, Part 19](https://arxiv.org/abs/2502.19003)**\n**▲60 [Translation by Example, Part 19](https://arxiv.org/abs/2502.19004)**\n**▲50 [Proteins by Example, Part 19](https://arxiv.org/abs/2502.19005)**","flags":0,"footer":{"text":"Upvotes as of Wed 8:00 AM"},"type":"rich"}],"role":1341514584925667328,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"],["Proteins by Example, Part 19","2502.19005","arXiv 2502.19005 · ▲ 50"],["Retrieval by Example, Part 19","2502.19006","arXiv 2502.19006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-19","label":"All 6","shown":5,"type":"rest"},{"coverage":"day:2025-02-19","label":"Discuss","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-20T08:00:01.018057+00:00');
INSERT INTO "messages" VALUES('8e9fc6e443e37e5727dc6a6349b3e5f8',2,'{"as_of":null,"content":null,"embeds":[{"author":{"name":"▲90"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"계획에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-19/1.png"},"title":"Planning by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19001"},{"author":{"name":"▲80"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"어텐션에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Attention by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19002"},{"author":{"name":"▲70"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"로봇에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-19/3.png"},"title":"Robots by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19003"},{"author":{"name":"▲60"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"번역에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Translation by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19004"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"]],"placeholder":"Read a summary…","type":"menu"}]],"silent":false,"target":"thread","thread_name":null}','2025-02-20T08:00:01.019327+00:00');
INSERT INTO "messages" VALUES('948976bb2daae29c3b3b98ca921cbe0c',2,'{"as_of":"Upvotes as of Tue 9:00 PM","content":"Planning by Example, Part 18 ▲90 +5","embeds":[{"author":{"name":"Tuesday, February 18 · top 4 of 6","url":"https://huggingface.co/papers/date/2025-02-18"},"color":11737883,"description":"(Korean) 계획에 관한 새 방법을 소개합니다.","flags":0,"thumbnail":{"url":"https://example.org/2025-02-18/1.png"},"title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"color":11737883,"description":"**▲80 [Attention by Example, Part 18](https://arxiv.org/abs/2502.18002)**\n**▲70 [Robots by Example, Part 18](https://arxiv.org/abs/2502.18003)**\n**▲60 [Translation by Example, Part 18](https://arxiv.org/abs/2502.18004)**","flags":0,"footer":{"text":"Upvotes as of Tue 9:00 PM"},"type":"rich"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"],["Retrieval by Example, Part 18","2502.18006","arXiv 2502.18006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-18","label":"All 6","shown":4,"type":"rest"}]],"silent":false,"target":"channel","thread_name":"Feb 18 · Planning by Example, Part 18"}','2025-02-19T08:00:01.021835+00:00');
INSERT INTO "messages" VALUES('c17723f552f29cbb541cfa9e102effda',2,'{"as_of":"추천: 화요일 오후 9:00 기준","content":"Robots by Example, Part 18 ▲70 +5","embeds":[{"author":{"name":"▲70 · 2월 18일 화요일 · 6편 중 조건에 맞는 1편","url":"https://huggingface.co/papers/date/2025-02-18"},"color":11737883,"fields":[{"inline":false,"name":"새로운 점","value":"로봇에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘 · 추천: 화요일 오후 9:00 기준"},"image":{"url":"https://example.org/2025-02-18/3.png"},"title":"Robots by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18003"}],"role":null,"rows":[[{"options":[["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"],["Retrieval by Example, Part 18","2502.18006","arXiv 2502.18006 · 추천 수 미확인"]],"placeholder":"요약 보기…","type":"menu"}],[{"coverage":"day:2025-02-18","label":"6편 모두 보기","shown":1,"type":"rest"},{"coverage":"day:2025-02-18","label":"토론하기","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.028286+00:00');
INSERT INTO "messages" VALUES('d8269ec56dc9351ee30d9d6b46c3f4eb',2,'{"as_of":"Upvotes as of Tue 9:00 PM","content":"Planning by Example, Part 18 ▲90 +5","embeds":[{"author":{"name":"Tuesday, February 18 · top 5 of 6","url":"https://huggingface.co/papers/date/2025-02-18"},"color":11737883,"description":"(Korean) 계획에 관한 새 방법을 소개합니다.","flags":0,"thumbnail":{"url":"https://example.org/2025-02-18/1.png"},"title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"color":11737883,"description":"**▲80 [Attention by Example, Part 18](https://arxiv.org/abs/2502.18002)**\n**▲70 [Robots by Example, Part 18](https://arxiv.org/abs/2502.18003)**\n**▲60 [Translation by Example, Part 18](https://arxiv.org/abs/2502.18004)**\n**▲50 [Proteins by Example, Part 18](https://arxiv.org/abs/2502.18005)**","flags":0,"footer":{"text":"Upvotes as of Tue 9:00 PM"},"type":"rich"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"],["Retrieval by Example, Part 18","2502.18006","arXiv 2502.18006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-18","label":"All 6","shown":5,"type":"rest"},{"coverage":"day:2025-02-18","label":"Discuss","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.024863+00:00');
INSERT INTO "messages" VALUES('e4d0055ce6482dbe5f522a42eb48d35a',2,'{"as_of":"Upvotes as of Tue 9:00 PM","content":"Planning by Example, Part 18 ▲90 +5","embeds":[{"author":{"name":"Tuesday, February 18 · 5 matches in 6","url":"https://huggingface.co/papers/date/2025-02-18"},"color":11737883,"description":"(Korean) 계획에 관한 새 방법을 소개합니다.","flags":0,"thumbnail":{"url":"https://example.org/2025-02-18/1.png"},"title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"color":11737883,"description":"**▲80 [Attention by Example, Part 18](https://arxiv.org/abs/2502.18002)**\n**▲70 [Robots by Example, Part 18](https://arxiv.org/abs/2502.18003)**\n**▲60 [Translation by Example, Part 18](https://arxiv.org/abs/2502.18004)**\n**▲50 [Proteins by Example, Part 18](https://arxiv.org/abs/2502.18005)**","flags":0,"footer":{"text":"Upvotes as of Tue 9:00 PM"},"type":"rich"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"],["Retrieval by Example, Part 18","2502.18006","arXiv 2502.18006 · upvotes unknown"]],"placeholder":"Read a summary…","type":"menu"}],[{"coverage":"day:2025-02-18","label":"All 6","shown":5,"type":"rest"},{"coverage":"day:2025-02-18","label":"Discuss","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.026883+00:00');
INSERT INTO "messages" VALUES('ee144305d3c92443d197de50fa8c0f75',2,'{"as_of":null,"content":"Planning by Example, Part 19 ▲90 +5","embeds":[{"author":{"name":"▲90 · Wednesday, February 19 · all 6 papers","url":"https://huggingface.co/papers/date/2025-02-19"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"계획에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-19/1.png"},"title":"Planning by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19001"},{"author":{"name":"▲80"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"어텐션에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Attention by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19002"},{"author":{"name":"▲70"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"로봇에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-19/3.png"},"title":"Robots by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19003"},{"author":{"name":"▲60"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"번역에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"title":"Translation by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19004"},{"author":{"name":"▲50"},"color":11737883,"fields":[{"inline":false,"name":"What''s New (Korean)","value":"단백질에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘"},"image":{"url":"https://example.org/2025-02-19/5.png"},"title":"Proteins by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19005"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"],["Proteins by Example, Part 19","2502.19005","arXiv 2502.19005 · ▲ 50"]],"placeholder":"Read a summary…","type":"menu"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-20T08:00:01.021805+00:00');
INSERT INTO "messages" VALUES('f3ae6e442eb17349c6d12d738bb4c2e5',2,'{"as_of":"추천: 수요일 오전 8:00 기준","content":"Robots by Example, Part 19 ▲70 +5","embeds":[{"author":{"name":"▲70 · 2월 19일 수요일 · 6편 중 조건에 맞는 1편","url":"https://huggingface.co/papers/date/2025-02-19"},"color":11737883,"fields":[{"inline":false,"name":"새로운 점","value":"로봇에 관한 새 방법을 소개합니다."}],"flags":0,"footer":{"text":"Ada Example, 김하늘 · 추천: 수요일 오전 8:00 기준"},"image":{"url":"https://example.org/2025-02-19/3.png"},"title":"Robots by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19003"}],"role":null,"rows":[[{"options":[["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"],["Proteins by Example, Part 19","2502.19005","arXiv 2502.19005 · ▲ 50"],["Retrieval by Example, Part 19","2502.19006","arXiv 2502.19006 · 추천 수 미확인"]],"placeholder":"요약 보기…","type":"menu"}],[{"coverage":"day:2025-02-19","label":"6편 모두 보기","shown":1,"type":"rest"},{"coverage":"day:2025-02-19","label":"토론하기","type":"discuss"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-20T08:00:01.020511+00:00');
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
CREATE TABLE 'paper_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO "paper_words_config" VALUES('automerge',8);
INSERT INTO "paper_words_config" VALUES('version',4);
CREATE TABLE 'paper_words_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO "paper_words_data" VALUES(1,X'125A364B');
INSERT INTO "paper_words_data" VALUES(10,X'000000010103030003010101020101030101');
INSERT INTO "paper_words_data" VALUES(137438953473,X'000001EA03303137010206010206010206010206010206010206010361646101060101020106010102010601010201060101020106010102010601010202087474656E74696F6E0202020102627901020301020301020301020301020301020301076578616D706C6501080401010301080401010301080401010301080401010301080401010301080401010301047061727401020501020501020501020501020501020502076C616E6E696E670102020207726F7465696E73050202010972657472696576616C06020202056F626F7473030202010B7472616E736C6174696F6E0402020109EAB384ED9A8DEC979001060102020205B480ED959C010601020301060102030106010203010601020301060102030208B980ED9598EB8A98010601010401060101040106010104010601010401060101040106010104010CEB8BA8EBB0B1ECA788EC979005060102020208A19CEBB487EC979003060102020208B0A9EBB295EC9D84010601020501060102050106010205010601020501060102050208B288EC97ADEC979004060102020103EC838801060102040106010204010601020401060102040106010204020E868CEAB09CED95A9EB8B88EB8BA401060102060106010206010601020601060102060106010206020B96B4ED8590EC8598EC979002060102020416230D162D180C0C0E0A10102028130F230F1E29');
INSERT INTO "paper_words_data" VALUES(274877906945,X'000001EA03303138070206010206010206010206010206010206010361646107060101020106010102010601010201060101020106010102010601010202087474656E74696F6E0802020102627907020301020301020301020301020301020301076578616D706C6507080401010301080401010301080401010301080401010301080401010301080401010301047061727407020501020501020501020501020501020502076C616E6E696E670702020207726F7465696E730B0202010972657472696576616C0C020202056F626F7473090202010B7472616E736C6174696F6E0A02020109EAB384ED9A8DEC979007060102020205B480ED959C070601020301060102030106010203010601020301060102030208B980ED9598EB8A98070601010401060101040106010104010601010401060101040106010104010CEB8BA8EBB0B1ECA788EC97900B060102020208A19CEBB487EC979009060102020208B0A9EBB295EC9D84070601020501060102050106010205010601020501060102050208B288EC97ADEC97900A060102020103EC838807060102040106010204010601020401060102040106010204020E868CEAB09CED95A9EB8B88EB8BA407060102060106010206010601020601060102060106010206020B96B4ED8590EC8598EC979008060102020416230D162D180C0C0E0A10102028130F230F1E29');
INSERT INTO "paper_words_data" VALUES(412316860417,X'000001EA033031390D020601020601020601020601020601020601036164610D060101020106010102010601010201060101020106010102010601010202087474656E74696F6E0E0202010262790D020301020301020301020301020301020301076578616D706C650D08040101030108040101030108040101030108040101030108040101030108040101030104706172740D020501020501020501020501020501020502076C616E6E696E670D02020207726F7465696E73110202010972657472696576616C12020202056F626F74730F0202010B7472616E736C6174696F6E1002020109EAB384ED9A8DEC97900D060102020205B480ED959C0D0601020301060102030106010203010601020301060102030208B980ED9598EB8A980D0601010401060101040106010104010601010401060101040106010104010CEB8BA8EBB0B1ECA788EC979011060102020208A19CEBB487EC97900F060102020208B0A9EBB295EC9D840D0601020501060102050106010205010601020501060102050208B288EC97ADEC979010060102020103EC83880D060102040106010204010601020401060102040106010204020E868CEAB09CED95A9EB8B88EB8BA40D060102060106010206010601020601060102060106010206020B96B4ED8590EC8598EC97900E060102020416230D162D180C0C0E0A10102028130F230F1E29');
CREATE TABLE 'paper_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO "paper_words_docsize" VALUES(1,X'050305');
INSERT INTO "paper_words_docsize" VALUES(2,X'050305');
INSERT INTO "paper_words_docsize" VALUES(3,X'050305');
INSERT INTO "paper_words_docsize" VALUES(4,X'050305');
INSERT INTO "paper_words_docsize" VALUES(5,X'050305');
INSERT INTO "paper_words_docsize" VALUES(6,X'050300');
INSERT INTO "paper_words_docsize" VALUES(7,X'050305');
INSERT INTO "paper_words_docsize" VALUES(8,X'050305');
INSERT INTO "paper_words_docsize" VALUES(9,X'050305');
INSERT INTO "paper_words_docsize" VALUES(10,X'050305');
INSERT INTO "paper_words_docsize" VALUES(11,X'050305');
INSERT INTO "paper_words_docsize" VALUES(12,X'050300');
INSERT INTO "paper_words_docsize" VALUES(13,X'050305');
INSERT INTO "paper_words_docsize" VALUES(14,X'050305');
INSERT INTO "paper_words_docsize" VALUES(15,X'050305');
INSERT INTO "paper_words_docsize" VALUES(16,X'050305');
INSERT INTO "paper_words_docsize" VALUES(17,X'050305');
INSERT INTO "paper_words_docsize" VALUES(18,X'050300');
CREATE TABLE 'paper_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO "paper_words_idx" VALUES(1,X'',2);
INSERT INTO "paper_words_idx" VALUES(2,X'',2);
INSERT INTO "paper_words_idx" VALUES(3,X'',2);
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
INSERT INTO "papers" VALUES(1,'2502.17001','Planning by Example, Part 17','image','https://example.org/2025-02-17/1.png','2025-02-18T21:00:00.576681+00:00',90,'2025-02-18T21:00:00.576681+00:00','2025-02-17',1,'2025-02-17T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(2,'2502.17002','Attention by Example, Part 17',NULL,NULL,'2025-02-18T21:00:00.576681+00:00',80,'2025-02-18T21:00:00.576681+00:00','2025-02-17',2,'2025-02-17T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(3,'2502.17003','Robots by Example, Part 17','image','https://example.org/2025-02-17/3.png','2025-02-18T21:00:00.576681+00:00',70,'2025-02-18T21:00:00.576681+00:00','2025-02-17',3,'2025-02-17T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(4,'2502.17004','Translation by Example, Part 17',NULL,NULL,'2025-02-18T21:00:00.576681+00:00',60,'2025-02-18T21:00:00.576681+00:00','2025-02-17',4,'2025-02-17T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(5,'2502.17005','Proteins by Example, Part 17','image','https://example.org/2025-02-17/5.png','2025-02-18T21:00:00.576681+00:00',50,'2025-02-18T21:00:00.576681+00:00','2025-02-17',5,'2025-02-17T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(6,'2502.17006','Retrieval by Example, Part 17',NULL,NULL,'2025-02-18T21:00:00.576681+00:00',NULL,NULL,'2025-02-17',6,NULL,NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(7,'2502.18001','Planning by Example, Part 18','image','https://example.org/2025-02-18/1.png','2025-02-18T21:00:00.880323+00:00',97,'2025-02-19T08:00:01.755584+00:00','2025-02-18',1,'2025-02-18T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(8,'2502.18002','Attention by Example, Part 18',NULL,NULL,'2025-02-18T21:00:00.880323+00:00',87,'2025-02-19T08:00:01.755584+00:00','2025-02-18',2,'2025-02-18T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(9,'2502.18003','Robots by Example, Part 18','image','https://example.org/2025-02-18/3.png','2025-02-18T21:00:00.880323+00:00',77,'2025-02-19T08:00:01.755584+00:00','2025-02-18',3,'2025-02-18T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(10,'2502.18004','Translation by Example, Part 18',NULL,NULL,'2025-02-18T21:00:00.880323+00:00',67,'2025-02-19T08:00:01.755584+00:00','2025-02-18',4,'2025-02-18T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(11,'2502.18005','Proteins by Example, Part 18','image','https://example.org/2025-02-18/5.png','2025-02-18T21:00:00.880323+00:00',57,'2025-02-19T08:00:01.755584+00:00','2025-02-18',5,'2025-02-18T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(12,'2502.18006','Retrieval by Example, Part 18',NULL,NULL,'2025-02-18T21:00:00.880323+00:00',NULL,NULL,'2025-02-18',6,NULL,NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(13,'2502.19001','Planning by Example, Part 19','image','https://example.org/2025-02-19/1.png','2025-02-19T08:00:01.449601+00:00',90,'2025-02-19T08:00:01.449601+00:00','2025-02-19',1,'2025-02-19T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(14,'2502.19002','Attention by Example, Part 19',NULL,NULL,'2025-02-19T08:00:01.449601+00:00',80,'2025-02-19T08:00:01.449601+00:00','2025-02-19',2,'2025-02-19T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(15,'2502.19003','Robots by Example, Part 19','image','https://example.org/2025-02-19/3.png','2025-02-19T08:00:01.449601+00:00',70,'2025-02-19T08:00:01.449601+00:00','2025-02-19',3,'2025-02-19T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(16,'2502.19004','Translation by Example, Part 19',NULL,NULL,'2025-02-19T08:00:01.449601+00:00',60,'2025-02-19T08:00:01.449601+00:00','2025-02-19',4,'2025-02-19T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(17,'2502.19005','Proteins by Example, Part 19','image','https://example.org/2025-02-19/5.png','2025-02-19T08:00:01.449601+00:00',50,'2025-02-19T08:00:01.449601+00:00','2025-02-19',5,'2025-02-19T00:00:00.000000+00:00',NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO "papers" VALUES(18,'2502.19006','Retrieval by Example, Part 19',NULL,NULL,'2025-02-19T08:00:01.449601+00:00',NULL,NULL,'2025-02-19',6,NULL,NULL,NULL,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
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
INSERT INTO "parts" VALUES(1,1,'c88f4f19cecef68c7f0717e3c3fbf2c6','7k5wvkAa8jhI','wPKgS5K-48M8EsPN','sent',NULL,NULL,1341514580819443714,1341680678692978688,'2025-02-19T08:00:01.023356+00:00',NULL);
INSERT INTO "parts" VALUES(2,1,'ec9df448eacc289afc05a27187f06269','PVGl5jsXgRFx','0NuC430MWhZvxx3E','sent',NULL,NULL,1341514580819443716,1341680678755893248,'2025-02-19T08:00:01.037956+00:00',NULL);
INSERT INTO "parts" VALUES(2,2,'5b7cb662e9296d6e4d158e53d0125e62','Y60qblsnGPSC','Kt8yUkCXoAzUq5zG','sent',NULL,NULL,1341680678755893248,1341680679192100864,'2025-02-19T08:00:01.142538+00:00',NULL);
INSERT INTO "parts" VALUES(3,1,'a7a62a98f80d3b612f2c09ccea35996b','rLAjPnmHCtj1','LJsllIkAxSh_J4Nu','sent',NULL,NULL,1341514580819443719,1341680678818807808,'2025-02-19T08:00:01.052943+00:00',NULL);
INSERT INTO "parts" VALUES(4,1,'4eafff2cbb7a9f44858a4265c875cb2b','cU871SqDk1Xg','Ea5UIOQjln9_BlY7','sent',NULL,NULL,1341514580819443718,1341680678877528064,'2025-02-19T08:00:01.067554+00:00',NULL);
INSERT INTO "parts" VALUES(5,1,'17257f6d7335e3b618a40b7e5f863b98','JWRISJCoon8E','ySDLX9w2T9vZKWwZ','sent',NULL,NULL,1341514580819443715,1341680678940442624,'2025-02-19T08:00:01.082538+00:00',NULL);
INSERT INTO "parts" VALUES(6,1,'3a3ad41d32e9b6e193ece027f49ba61d','l8gIbm7rAnXn','StK1mxh_GwnrkzBN','sent',NULL,NULL,1341514580819443720,1341680679003357184,'2025-02-19T08:00:01.097351+00:00',NULL);
INSERT INTO "parts" VALUES(6,2,'a64660120c8fd0357c4b367108a57297','lOkmYGchO2sU','w83oBEC1CLozjNA9','sent',NULL,NULL,1341514580819443720,1341680679133380608,'2025-02-19T08:00:01.127845+00:00',NULL);
INSERT INTO "parts" VALUES(7,1,'7a20fed29c1d99d1bc3b7dc2b4f84481','tgtU4fo4hx9Z','fkX-726Bd9Qu-zc_','sent',NULL,NULL,1341514580819443714,1342043066877345792,'2025-02-20T08:00:01.098995+00:00',NULL);
INSERT INTO "parts" VALUES(8,1,'630c5e2b62059dda630dd1eaaa2e1a9e','U9nJtnW4D3Uk','QnHnpbkjK6OkESB_','sent',NULL,NULL,1341514580819443716,1342043066940260352,'2025-02-20T08:00:01.113694+00:00',NULL);
INSERT INTO "parts" VALUES(8,2,'8e9fc6e443e37e5727dc6a6349b3e5f8','vL7cOKAS_HMH','RuVicu6b_KwNkyky','sent',NULL,NULL,1342043066940260352,1342043067506491392,'2025-02-20T08:00:01.248942+00:00',NULL);
INSERT INTO "parts" VALUES(9,1,'f3ae6e442eb17349c6d12d738bb4c2e5','_ZDMUJRmqW4Q','qDNtQ1X7DvBUAsim','sent',NULL,NULL,1341514580819443715,1342043066998980608,'2025-02-20T08:00:01.128033+00:00',NULL);
INSERT INTO "parts" VALUES(10,1,'ee144305d3c92443d197de50fa8c0f75','hhKqE-VPKjzO','mn8Rb0ZigoElBvPm','sent',NULL,NULL,1341514580819443720,1342043067057700864,'2025-02-20T08:00:01.142400+00:00',NULL);
INSERT INTO "parts" VALUES(10,2,'05156def07ab2a1db385ca03e1ca0f6a','ha-XAsMbBcq6','RzTEMsY_o0kQcKEB','planned',NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "schedules" VALUES(1,1341514580819443712,1341514579968000001,'2025-02-18T21:00:01.184551+00:00',1,1341514580819443714,'08:00','UTC',5,'en','day','brief',127,NULL,'','',1341514584925667328,0,0,1,24,NULL,'2025-02-20','2025-02-20T08:00:00.000000+00:00',NULL,NULL,NULL,NULL);
INSERT INTO "schedules" VALUES(2,1341514580819443712,1341514579968000001,'2025-02-18T21:00:01.199269+00:00',1,1341514580819443715,'08:00','UTC',3,'ko','day','cards',127,NULL,'robots','',NULL,0,0,1,24,NULL,'2025-02-20','2025-02-20T08:00:00.000000+00:00',NULL,NULL,NULL,NULL);
INSERT INTO "schedules" VALUES(3,1341514580819443712,1341514579968000001,'2025-02-18T21:00:01.212060+00:00',1,1341514580819443716,'08:00','UTC',4,'en','day','thread',127,NULL,'','',NULL,0,0,1,24,NULL,'2025-02-20','2025-02-20T08:00:00.000000+00:00',NULL,NULL,NULL,NULL);
INSERT INTO "schedules" VALUES(4,1341514580819443712,1341514579968000001,'2025-02-18T21:00:01.222787+00:00',1,1341514580819443717,'08:00','UTC',10,'en','week','brief',127,NULL,'','',NULL,0,0,1,24,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "schedules" VALUES(5,1341514580819443712,1341514579968000001,'2025-02-18T21:00:01.228013+00:00',1,1341514580819443718,'08:00','UTC',5,'en','day','brief',127,5,'','',NULL,0,0,1,24,NULL,'2025-02-19','2025-02-19T08:00:00.000000+00:00','2025-02-19T08:00:01.446022+00:00','asked',NULL,NULL);
INSERT INTO "schedules" VALUES(6,1341514580819443712,1341514579968000001,'2025-02-18T21:00:01.231660+00:00',1,1341514580819443719,'08:00','UTC',5,'en','day','brief',127,NULL,'','',NULL,0,0,1,48,NULL,'2025-02-19','2025-02-19T08:00:00.000000+00:00','2025-02-20T08:00:01.017250+00:00','lacks_permission','lacks_permission',NULL);
INSERT INTO "schedules" VALUES(7,1341514580819443712,1341514579968000001,'2025-02-18T21:00:01.234596+00:00',1,1341514580819443720,'08:00','UTC',6,'en','day','cards',127,NULL,'','',NULL,0,0,1,24,NULL,'2025-02-20','2025-02-20T08:00:00.000000+00:00',NULL,NULL,NULL,NULL);
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
CREATE TABLE setup_drafts (
    -- An id is never given twice: it stands in the custom_ids of screens.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL, -- whose screen it is
    schedule_id INTEGER REFERENCES schedules (id) ON DELETE CASCADE, -- NULL: of a new schedule
    draft TEXT NOT NULL CHECK (json_valid(draft)),
    updated_at TEXT NOT NULL
) STRICT;
INSERT INTO "setup_drafts" VALUES(1,1341514580819443712,1341514579968000001,NULL,'{}','2025-02-19T20:00:00.000000+00:00');
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
INSERT INTO "source_days" VALUES(1,'2025-02-17',NULL,NULL,'2025-02-18T21:00:00.576681+00:00','2025-02-18T21:00:00.576681+00:00','2025-02-18T21:00:00.576681+00:00',NULL,NULL,NULL);
INSERT INTO "source_days" VALUES(1,'2025-02-18',NULL,NULL,'2025-02-18T21:00:00.880323+00:00','2025-02-19T08:00:01.755584+00:00','2025-02-19T08:00:01.755584+00:00',NULL,NULL,NULL);
INSERT INTO "source_days" VALUES(1,'2025-02-19',NULL,NULL,'2025-02-19T08:00:01.449601+00:00','2025-02-19T08:00:01.449601+00:00','2025-02-19T08:00:01.449601+00:00',NULL,NULL,NULL);
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
INSERT INTO "source_papers" VALUES(1,'2025-02-17',1,1,'{"arxiv_id":"2502.17001","title":"Planning by Example, Part 17","votes":90,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-17/1.png"},"read_at":"2025-02-18T21:00:00.576681+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-17',2,2,'{"arxiv_id":"2502.17002","title":"Attention by Example, Part 17","votes":80,"authors":["Ada Example","김하늘"],"read_at":"2025-02-18T21:00:00.576681+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-17',3,3,'{"arxiv_id":"2502.17003","title":"Robots by Example, Part 17","votes":70,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-17/3.png"},"read_at":"2025-02-18T21:00:00.576681+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-17',4,4,'{"arxiv_id":"2502.17004","title":"Translation by Example, Part 17","votes":60,"authors":["Ada Example","김하늘"],"read_at":"2025-02-18T21:00:00.576681+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-17',5,5,'{"arxiv_id":"2502.17005","title":"Proteins by Example, Part 17","votes":50,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-17/5.png"},"read_at":"2025-02-18T21:00:00.576681+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-17',6,6,'{"arxiv_id":"2502.17006","title":"Retrieval by Example, Part 17","authors":["Ada Example","김하늘"]}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-18',7,1,'{"arxiv_id":"2502.18001","title":"Planning by Example, Part 18","votes":97,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-18/1.png"},"read_at":"2025-02-19T08:00:01.755584+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-18',8,2,'{"arxiv_id":"2502.18002","title":"Attention by Example, Part 18","votes":87,"authors":["Ada Example","김하늘"],"read_at":"2025-02-19T08:00:01.755584+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-18',9,3,'{"arxiv_id":"2502.18003","title":"Robots by Example, Part 18","votes":77,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-18/3.png"},"read_at":"2025-02-19T08:00:01.755584+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-18',10,4,'{"arxiv_id":"2502.18004","title":"Translation by Example, Part 18","votes":67,"authors":["Ada Example","김하늘"],"read_at":"2025-02-19T08:00:01.755584+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-18',11,5,'{"arxiv_id":"2502.18005","title":"Proteins by Example, Part 18","votes":57,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-18/5.png"},"read_at":"2025-02-19T08:00:01.755584+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-18',12,6,'{"arxiv_id":"2502.18006","title":"Retrieval by Example, Part 18","authors":["Ada Example","김하늘"]}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-19',13,1,'{"arxiv_id":"2502.19001","title":"Planning by Example, Part 19","votes":90,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-19/1.png"},"read_at":"2025-02-19T08:00:01.449601+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-19',14,2,'{"arxiv_id":"2502.19002","title":"Attention by Example, Part 19","votes":80,"authors":["Ada Example","김하늘"],"read_at":"2025-02-19T08:00:01.449601+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-19',15,3,'{"arxiv_id":"2502.19003","title":"Robots by Example, Part 19","votes":70,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-19/3.png"},"read_at":"2025-02-19T08:00:01.449601+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-19',16,4,'{"arxiv_id":"2502.19004","title":"Translation by Example, Part 19","votes":60,"authors":["Ada Example","김하늘"],"read_at":"2025-02-19T08:00:01.449601+00:00"}',NULL);
INSERT INTO "source_papers" VALUES(1,'2025-02-19',17,5,'{"arxiv_id":"2502.19005","title":"Proteins by Example, Part 19","votes":50,"authors":["Ada Example","김하늘"],"media":{"kind":"image","url":"https://example.org/2025-02-19/5.png"},"read_at":"2025-02-19T08:00:01.449601+00:00"}',NULL);
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
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    language TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    written_at TEXT NOT NULL,
    day TEXT CHECK (day IS date(day)), -- of the newest list that has it; NULL: it is of no list
    UNIQUE (paper_id, language, source_id)
) STRICT;
INSERT INTO "texts" VALUES(1,1,'ko',1,'2025-02-18T21:00:00.576681+00:00','2025-02-17');
INSERT INTO "texts" VALUES(2,2,'ko',1,'2025-02-18T21:00:00.576681+00:00','2025-02-17');
INSERT INTO "texts" VALUES(3,3,'ko',1,'2025-02-18T21:00:00.576681+00:00','2025-02-17');
INSERT INTO "texts" VALUES(4,4,'ko',1,'2025-02-18T21:00:00.576681+00:00','2025-02-17');
INSERT INTO "texts" VALUES(5,5,'ko',1,'2025-02-18T21:00:00.576681+00:00','2025-02-17');
INSERT INTO "texts" VALUES(6,7,'ko',1,'2025-02-18T21:00:00.880323+00:00','2025-02-18');
INSERT INTO "texts" VALUES(7,8,'ko',1,'2025-02-18T21:00:00.880323+00:00','2025-02-18');
INSERT INTO "texts" VALUES(8,9,'ko',1,'2025-02-18T21:00:00.880323+00:00','2025-02-18');
INSERT INTO "texts" VALUES(9,10,'ko',1,'2025-02-18T21:00:00.880323+00:00','2025-02-18');
INSERT INTO "texts" VALUES(10,11,'ko',1,'2025-02-18T21:00:00.880323+00:00','2025-02-18');
INSERT INTO "texts" VALUES(11,13,'ko',1,'2025-02-19T08:00:01.449601+00:00','2025-02-19');
INSERT INTO "texts" VALUES(12,14,'ko',1,'2025-02-19T08:00:01.449601+00:00','2025-02-19');
INSERT INTO "texts" VALUES(13,15,'ko',1,'2025-02-19T08:00:01.449601+00:00','2025-02-19');
INSERT INTO "texts" VALUES(14,16,'ko',1,'2025-02-19T08:00:01.449601+00:00','2025-02-19');
INSERT INTO "texts" VALUES(15,17,'ko',1,'2025-02-19T08:00:01.449601+00:00','2025-02-19');
CREATE TABLE 'title_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO "title_words_config" VALUES('automerge',8);
INSERT INTO "title_words_config" VALUES('version',4);
CREATE TABLE 'title_words_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO "title_words_data" VALUES(1,X'125A');
INSERT INTO "title_words_data" VALUES(10,X'000000010103030003010101020101030101');
INSERT INTO "title_words_data" VALUES(137438953473,X'0000011D033031370102060102060102060102060102060102060109617474656E74696F6E0202020102627901020301020301020301020301020301020301076578616D706C6501020401020401020401020401020401020401047061727401020501020501020501020501020501020502076C616E6E696E670102020207726F7465696E73050202010972657472696576616C06020202056F626F7473030202010B7472616E736C6174696F6E04020200023131010206010206010206010206010206010206010161020202010162010203010203010203010203010203010203010165010204010204010204010204010204010204010170010402050102050102050102050104020501020501017203020203020201017404020204160E161B180C0C0E0A10160615151709');
INSERT INTO "title_words_data" VALUES(274877906945,X'0000011D033031380702060102060102060102060102060102060109617474656E74696F6E0802020102627907020301020301020301020301020301020301076578616D706C6507020401020401020401020401020401020401047061727407020501020501020501020501020501020502076C616E6E696E670702020207726F7465696E730B0202010972657472696576616C0C020202056F626F7473090202010B7472616E736C6174696F6E0A02020002313107020601020601020601020601020601020601016108020201016207020301020301020301020301020301020301016507020401020401020401020401020401020401017007040205010205010205010205010402050102050101720902020302020101740A020204160E161B180C0C0E0A10160615151709');
INSERT INTO "title_words_data" VALUES(412316860417,X'0000011D033031390D02060102060102060102060102060102060109617474656E74696F6E0E0202010262790D020301020301020301020301020301020301076578616D706C650D02040102040102040102040102040102040104706172740D020501020501020501020501020501020502076C616E6E696E670D02020207726F7465696E73110202010972657472696576616C12020202056F626F74730F0202010B7472616E736C6174696F6E100202000231310D02060102060102060102060102060102060101610E02020101620D02030102030102030102030102030102030101650D02040102040102040102040102040102040101700D040205010205010205010205010402050102050101720F020203020201017410020204160E161B180C0C0E0A10160615151709');
CREATE TABLE 'title_words_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO "title_words_docsize" VALUES(1,X'05');
INSERT INTO "title_words_docsize" VALUES(2,X'05');
INSERT INTO "title_words_docsize" VALUES(3,X'05');
INSERT INTO "title_words_docsize" VALUES(4,X'05');
INSERT INTO "title_words_docsize" VALUES(5,X'05');
INSERT INTO "title_words_docsize" VALUES(6,X'05');
INSERT INTO "title_words_docsize" VALUES(7,X'05');
INSERT INTO "title_words_docsize" VALUES(8,X'05');
INSERT INTO "title_words_docsize" VALUES(9,X'05');
INSERT INTO "title_words_docsize" VALUES(10,X'05');
INSERT INTO "title_words_docsize" VALUES(11,X'05');
INSERT INTO "title_words_docsize" VALUES(12,X'05');
INSERT INTO "title_words_docsize" VALUES(13,X'05');
INSERT INTO "title_words_docsize" VALUES(14,X'05');
INSERT INTO "title_words_docsize" VALUES(15,X'05');
INSERT INTO "title_words_docsize" VALUES(16,X'05');
INSERT INTO "title_words_docsize" VALUES(17,X'05');
INSERT INTO "title_words_docsize" VALUES(18,X'05');
CREATE TABLE 'title_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO "title_words_idx" VALUES(1,X'',2);
INSERT INTO "title_words_idx" VALUES(2,X'',2);
INSERT INTO "title_words_idx" VALUES(3,X'',2);
CREATE TABLE "vote_readings" (
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    as_of TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES sources (id),
    votes INTEGER NOT NULL CHECK (votes >= 0),
    PRIMARY KEY (paper_id, as_of, source_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "vote_readings" VALUES(1,'2025-02-18T21:00:00.576681+00:00',1,90);
INSERT INTO "vote_readings" VALUES(2,'2025-02-18T21:00:00.576681+00:00',1,80);
INSERT INTO "vote_readings" VALUES(3,'2025-02-18T21:00:00.576681+00:00',1,70);
INSERT INTO "vote_readings" VALUES(4,'2025-02-18T21:00:00.576681+00:00',1,60);
INSERT INTO "vote_readings" VALUES(5,'2025-02-18T21:00:00.576681+00:00',1,50);
INSERT INTO "vote_readings" VALUES(7,'2025-02-18T21:00:00.880323+00:00',1,90);
INSERT INTO "vote_readings" VALUES(7,'2025-02-19T08:00:01.755584+00:00',1,97);
INSERT INTO "vote_readings" VALUES(8,'2025-02-18T21:00:00.880323+00:00',1,80);
INSERT INTO "vote_readings" VALUES(8,'2025-02-19T08:00:01.755584+00:00',1,87);
INSERT INTO "vote_readings" VALUES(9,'2025-02-18T21:00:00.880323+00:00',1,70);
INSERT INTO "vote_readings" VALUES(9,'2025-02-19T08:00:01.755584+00:00',1,77);
INSERT INTO "vote_readings" VALUES(10,'2025-02-18T21:00:00.880323+00:00',1,60);
INSERT INTO "vote_readings" VALUES(10,'2025-02-19T08:00:01.755584+00:00',1,67);
INSERT INTO "vote_readings" VALUES(11,'2025-02-18T21:00:00.880323+00:00',1,50);
INSERT INTO "vote_readings" VALUES(11,'2025-02-19T08:00:01.755584+00:00',1,57);
INSERT INTO "vote_readings" VALUES(13,'2025-02-19T08:00:01.449601+00:00',1,90);
INSERT INTO "vote_readings" VALUES(14,'2025-02-19T08:00:01.449601+00:00',1,80);
INSERT INTO "vote_readings" VALUES(15,'2025-02-19T08:00:01.449601+00:00',1,70);
INSERT INTO "vote_readings" VALUES(16,'2025-02-19T08:00:01.449601+00:00',1,60);
INSERT INTO "vote_readings" VALUES(17,'2025-02-19T08:00:01.449601+00:00',1,50);
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
        SELECT json_group_array(json_array(language, source, json(sections)))
        FROM (
            SELECT
                texts.language,
                sources.name AS source,
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
            WHERE texts.paper_id = papers.id
            ORDER BY sources.precedence, texts.id
        )
    ) AS texts
FROM papers;
CREATE VIEW paper_texts AS
SELECT
    id,
    title,
    (
        SELECT group_concat(name, char(10))
        FROM (
            SELECT authors.name
            FROM paper_authors
            JOIN authors ON authors.id = paper_authors.author_id
            WHERE paper_authors.paper_id = papers.id
            ORDER BY paper_authors.position
        )
    ) AS authors,
    coalesce(
        (
            SELECT group_concat(body, char(10))
            FROM (
                SELECT sections.body
                FROM texts
                JOIN sections ON sections.text_id = texts.id
                WHERE texts.paper_id = papers.id
                ORDER BY texts.id, sections.position
            )
        ),
        ''
    ) || coalesce(char(10) || abstract, '') || coalesce(char(10) || summary, '') AS body
FROM papers;
CREATE TRIGGER papers_index_insert AFTER INSERT ON papers
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = NEW.id;
    INSERT INTO title_words (rowid, title) VALUES (NEW.id, NEW.title);
END;
CREATE TRIGGER papers_index_before_update
BEFORE UPDATE OF id, title, abstract, summary ON papers
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = OLD.id;
    INSERT INTO title_words (title_words, rowid, title) VALUES ('delete', OLD.id, OLD.title);
END;
CREATE TRIGGER papers_index_after_update
AFTER UPDATE OF id, title, abstract, summary ON papers
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = NEW.id;
    INSERT INTO title_words (rowid, title) VALUES (NEW.id, NEW.title);
END;
CREATE TRIGGER papers_index_delete BEFORE DELETE ON papers
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = OLD.id;
    INSERT INTO title_words (title_words, rowid, title) VALUES ('delete', OLD.id, OLD.title);
END;
CREATE TRIGGER texts_index_before_update BEFORE UPDATE OF id, paper_id ON texts
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;
CREATE TRIGGER texts_index_after_update AFTER UPDATE OF id, paper_id ON texts
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;
CREATE TRIGGER texts_index_before_delete BEFORE DELETE ON texts
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = OLD.paper_id;
END;
CREATE TRIGGER texts_index_after_delete AFTER DELETE ON texts
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = OLD.paper_id;
END;
CREATE TRIGGER sections_index_before_insert BEFORE INSERT ON sections
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts WHERE id = (SELECT paper_id FROM texts WHERE id = NEW.text_id);
END;
CREATE TRIGGER sections_index_after_insert AFTER INSERT ON sections
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body
    FROM paper_texts WHERE id = (SELECT paper_id FROM texts WHERE id = NEW.text_id);
END;
CREATE TRIGGER sections_index_before_update BEFORE UPDATE OF text_id, position, body ON sections
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts
    WHERE id IN (SELECT paper_id FROM texts WHERE id IN (OLD.text_id, NEW.text_id));
END;
CREATE TRIGGER sections_index_after_update AFTER UPDATE OF text_id, position, body ON sections
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body
    FROM paper_texts
    WHERE id IN (SELECT paper_id FROM texts WHERE id IN (OLD.text_id, NEW.text_id));
END;
CREATE TRIGGER sections_index_before_delete BEFORE DELETE ON sections
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts WHERE id = (SELECT paper_id FROM texts WHERE id = OLD.text_id);
END;
CREATE TRIGGER sections_index_after_delete AFTER DELETE ON sections
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body
    FROM paper_texts WHERE id = (SELECT paper_id FROM texts WHERE id = OLD.text_id);
END;
CREATE TRIGGER paper_authors_index_before_insert BEFORE INSERT ON paper_authors
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = NEW.paper_id;
END;
CREATE TRIGGER paper_authors_index_after_insert AFTER INSERT ON paper_authors
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = NEW.paper_id;
END;
CREATE TRIGGER paper_authors_index_before_update BEFORE UPDATE ON paper_authors
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;
CREATE TRIGGER paper_authors_index_after_update AFTER UPDATE ON paper_authors
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;
CREATE TRIGGER paper_authors_index_before_delete BEFORE DELETE ON paper_authors
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = OLD.paper_id;
END;
CREATE TRIGGER paper_authors_index_after_delete AFTER DELETE ON paper_authors
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = OLD.paper_id;
END;
CREATE TRIGGER authors_index_before_update BEFORE UPDATE OF name ON authors
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts WHERE id IN (SELECT paper_id FROM paper_authors WHERE author_id = OLD.id);
END;
CREATE TRIGGER authors_index_after_update AFTER UPDATE OF name ON authors
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body
    FROM paper_texts WHERE id IN (SELECT paper_id FROM paper_authors WHERE author_id = NEW.id);
END;
CREATE UNIQUE INDEX setup_drafts_by_person
ON setup_drafts (guild_id, user_id, coalesce(schedule_id, 0));
CREATE INDEX setup_drafts_by_schedule ON setup_drafts (schedule_id) WHERE schedule_id IS NOT NULL;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('schedules',7);
INSERT INTO "sqlite_sequence" VALUES('setup_drafts',1);
COMMIT;
PRAGMA writable_schema=ON;
INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES('table','paper_words','paper_words',0,'CREATE VIRTUAL TABLE paper_words USING fts5 (
    title,
    authors,
    body,
    content = ''paper_texts'',
    content_rowid = ''id'',
    tokenize = ''unicode61 remove_diacritics 2''
)');
INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES('table','title_words','title_words',0,'CREATE VIRTUAL TABLE title_words USING fts5 (
    title,
    content = ''papers'',
    content_rowid = ''id'',
    prefix = ''1'',
    tokenize = ''unicode61 remove_diacritics 2''
)');
PRAGMA writable_schema=RESET;
