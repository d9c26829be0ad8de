PRAGMA auto_vacuum = 0;
PRAGMA application_id = 1146118512;
PRAGMA user_version = 5;
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
INSERT INTO "content_versions" VALUES(1,3,4);
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
INSERT INTO "deliveries" VALUES(1,2,1341514580441956355,'day:2025-02-18',0,0,'{"layout":"cards","language":"ko","filtered":true,"papers":["2502.18003"],"total":6}','2025-02-19T08:00:01.009384+00:00',0,'2025-02-19T08:00:01.016034+00:00','posted');
INSERT INTO "deliveries" VALUES(2,1,1341514580441956354,'day:2025-02-18',0,0,'{"layout":"cards","language":"en","mention":1341514584564957184,"papers":["2502.18001","2502.18002","2502.18003","2502.18004","2502.18005"],"total":6}','2025-02-19T08:00:01.016181+00:00',0,'2025-02-19T08:00:01.030422+00:00','posted');
INSERT INTO "deliveries" VALUES(3,5,1341514580441956358,'day:2025-02-18',0,0,'{"layout":"cards","language":"en","filtered":true,"papers":["2502.18001","2502.18002","2502.18003","2502.18004","2502.18005"],"total":6}','2025-02-19T08:00:01.017803+00:00',0,'2025-02-19T08:00:01.045021+00:00','posted');
INSERT INTO "deliveries" VALUES(4,7,1341514580441956360,'day:2025-02-18',0,0,'{"layout":"cards","language":"en","papers":["2502.18001","2502.18002","2502.18003","2502.18004","2502.18005","2502.18006"],"total":6}','2025-02-19T08:00:01.019168+00:00',0,'2025-02-19T08:00:01.102755+00:00','posted');
INSERT INTO "deliveries" VALUES(5,3,1341514580441956356,'day:2025-02-18',0,0,'{"layout":"thread","language":"en","papers":["2502.18001","2502.18002","2502.18003","2502.18004"],"total":6}','2025-02-19T08:00:01.020388+00:00',0,'2025-02-19T08:00:01.135376+00:00','posted');
INSERT INTO "deliveries" VALUES(6,6,1341514580441956359,'day:2025-02-18',0,0,'{"layout":"cards","language":"en","papers":["2502.18001","2502.18002","2502.18003","2502.18004","2502.18005"],"total":6}','2025-02-19T08:00:01.021624+00:00',0,'2025-02-19T08:00:01.088333+00:00','posted');
INSERT INTO "deliveries" VALUES(7,2,1341514580441956355,'day:2025-02-19',0,0,'{"layout":"cards","language":"ko","filtered":true,"papers":["2502.19003"],"total":6}','2025-02-20T08:00:01.013728+00:00',0,'2025-02-20T08:00:01.102698+00:00','posted');
INSERT INTO "deliveries" VALUES(8,1,1341514580441956354,'day:2025-02-19',0,0,'{"layout":"cards","language":"en","mention":1341514584564957184,"papers":["2502.19001","2502.19002","2502.19003","2502.19004","2502.19005"],"total":6}','2025-02-20T08:00:01.017758+00:00',0,'2025-02-20T08:00:01.119358+00:00','posted');
INSERT INTO "deliveries" VALUES(9,3,1341514580441956356,'day:2025-02-19',0,0,'{"layout":"thread","language":"en","papers":["2502.19001","2502.19002","2502.19003","2502.19004"],"total":6}','2025-02-20T08:00:01.019233+00:00',0,'2025-02-20T08:00:01.255959+00:00','posted');
INSERT INTO "deliveries" VALUES(10,7,1341514580441956360,'day:2025-02-19',0,0,'{"layout":"cards","language":"en","papers":["2502.19001","2502.19002","2502.19003","2502.19004","2502.19005","2502.19006"],"total":6}','2025-02-20T08:00:01.022595+00:00',0,NULL,NULL);
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
INSERT INTO "digests" VALUES(1,'2025-02-17','2025-02-18T21:00:00.490350+00:00','2025-02-18T21:00:00.490350+00:00');
INSERT INTO "digests" VALUES(2,'2025-02-18','2025-02-18T21:00:00.794687+00:00','2025-02-19T08:00:01.755253+00:00');
INSERT INTO "digests" VALUES(3,'2025-02-19','2025-02-19T08:00:01.450137+00:00','2025-02-19T08:00:01.450137+00:00');
CREATE TABLE guilds (
    id INTEGER PRIMARY KEY,
    timezone TEXT,
    language TEXT,
    log_channel_id INTEGER,
    welcomed_at TEXT,
    left_at TEXT -- when it removed the bot; NULL while the bot is in it
) STRICT;
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
INSERT INTO "history" VALUES(1,'2025-02-19T08:00:01.016034+00:00',1341514580441956352,2,1341514580441956355,'posted','scheduled','day:2025-02-18',NULL,1);
INSERT INTO "history" VALUES(2,'2025-02-19T08:00:01.030422+00:00',1341514580441956352,1,1341514580441956354,'posted','scheduled','day:2025-02-18',NULL,2);
INSERT INTO "history" VALUES(3,'2025-02-19T08:00:01.045021+00:00',1341514580441956352,5,1341514580441956358,'posted','scheduled','day:2025-02-18',NULL,3);
INSERT INTO "history" VALUES(4,'2025-02-19T08:00:01.088333+00:00',1341514580441956352,6,1341514580441956359,'posted','scheduled','day:2025-02-18',NULL,6);
INSERT INTO "history" VALUES(5,'2025-02-19T08:00:01.102755+00:00',1341514580441956352,7,1341514580441956360,'posted','scheduled','day:2025-02-18',NULL,4);
INSERT INTO "history" VALUES(6,'2025-02-19T08:00:01.135376+00:00',1341514580441956352,3,1341514580441956356,'posted','scheduled','day:2025-02-18',NULL,5);
INSERT INTO "history" VALUES(7,'2025-02-19T08:00:01.446823+00:00',1341514580441956352,5,1341514580441956358,'paused','asked',NULL,1341514579968000001,NULL);
INSERT INTO "history" VALUES(8,'2025-02-20T08:00:01.002321+00:00',1341514580441956352,5,1341514580441956358,'not_posted','asked',NULL,NULL,NULL);
INSERT INTO "history" VALUES(9,'2025-02-20T08:00:01.016015+00:00',1341514580441956352,6,1341514580441956359,'paused','lacks_permission',NULL,NULL,NULL);
INSERT INTO "history" VALUES(10,'2025-02-20T08:00:01.102698+00:00',1341514580441956352,2,1341514580441956355,'posted','scheduled','day:2025-02-19',NULL,7);
INSERT INTO "history" VALUES(11,'2025-02-20T08:00:01.119358+00:00',1341514580441956352,1,1341514580441956354,'posted','scheduled','day:2025-02-19',NULL,8);
INSERT INTO "history" VALUES(12,'2025-02-20T08:00:01.255959+00:00',1341514580441956352,3,1341514580441956356,'posted','scheduled','day:2025-02-19',NULL,9);
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
) STRICT, WITHOUT ROWID;
INSERT INTO "jobs" VALUES('clean:messages','clean',NULL,NULL,'{}','clean:messages',3,'2025-02-21T08:00:01.013498+00:00',NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('delivery:10','delivery',7,10,'{}','post:1341514580441956360',1,'2025-02-20T08:00:00.000000+00:00','2025-02-20T08:01:45.331528+00:00','2025-02-27T08:00:01.022595+00:00',2,'discord_unavailable');
INSERT INTO "jobs" VALUES('occurrence:1','occurrence',1,NULL,'{}','post:1341514580441956354',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('occurrence:2','occurrence',2,NULL,'{}','post:1341514580441956355',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('occurrence:3','occurrence',3,NULL,'{}','post:1341514580441956356',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('occurrence:4','occurrence',4,NULL,'{}','post:1341514580441956357',1,'2025-02-24T08:00:00.000000+00:00',NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('occurrence:5','occurrence',5,NULL,'{}','post:1341514580441956358',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('occurrence:6','occurrence',6,NULL,'{}','post:1341514580441956359',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('occurrence:7','occurrence',7,NULL,'{}','post:1341514580441956360',1,'2025-02-21T08:00:00.000000+00:00',NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('recheck:6','recheck',6,NULL,'{}','recheck:6',1,'2025-02-20T08:10:01.016015+00:00',NULL,NULL,0,NULL);
INSERT INTO "jobs" VALUES('refresh:7','refresh',2,7,'{}','after:1341514580441956355',3,'2025-02-21T00:04:08.087387+00:00',NULL,'2025-02-22T00:00:00.000000+00:00',0,NULL);
INSERT INTO "jobs" VALUES('refresh:8','refresh',1,8,'{}','after:1341514580441956354',3,'2025-02-21T00:29:14.336922+00:00',NULL,'2025-02-22T00:00:00.000000+00:00',0,NULL);
INSERT INTO "jobs" VALUES('refresh:9','refresh',3,9,'{}','after:1341514580441956356',3,'2025-02-21T00:39:12.255837+00:00',NULL,'2025-02-22T00:00:00.000000+00:00',0,NULL);
CREATE TABLE "key_value" (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "key_value" VALUES('commands of 1341514579968000000','a612687e853218482015ca166f9177f301b42832c8c87c83cba6eb7ada9b2058');
INSERT INTO "key_value" VALUES('direct_messages_sent','["2025-02-20T08:00:01.022537+00:00"]');
CREATE TABLE messages (
    hash TEXT PRIMARY KEY, -- of format and body
    format INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    used_at TEXT NOT NULL -- when a post was last planned with it
) STRICT, WITHOUT ROWID;
INSERT INTO "messages" VALUES('1f2dda756242d32168a21af24503b95f',1,'{"content":"## Daily Papers · Wednesday, February 19, 2025\n6 papers, the 6 most voted below · votes as of <t:1739952001:f>","embeds":[{"author":{"name":"▲ 90 · No. 1 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"계획에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19001 · votes as of"},"image":{"url":"https://example.org/2025-02-19/1.png"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Planning by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19001"},{"author":{"name":"▲ 80 · No. 2 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"어텐션에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19002 · votes as of"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Attention by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19002"},{"author":{"name":"▲ 70 · No. 3 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"로봇에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19003 · votes as of"},"image":{"url":"https://example.org/2025-02-19/3.png"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Robots by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19003"},{"author":{"name":"▲ 60 · No. 4 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"번역에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19004 · votes as of"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Translation by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19004"},{"author":{"name":"▲ 50 · No. 5 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"단백질에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19005 · votes as of"},"image":{"url":"https://example.org/2025-02-19/5.png"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Proteins by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19005"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"],["Proteins by Example, Part 19","2502.19005","arXiv 2502.19005 · ▲ 50"]],"placeholder":"Open a paper here · votes as of Feb 19, 2025, 8:00 AM UTC","type":"menu"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-20T08:00:01.022595+00:00');
INSERT INTO "messages" VALUES('46cdbc45434809e5ae7f4a9633a17ef2',1,'{"content":"## Daily Papers · Tuesday, February 18, 2025\n6 papers, the 4 most voted below · votes as of <t:1739912400:f>","embeds":[{"color":11737883,"description":"1\\. [Planning by Example, Part 18](https://arxiv.org/abs/2502.18001) · **▲90**\n계획에 관한 새 방법을 소개합니다.\n2\\. [Attention by Example, Part 18](https://arxiv.org/abs/2502.18002) · **▲80**\n어텐션에 관한 새 방법을 소개합니다.\n3\\. [Robots by Example, Part 18](https://arxiv.org/abs/2502.18003) · **▲70**\n로봇에 관한 새 방법을 소개합니다.\n4\\. [Translation by Example, Part 18](https://arxiv.org/abs/2502.18004) · **▲60**\n번역에 관한 새 방법을 소개합니다.","flags":0,"footer":{"text":"votes as of"},"timestamp":"2025-02-18T21:00:00.794687+00:00","type":"rich"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"]],"placeholder":"Open a paper here · votes as of Feb 18, 2025, 9:00 PM UTC","type":"menu"}],[{"coverage":"day:2025-02-18","label":"2 more papers · votes as of Feb 18, 2025, 9:00 PM UTC","type":"rest"}]],"silent":false,"target":"channel","thread_name":"Daily Papers · Tuesday, February 18, 2025"}','2025-02-19T08:00:01.020388+00:00');
INSERT INTO "messages" VALUES('59484ea2e0a9bb5ba00e9f078f4adc92',1,'{"content":null,"embeds":[{"author":{"name":"▲ 90 · No. 1 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"계획에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18001 · votes as of"},"image":{"url":"https://example.org/2025-02-18/1.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"author":{"name":"▲ 80 · No. 2 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"어텐션에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18002 · votes as of"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Attention by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18002"},{"author":{"name":"▲ 70 · No. 3 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"로봇에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18003 · votes as of"},"image":{"url":"https://example.org/2025-02-18/3.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Robots by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18003"},{"author":{"name":"▲ 60 · No. 4 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"번역에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18004 · votes as of"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Translation by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18004"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"]],"placeholder":"Open a paper here · votes as of Feb 18, 2025, 9:00 PM UTC","type":"menu"}]],"silent":false,"target":"thread","thread_name":null}','2025-02-19T08:00:01.020388+00:00');
INSERT INTO "messages" VALUES('76411170ea15314880a4ae6a1e6aeab7',1,'{"content":null,"embeds":[{"author":{"name":"▲ 90 · No. 1 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"계획에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19001 · votes as of"},"image":{"url":"https://example.org/2025-02-19/1.png"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Planning by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19001"},{"author":{"name":"▲ 80 · No. 2 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"어텐션에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19002 · votes as of"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Attention by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19002"},{"author":{"name":"▲ 70 · No. 3 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"로봇에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19003 · votes as of"},"image":{"url":"https://example.org/2025-02-19/3.png"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Robots by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19003"},{"author":{"name":"▲ 60 · No. 4 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"번역에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19004 · votes as of"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Translation by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19004"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"]],"placeholder":"Open a paper here · votes as of Feb 19, 2025, 8:00 AM UTC","type":"menu"}]],"silent":false,"target":"thread","thread_name":null}','2025-02-20T08:00:01.019233+00:00');
INSERT INTO "messages" VALUES('87a42e45ea6a4befbb46b17558019c2f',1,'{"content":"## 데일리 페이퍼 · 2025년 2월 19일 수요일\n논문 6편 가운데 조건에 맞는 추천 상위 1편 · 추천 수 기준 <t:1739952001:f>","embeds":[{"author":{"name":"▲ 70 · 2025년 2월 19일 3위"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"로봇에 관한 새 방법을 소개합니다."},{"inline":false,"name":"저자","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19003 · 추천 수 기준 시각"},"image":{"url":"https://example.org/2025-02-19/3.png"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Robots by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19003"}],"role":null,"rows":[[{"options":[["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"]],"placeholder":"논문 펼쳐 보기 · 추천 수 2025. 2. 19. 오전 8:00 UTC 기준","type":"menu"}],[{"coverage":"day:2025-02-19","label":"나머지 5편 · 추천 수 2025. 2. 19. 오전 8:00 UTC 기준","type":"rest"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-20T08:00:01.013728+00:00');
INSERT INTO "messages" VALUES('97bea92cccacb1f858cf6e1eb58a867e',1,'{"content":"<@&1341514584564957184>\n## Daily Papers · Tuesday, February 18, 2025\n6 papers, the 5 most voted below · votes as of <t:1739912400:f>","embeds":[{"author":{"name":"▲ 90 · No. 1 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"계획에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18001 · votes as of"},"image":{"url":"https://example.org/2025-02-18/1.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"author":{"name":"▲ 80 · No. 2 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"어텐션에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18002 · votes as of"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Attention by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18002"},{"author":{"name":"▲ 70 · No. 3 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"로봇에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18003 · votes as of"},"image":{"url":"https://example.org/2025-02-18/3.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Robots by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18003"},{"author":{"name":"▲ 60 · No. 4 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"번역에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18004 · votes as of"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Translation by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18004"},{"author":{"name":"▲ 50 · No. 5 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"단백질에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18005 · votes as of"},"image":{"url":"https://example.org/2025-02-18/5.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Proteins by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18005"}],"role":1341514584564957184,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"]],"placeholder":"Open a paper here · votes as of Feb 18, 2025, 9:00 PM UTC","type":"menu"}],[{"coverage":"day:2025-02-18","label":"One more paper · votes as of Feb 18, 2025, 9:00 PM UTC","type":"rest"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.016181+00:00');
INSERT INTO "messages" VALUES('9e6d80a7134b1ed0b0c78d477da163a5',1,'{"content":null,"embeds":[{"author":{"name":"Votes not known · No. 6 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19006"},"title":"Retrieval by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19006"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"],["Proteins by Example, Part 19","2502.19005","arXiv 2502.19005 · ▲ 50"],["Retrieval by Example, Part 19","2502.19006","arXiv 2502.19006 · votes not known"]],"placeholder":"Open a paper here · votes as of Feb 19, 2025, 8:00 AM UTC","type":"menu"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-20T08:00:01.022595+00:00');
INSERT INTO "messages" VALUES('aac50416ef65fa22aa72a0462f33b610',1,'{"content":"## Daily Papers · Tuesday, February 18, 2025\n6 papers, the 5 most voted below · votes as of <t:1739912400:f>","embeds":[{"author":{"name":"▲ 90 · No. 1 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"계획에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18001 · votes as of"},"image":{"url":"https://example.org/2025-02-18/1.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"author":{"name":"▲ 80 · No. 2 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"어텐션에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18002 · votes as of"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Attention by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18002"},{"author":{"name":"▲ 70 · No. 3 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"로봇에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18003 · votes as of"},"image":{"url":"https://example.org/2025-02-18/3.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Robots by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18003"},{"author":{"name":"▲ 60 · No. 4 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"번역에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18004 · votes as of"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Translation by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18004"},{"author":{"name":"▲ 50 · No. 5 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"단백질에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18005 · votes as of"},"image":{"url":"https://example.org/2025-02-18/5.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Proteins by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18005"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"]],"placeholder":"Open a paper here · votes as of Feb 18, 2025, 9:00 PM UTC","type":"menu"}],[{"coverage":"day:2025-02-18","label":"One more paper · votes as of Feb 18, 2025, 9:00 PM UTC","type":"rest"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.021624+00:00');
INSERT INTO "messages" VALUES('b324a6fc6f495a940040b45348fef600',1,'{"content":"## Daily Papers · Wednesday, February 19, 2025\n6 papers, the 4 most voted below · votes as of <t:1739952001:f>","embeds":[{"color":11737883,"description":"1\\. [Planning by Example, Part 19](https://arxiv.org/abs/2502.19001) · **▲90**\n계획에 관한 새 방법을 소개합니다.\n2\\. [Attention by Example, Part 19](https://arxiv.org/abs/2502.19002) · **▲80**\n어텐션에 관한 새 방법을 소개합니다.\n3\\. [Robots by Example, Part 19](https://arxiv.org/abs/2502.19003) · **▲70**\n로봇에 관한 새 방법을 소개합니다.\n4\\. [Translation by Example, Part 19](https://arxiv.org/abs/2502.19004) · **▲60**\n번역에 관한 새 방법을 소개합니다.","flags":0,"footer":{"text":"votes as of"},"timestamp":"2025-02-19T08:00:01.450137+00:00","type":"rich"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"]],"placeholder":"Open a paper here · votes as of Feb 19, 2025, 8:00 AM UTC","type":"menu"}],[{"coverage":"day:2025-02-19","label":"2 more papers · votes as of Feb 19, 2025, 8:00 AM UTC","type":"rest"}]],"silent":false,"target":"channel","thread_name":"Daily Papers · Wednesday, February 19, 2025"}','2025-02-20T08:00:01.019233+00:00');
INSERT INTO "messages" VALUES('d90f995172bee4b4a05d848f283456e7',1,'{"content":"## Daily Papers · Tuesday, February 18, 2025\n6 papers, the 6 most voted below · votes as of <t:1739912400:f>","embeds":[{"author":{"name":"▲ 90 · No. 1 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"계획에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18001 · votes as of"},"image":{"url":"https://example.org/2025-02-18/1.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"author":{"name":"▲ 80 · No. 2 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"어텐션에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18002 · votes as of"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Attention by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18002"},{"author":{"name":"▲ 70 · No. 3 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"로봇에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18003 · votes as of"},"image":{"url":"https://example.org/2025-02-18/3.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Robots by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18003"},{"author":{"name":"▲ 60 · No. 4 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"번역에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18004 · votes as of"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Translation by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18004"},{"author":{"name":"▲ 50 · No. 5 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"단백질에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18005 · votes as of"},"image":{"url":"https://example.org/2025-02-18/5.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Proteins by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18005"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"]],"placeholder":"Open a paper here · votes as of Feb 18, 2025, 9:00 PM UTC","type":"menu"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.019168+00:00');
INSERT INTO "messages" VALUES('dcb6831ca37892b2269df7b2767f42c6',1,'{"content":"## Daily Papers · Tuesday, February 18, 2025\n6 papers, of those this channel wants the 5 most voted below · votes as of <t:1739912400:f>","embeds":[{"author":{"name":"▲ 90 · No. 1 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"계획에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18001 · votes as of"},"image":{"url":"https://example.org/2025-02-18/1.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Planning by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18001"},{"author":{"name":"▲ 80 · No. 2 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"어텐션에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18002 · votes as of"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Attention by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18002"},{"author":{"name":"▲ 70 · No. 3 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"로봇에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18003 · votes as of"},"image":{"url":"https://example.org/2025-02-18/3.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Robots by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18003"},{"author":{"name":"▲ 60 · No. 4 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"번역에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18004 · votes as of"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Translation by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18004"},{"author":{"name":"▲ 50 · No. 5 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"단백질에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18005 · votes as of"},"image":{"url":"https://example.org/2025-02-18/5.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Proteins by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18005"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"]],"placeholder":"Open a paper here · votes as of Feb 18, 2025, 9:00 PM UTC","type":"menu"}],[{"coverage":"day:2025-02-18","label":"One more paper · votes as of Feb 18, 2025, 9:00 PM UTC","type":"rest"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.017803+00:00');
INSERT INTO "messages" VALUES('e90f017eb865ec0688d38a7a926ef993',1,'{"content":"<@&1341514584564957184>\n## Daily Papers · Wednesday, February 19, 2025\n6 papers, the 5 most voted below · votes as of <t:1739952001:f>","embeds":[{"author":{"name":"▲ 90 · No. 1 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"계획에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19001 · votes as of"},"image":{"url":"https://example.org/2025-02-19/1.png"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Planning by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19001"},{"author":{"name":"▲ 80 · No. 2 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"어텐션에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19002 · votes as of"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Attention by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19002"},{"author":{"name":"▲ 70 · No. 3 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"로봇에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19003 · votes as of"},"image":{"url":"https://example.org/2025-02-19/3.png"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Robots by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19003"},{"author":{"name":"▲ 60 · No. 4 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"번역에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19004 · votes as of"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Translation by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19004"},{"author":{"name":"▲ 50 · No. 5 of February 19, 2025"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"단백질에 관한 새 방법을 소개합니다."},{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.19005 · votes as of"},"image":{"url":"https://example.org/2025-02-19/5.png"},"timestamp":"2025-02-19T08:00:01.450137+00:00","title":"Proteins by Example, Part 19","type":"rich","url":"https://arxiv.org/abs/2502.19005"}],"role":1341514584564957184,"rows":[[{"options":[["Planning by Example, Part 19","2502.19001","arXiv 2502.19001 · ▲ 90"],["Attention by Example, Part 19","2502.19002","arXiv 2502.19002 · ▲ 80"],["Robots by Example, Part 19","2502.19003","arXiv 2502.19003 · ▲ 70"],["Translation by Example, Part 19","2502.19004","arXiv 2502.19004 · ▲ 60"],["Proteins by Example, Part 19","2502.19005","arXiv 2502.19005 · ▲ 50"]],"placeholder":"Open a paper here · votes as of Feb 19, 2025, 8:00 AM UTC","type":"menu"}],[{"coverage":"day:2025-02-19","label":"One more paper · votes as of Feb 19, 2025, 8:00 AM UTC","type":"rest"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-20T08:00:01.017758+00:00');
INSERT INTO "messages" VALUES('f6a3dc7af36bae2531887addd8859af9',1,'{"content":"## 데일리 페이퍼 · 2025년 2월 18일 화요일\n논문 6편 가운데 조건에 맞는 추천 상위 1편 · 추천 수 기준 <t:1739912400:f>","embeds":[{"author":{"name":"▲ 70 · 2025년 2월 18일 3위"},"color":11737883,"fields":[{"inline":false,"name":"What''s New","value":"로봇에 관한 새 방법을 소개합니다."},{"inline":false,"name":"저자","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18003 · 추천 수 기준 시각"},"image":{"url":"https://example.org/2025-02-18/3.png"},"timestamp":"2025-02-18T21:00:00.794687+00:00","title":"Robots by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18003"}],"role":null,"rows":[[{"options":[["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"]],"placeholder":"논문 펼쳐 보기 · 추천 수 2025. 2. 18. 오후 9:00 UTC 기준","type":"menu"}],[{"coverage":"day:2025-02-18","label":"나머지 5편 · 추천 수 2025. 2. 18. 오후 9:00 UTC 기준","type":"rest"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.009384+00:00');
INSERT INTO "messages" VALUES('fcc1ca23b33d132326a7b8e759590d63',1,'{"content":null,"embeds":[{"author":{"name":"Votes not known · No. 6 of February 18, 2025"},"color":11737883,"fields":[{"inline":false,"name":"Authors","value":"Ada Example, 김하늘"}],"flags":0,"footer":{"text":"arXiv 2502.18006"},"title":"Retrieval by Example, Part 18","type":"rich","url":"https://arxiv.org/abs/2502.18006"}],"role":null,"rows":[[{"options":[["Planning by Example, Part 18","2502.18001","arXiv 2502.18001 · ▲ 90"],["Attention by Example, Part 18","2502.18002","arXiv 2502.18002 · ▲ 80"],["Robots by Example, Part 18","2502.18003","arXiv 2502.18003 · ▲ 70"],["Translation by Example, Part 18","2502.18004","arXiv 2502.18004 · ▲ 60"],["Proteins by Example, Part 18","2502.18005","arXiv 2502.18005 · ▲ 50"],["Retrieval by Example, Part 18","2502.18006","arXiv 2502.18006 · votes not known"]],"placeholder":"Open a paper here · votes as of Feb 18, 2025, 9:00 PM UTC","type":"menu"}]],"silent":false,"target":"channel","thread_name":null}','2025-02-19T08:00:01.019168+00:00');
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
    rank INTEGER NOT NULL CHECK (rank >= 1), -- in that digest
    CHECK ((media_kind IS NULL) = (media_url IS NULL)),
    CHECK ((votes IS NULL) = (votes_read_at IS NULL))
) STRICT;
INSERT INTO "papers" VALUES(1,'2502.17001','Planning by Example, Part 17','image','https://example.org/2025-02-17/1.png','2025-02-18T21:00:00.490350+00:00',90,'2025-02-18T21:00:00.490350+00:00','2025-02-17',1);
INSERT INTO "papers" VALUES(2,'2502.17002','Attention by Example, Part 17',NULL,NULL,'2025-02-18T21:00:00.490350+00:00',80,'2025-02-18T21:00:00.490350+00:00','2025-02-17',2);
INSERT INTO "papers" VALUES(3,'2502.17003','Robots by Example, Part 17','image','https://example.org/2025-02-17/3.png','2025-02-18T21:00:00.490350+00:00',70,'2025-02-18T21:00:00.490350+00:00','2025-02-17',3);
INSERT INTO "papers" VALUES(4,'2502.17004','Translation by Example, Part 17',NULL,NULL,'2025-02-18T21:00:00.490350+00:00',60,'2025-02-18T21:00:00.490350+00:00','2025-02-17',4);
INSERT INTO "papers" VALUES(5,'2502.17005','Proteins by Example, Part 17','image','https://example.org/2025-02-17/5.png','2025-02-18T21:00:00.490350+00:00',50,'2025-02-18T21:00:00.490350+00:00','2025-02-17',5);
INSERT INTO "papers" VALUES(6,'2502.17006','Retrieval by Example, Part 17',NULL,NULL,'2025-02-18T21:00:00.490350+00:00',NULL,NULL,'2025-02-17',6);
INSERT INTO "papers" VALUES(7,'2502.18001','Planning by Example, Part 18','image','https://example.org/2025-02-18/1.png','2025-02-18T21:00:00.794687+00:00',97,'2025-02-19T08:00:01.755253+00:00','2025-02-18',1);
INSERT INTO "papers" VALUES(8,'2502.18002','Attention by Example, Part 18',NULL,NULL,'2025-02-18T21:00:00.794687+00:00',87,'2025-02-19T08:00:01.755253+00:00','2025-02-18',2);
INSERT INTO "papers" VALUES(9,'2502.18003','Robots by Example, Part 18','image','https://example.org/2025-02-18/3.png','2025-02-18T21:00:00.794687+00:00',77,'2025-02-19T08:00:01.755253+00:00','2025-02-18',3);
INSERT INTO "papers" VALUES(10,'2502.18004','Translation by Example, Part 18',NULL,NULL,'2025-02-18T21:00:00.794687+00:00',67,'2025-02-19T08:00:01.755253+00:00','2025-02-18',4);
INSERT INTO "papers" VALUES(11,'2502.18005','Proteins by Example, Part 18','image','https://example.org/2025-02-18/5.png','2025-02-18T21:00:00.794687+00:00',57,'2025-02-19T08:00:01.755253+00:00','2025-02-18',5);
INSERT INTO "papers" VALUES(12,'2502.18006','Retrieval by Example, Part 18',NULL,NULL,'2025-02-18T21:00:00.794687+00:00',NULL,NULL,'2025-02-18',6);
INSERT INTO "papers" VALUES(13,'2502.19001','Planning by Example, Part 19','image','https://example.org/2025-02-19/1.png','2025-02-19T08:00:01.450137+00:00',90,'2025-02-19T08:00:01.450137+00:00','2025-02-19',1);
INSERT INTO "papers" VALUES(14,'2502.19002','Attention by Example, Part 19',NULL,NULL,'2025-02-19T08:00:01.450137+00:00',80,'2025-02-19T08:00:01.450137+00:00','2025-02-19',2);
INSERT INTO "papers" VALUES(15,'2502.19003','Robots by Example, Part 19','image','https://example.org/2025-02-19/3.png','2025-02-19T08:00:01.450137+00:00',70,'2025-02-19T08:00:01.450137+00:00','2025-02-19',3);
INSERT INTO "papers" VALUES(16,'2502.19004','Translation by Example, Part 19',NULL,NULL,'2025-02-19T08:00:01.450137+00:00',60,'2025-02-19T08:00:01.450137+00:00','2025-02-19',4);
INSERT INTO "papers" VALUES(17,'2502.19005','Proteins by Example, Part 19','image','https://example.org/2025-02-19/5.png','2025-02-19T08:00:01.450137+00:00',50,'2025-02-19T08:00:01.450137+00:00','2025-02-19',5);
INSERT INTO "papers" VALUES(18,'2502.19006','Retrieval by Example, Part 19',NULL,NULL,'2025-02-19T08:00:01.450137+00:00',NULL,NULL,'2025-02-19',6);
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
INSERT INTO "parts" VALUES(1,1,'23ecd8c544243fed70bcb712cd7f6ff3','mZrI5khQTMhX','slB71vxRsF2DyV03','sent',NULL,NULL,1341514580441956355,1341680678663618560,'2025-02-19T08:00:01.016029+00:00',NULL);
INSERT INTO "parts" VALUES(2,1,'f4cd844fb998a55532a42af9e7b69ca6','L9gwh-qYZLPT','BWpjHM7TNavwvTVb','sent',NULL,NULL,1341514580441956354,1341680678722338816,'2025-02-19T08:00:01.030416+00:00',NULL);
INSERT INTO "parts" VALUES(3,1,'869707c7cad12bf64fc5036868466eea','SiqAwdKhJWgW','5B1gDLe130-ZAU3p','sent',NULL,NULL,1341514580441956358,1341680678785253376,'2025-02-19T08:00:01.045013+00:00',NULL);
INSERT INTO "parts" VALUES(4,1,'414e1e07d6b017fdacf9644dc6abae00','nrCnjANgsIpc','fyqWU1Ai_Lhn0B4q','sent',NULL,NULL,1341514580441956360,1341680678843973632,'2025-02-19T08:00:01.059469+00:00',NULL);
INSERT INTO "parts" VALUES(4,2,'ed51a44c85de464eabf090b7ef3531b8','iUV5eiKjcyt8','5_K5vgTKO83YrVra','sent',NULL,NULL,1341514580441956360,1341680679028523008,'2025-02-19T08:00:01.102746+00:00',NULL);
INSERT INTO "parts" VALUES(5,1,'edf210bca0c987de6cfc0b64ccd380b7','JKa-C6woXRiZ','BU3tuYHs2Nnlj6Bv','sent',NULL,NULL,1341514580441956356,1341680678902693888,'2025-02-19T08:00:01.073631+00:00',NULL);
INSERT INTO "parts" VALUES(5,2,'bf85a67398b520108f2f81bc766defb0','1ECVhRA1HY0i','VfJqu91I5MFujoVT','sent',NULL,NULL,1341680678902693888,1341680679162740736,'2025-02-19T08:00:01.135361+00:00',NULL);
INSERT INTO "parts" VALUES(6,1,'3cd14ae5dc502e4d7cd4dba829d67c62','GHvWaXkT-x17','sSupyzx_5-kKoiHM','sent',NULL,NULL,1341514580441956359,1341680678965608448,'2025-02-19T08:00:01.088325+00:00',NULL);
INSERT INTO "parts" VALUES(7,1,'87a42e45ea6a4befbb46b17558019c2f','9WRRIXnd6JRs','mRo7I1Pd-xoSkhGk','sent',NULL,NULL,1341514580441956355,1342043066894123008,'2025-02-20T08:00:01.102688+00:00',NULL);
INSERT INTO "parts" VALUES(8,1,'e90f017eb865ec0688d38a7a926ef993','-fS0H9cjhhhC','6LQ7S5l9tTRkny1J','sent',NULL,NULL,1341514580441956354,1342043066957037568,'2025-02-20T08:00:01.119348+00:00',NULL);
INSERT INTO "parts" VALUES(9,1,'b324a6fc6f495a940040b45348fef600','44-tBe9F4-Yd','p0yIKQXbmyLHymdg','sent',NULL,NULL,1341514580441956356,1342043067015757824,'2025-02-20T08:00:01.132682+00:00',NULL);
INSERT INTO "parts" VALUES(9,2,'76411170ea15314880a4ae6a1e6aeab7','pG9BlCkUd1r-','QAIspJUCGfo2kXbX','sent',NULL,NULL,1342043067015757824,1342043067527462912,'2025-02-20T08:00:01.255949+00:00',NULL);
INSERT INTO "parts" VALUES(10,1,'1f2dda756242d32168a21af24503b95f','24VQRalh26iN','KI8dxn-neS_nre86','sent',NULL,NULL,1341514580441956360,1342043067082866688,'2025-02-20T08:00:01.148165+00:00',NULL);
INSERT INTO "parts" VALUES(10,2,'9e6d80a7134b1ed0b0c78d477da163a5','jOuEX7bwWov2','ngtCmgQokxMw2lHF','planned',NULL,'2025-02-20T08:00:01.995088+00:00',NULL,NULL,NULL,NULL);
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
INSERT INTO "schedules" VALUES(1,1341514580441956352,1341514579968000001,'2025-02-18T21:00:01.102554+00:00',1,1341514580441956354,'08:00','UTC',5,'en','day','cards',127,NULL,'','',1341514584564957184,0,0,1,24,NULL,'2025-02-20','2025-02-20T08:00:00.000000+00:00',NULL,NULL,NULL,NULL);
INSERT INTO "schedules" VALUES(2,1341514580441956352,1341514579968000001,'2025-02-18T21:00:01.109360+00:00',1,1341514580441956355,'08:00','UTC',3,'ko','day','cards',127,NULL,'robots','',NULL,0,0,1,24,NULL,'2025-02-20','2025-02-20T08:00:00.000000+00:00',NULL,NULL,NULL,NULL);
INSERT INTO "schedules" VALUES(3,1341514580441956352,1341514579968000001,'2025-02-18T21:00:01.113228+00:00',1,1341514580441956356,'08:00','UTC',4,'en','day','thread',127,NULL,'','',NULL,0,0,1,24,NULL,'2025-02-20','2025-02-20T08:00:00.000000+00:00',NULL,NULL,NULL,NULL);
INSERT INTO "schedules" VALUES(4,1341514580441956352,1341514579968000001,'2025-02-18T21:00:01.118255+00:00',1,1341514580441956357,'08:00','UTC',10,'en','week','cards',127,NULL,'','',NULL,0,0,1,24,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "schedules" VALUES(5,1341514580441956352,1341514579968000001,'2025-02-18T21:00:01.125132+00:00',1,1341514580441956358,'08:00','UTC',5,'en','day','cards',127,5,'','',NULL,0,0,1,24,NULL,'2025-02-19','2025-02-19T08:00:00.000000+00:00','2025-02-19T08:00:01.446823+00:00','asked',NULL,NULL);
INSERT INTO "schedules" VALUES(6,1341514580441956352,1341514579968000001,'2025-02-18T21:00:01.134102+00:00',1,1341514580441956359,'08:00','UTC',5,'en','day','cards',127,NULL,'','',NULL,0,0,1,48,NULL,'2025-02-19','2025-02-19T08:00:00.000000+00:00','2025-02-20T08:00:01.016015+00:00','lacks_permission','lacks_permission',NULL);
INSERT INTO "schedules" VALUES(7,1341514580441956352,1341514579968000001,'2025-02-18T21:00:01.136669+00:00',1,1341514580441956360,'08:00','UTC',6,'en','day','cards',127,NULL,'','',NULL,0,0,1,24,NULL,'2025-02-20','2025-02-20T08:00:00.000000+00:00',NULL,NULL,NULL,NULL);
CREATE TABLE sections (
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL CHECK (position >= 1),
    heading TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (paper_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "sections" VALUES(1,1,'What''s New','계획에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(2,1,'What''s New','어텐션에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(3,1,'What''s New','로봇에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(4,1,'What''s New','번역에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(5,1,'What''s New','단백질에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(7,1,'What''s New','계획에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(8,1,'What''s New','어텐션에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(9,1,'What''s New','로봇에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(10,1,'What''s New','번역에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(11,1,'What''s New','단백질에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(13,1,'What''s New','계획에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(14,1,'What''s New','어텐션에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(15,1,'What''s New','로봇에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(16,1,'What''s New','번역에 관한 새 방법을 소개합니다.');
INSERT INTO "sections" VALUES(17,1,'What''s New','단백질에 관한 새 방법을 소개합니다.');
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
CREATE TABLE vote_readings (
    id INTEGER PRIMARY KEY,
    paper_id INTEGER NOT NULL REFERENCES papers (id) DEFERRABLE INITIALLY DEFERRED,
    digest_id INTEGER NOT NULL REFERENCES digests (id),
    votes INTEGER NOT NULL CHECK (votes >= 0),
    read_at TEXT NOT NULL
) STRICT;
INSERT INTO "vote_readings" VALUES(1,1,1,90,'2025-02-18T21:00:00.490350+00:00');
INSERT INTO "vote_readings" VALUES(2,2,1,80,'2025-02-18T21:00:00.490350+00:00');
INSERT INTO "vote_readings" VALUES(3,3,1,70,'2025-02-18T21:00:00.490350+00:00');
INSERT INTO "vote_readings" VALUES(4,4,1,60,'2025-02-18T21:00:00.490350+00:00');
INSERT INTO "vote_readings" VALUES(5,5,1,50,'2025-02-18T21:00:00.490350+00:00');
INSERT INTO "vote_readings" VALUES(6,7,2,90,'2025-02-18T21:00:00.794687+00:00');
INSERT INTO "vote_readings" VALUES(7,8,2,80,'2025-02-18T21:00:00.794687+00:00');
INSERT INTO "vote_readings" VALUES(8,9,2,70,'2025-02-18T21:00:00.794687+00:00');
INSERT INTO "vote_readings" VALUES(9,10,2,60,'2025-02-18T21:00:00.794687+00:00');
INSERT INTO "vote_readings" VALUES(10,11,2,50,'2025-02-18T21:00:00.794687+00:00');
INSERT INTO "vote_readings" VALUES(11,13,3,90,'2025-02-19T08:00:01.450137+00:00');
INSERT INTO "vote_readings" VALUES(12,14,3,80,'2025-02-19T08:00:01.450137+00:00');
INSERT INTO "vote_readings" VALUES(13,15,3,70,'2025-02-19T08:00:01.450137+00:00');
INSERT INTO "vote_readings" VALUES(14,16,3,60,'2025-02-19T08:00:01.450137+00:00');
INSERT INTO "vote_readings" VALUES(15,17,3,50,'2025-02-19T08:00:01.450137+00:00');
INSERT INTO "vote_readings" VALUES(16,7,2,97,'2025-02-19T08:00:01.755253+00:00');
INSERT INTO "vote_readings" VALUES(17,8,2,87,'2025-02-19T08:00:01.755253+00:00');
INSERT INTO "vote_readings" VALUES(18,9,2,77,'2025-02-19T08:00:01.755253+00:00');
INSERT INTO "vote_readings" VALUES(19,10,2,67,'2025-02-19T08:00:01.755253+00:00');
INSERT INTO "vote_readings" VALUES(20,11,2,57,'2025-02-19T08:00:01.755253+00:00');
CREATE INDEX papers_by_votes ON papers (votes DESC, rank, arxiv_id, digest_date);
CREATE INDEX papers_by_day ON papers (digest_date, votes DESC, rank, arxiv_id);
CREATE INDEX vote_readings_by_paper ON vote_readings (paper_id);
CREATE INDEX paper_authors_by_author ON paper_authors (author_id);
CREATE VIEW listed_papers AS
SELECT
    id,
    arxiv_id,
    title,
    media_kind,
    media_url,
    votes,
    votes_read_at,
    digest_date,
    rank,
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
        SELECT json_group_array(json_array(heading, body))
        FROM (
            SELECT heading, body
            FROM sections
            WHERE paper_id = papers.id
            ORDER BY position
        )
    ) AS sections
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
    (
        SELECT group_concat(body, char(10))
        FROM (SELECT body FROM sections WHERE paper_id = papers.id ORDER BY position)
    ) AS body
FROM papers;
CREATE TRIGGER papers_index_insert AFTER INSERT ON papers
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = NEW.id;
    INSERT INTO title_words (rowid, title) VALUES (NEW.id, NEW.title);
END;
CREATE TRIGGER papers_index_before_update BEFORE UPDATE OF id, title ON papers
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = OLD.id;
    INSERT INTO title_words (title_words, rowid, title) VALUES ('delete', OLD.id, OLD.title);
END;
CREATE TRIGGER papers_index_after_update AFTER UPDATE OF id, title ON papers
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
CREATE TRIGGER sections_index_before_insert BEFORE INSERT ON sections
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = NEW.paper_id;
END;
CREATE TRIGGER sections_index_after_insert AFTER INSERT ON sections
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = NEW.paper_id;
END;
CREATE TRIGGER sections_index_before_update BEFORE UPDATE OF paper_id, position, body ON sections
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body
    FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;
CREATE TRIGGER sections_index_after_update AFTER UPDATE OF paper_id, position, body ON sections
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id IN (OLD.paper_id, NEW.paper_id);
END;
CREATE TRIGGER sections_index_before_delete BEFORE DELETE ON sections
BEGIN
    INSERT INTO paper_words (paper_words, rowid, title, authors, body)
    SELECT 'delete', id, title, authors, body FROM paper_texts WHERE id = OLD.paper_id;
END;
CREATE TRIGGER sections_index_after_delete AFTER DELETE ON sections
BEGIN
    INSERT INTO paper_words (rowid, title, authors, body)
    SELECT id, title, authors, body FROM paper_texts WHERE id = OLD.paper_id;
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('schedules',7);
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
