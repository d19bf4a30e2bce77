-- The problem desk: what a step carries, what is due in a stretch and who has it, common issues, papers that left.

CREATE TABLE "common_issue" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "number" INTEGER,
    "name" TEXT NOT NULL,
    "text" TEXT,
    "category_id" TEXT,
    "lead_unit_id" TEXT,
    "measure" TEXT,
    "day" DATE,
    "remark" TEXT,
    FOREIGN KEY ("category_id") REFERENCES "category" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("lead_unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT
);

ALTER TABLE "problem" ADD COLUMN "common_issue_id" TEXT REFERENCES "common_issue" ("id") ON DELETE RESTRICT;

ALTER TABLE "problem_event" ADD COLUMN "actor" TEXT;
ALTER TABLE "problem_event" ADD COLUMN "due_day" DATE;
ALTER TABLE "problem_event" ADD COLUMN "method" TEXT;
ALTER TABLE "problem_event" ADD COLUMN "contact" TEXT;
ALTER TABLE "problem_event" ADD COLUMN "rating" TEXT;
ALTER TABLE "problem_event" ADD COLUMN "solved" TEXT;
ALTER TABLE "problem_event" ADD COLUMN "answered" TEXT;
ALTER TABLE "problem_event" ADD COLUMN "approached" TEXT;
ALTER TABLE "problem_event" ADD COLUMN "understood" INTEGER;
ALTER TABLE "problem_event" ADD COLUMN "next_step" TEXT;
ALTER TABLE "problem_event" ADD COLUMN "meeting_id" TEXT REFERENCES "meeting" ("id") ON DELETE RESTRICT;

ALTER TABLE "problem_span" ADD COLUMN "due_day" DATE;
ALTER TABLE "problem_span" ADD COLUMN "lead_unit_id" TEXT REFERENCES "unit" ("id") ON DELETE RESTRICT;
ALTER TABLE "problem_span" ADD COLUMN "reported_day" DATE;
ALTER TABLE "problem_span" ADD COLUMN "round" INTEGER NOT NULL DEFAULT 0;

-- Version 1 knew openings and imports only: one deadline, one unit and one round each.
UPDATE "problem_span" SET
    "due_day" = (SELECT CASE WHEN "problem_span"."state" = 'pooled' THEN p."review_day" ELSE p."deadline" END
                   FROM "problem" p WHERE p."id" = "problem_span"."problem_id")
    WHERE "state" IN ('pooled', 'assigned', 'acknowledged', 'doing', 'returned', 'partial', 'reported');
UPDATE "problem_span" SET
    "lead_unit_id" = (SELECT p."lead_unit_id" FROM "problem" p WHERE p."id" = "problem_span"."problem_id"),
    "round" = 1
    WHERE "state" IN ('assigned', 'acknowledged', 'doing', 'returned', 'partial', 'reported', 'parked', 'closed');
UPDATE "problem_span" SET
    "reported_day" = (SELECT CASE WHEN e."kind" = 'opening' THEN p."reported_day" ELSE e."day" END
                        FROM "problem" p, "problem_event" e
                       WHERE p."id" = "problem_span"."problem_id" AND e."id" = "problem_span"."event_id")
    WHERE "state" = 'reported';

CREATE TABLE "dispatch" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "kind" TEXT NOT NULL,
    "word" TEXT,
    "year" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "unit_id" TEXT,
    "meeting_id" TEXT,
    "day" DATE NOT NULL,
    "key" TEXT NOT NULL,
    FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("meeting_id") REFERENCES "meeting" ("id") ON DELETE RESTRICT
);

CREATE TABLE "dispatch_item" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "dispatch_id" TEXT NOT NULL,
    "problem_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    FOREIGN KEY ("dispatch_id") REFERENCES "dispatch" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("problem_id") REFERENCES "problem" ("id") ON DELETE RESTRICT
);

CREATE UNIQUE INDEX common_issue_number ON common_issue(number);
CREATE INDEX common_issue_category_id ON common_issue(category_id);
CREATE INDEX common_issue_lead_unit_id ON common_issue(lead_unit_id);
CREATE INDEX problem_common_issue_id ON problem(common_issue_id);
CREATE INDEX problem_event_meeting_id ON problem_event(meeting_id);
CREATE INDEX event_by_kind ON problem_event(kind, day, problem_id);
CREATE INDEX problem_span_lead_unit_id ON problem_span(lead_unit_id);
-- One look tells a round's days; it serves whatever the index of problem_id alone did.
DROP INDEX problem_span_problem_id;
CREATE INDEX span_of_problem ON problem_span(problem_id, round, day_from, state, due_day, reported_day);
CREATE INDEX span_by_due ON problem_span(due_day, state, day_from, day_until, problem_id);
CREATE INDEX dispatch_unit_id ON dispatch(unit_id);
CREATE INDEX dispatch_meeting_id ON dispatch(meeting_id);
CREATE UNIQUE INDEX one_paper_a_number ON dispatch(kind, year, no) WHERE deleted_at IS NULL;
CREATE INDEX dispatch_item_dispatch_id ON dispatch_item(dispatch_id);
CREATE INDEX dispatch_item_problem_id ON dispatch_item(problem_id);
