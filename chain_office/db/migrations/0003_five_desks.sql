-- Five whole desks: the chain's tree and lists, plans and promises of visits, look-backs of loans, causes of delay, months
-- signed off and corrected.

ALTER TABLE "segment" ADD COLUMN "parent_id" TEXT REFERENCES "segment" ("id") ON DELETE RESTRICT;
ALTER TABLE "segment" ADD COLUMN "stream" TEXT;
ALTER TABLE "segment" ADD COLUMN "rank" INTEGER;
CREATE TABLE "segment_flow" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "source_id" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "product" TEXT,
    FOREIGN KEY ("source_id") REFERENCES "segment" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("target_id") REFERENCES "segment" ("id") ON DELETE RESTRICT
);

ALTER TABLE "officer" ADD COLUMN "left_day" DATE;
ALTER TABLE "officer" ADD COLUMN "successor_id" TEXT REFERENCES "officer" ("id") ON DELETE RESTRICT;
CREATE TABLE "not_duplicate" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "first_id" TEXT NOT NULL,
    "second_id" TEXT NOT NULL,
    "remark" TEXT,
    FOREIGN KEY ("first_id") REFERENCES "enterprise" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("second_id") REFERENCES "enterprise" ("id") ON DELETE RESTRICT
);

ALTER TABLE "visit" ADD COLUMN "consent_by" TEXT;
ALTER TABLE "visit" ADD COLUMN "consent_way" TEXT;
ALTER TABLE "visit" ADD COLUMN "consent_day" DATE;
ALTER TABLE "visit" ADD COLUMN "booking_no" TEXT;
ALTER TABLE "visit" ADD COLUMN "rated_day" DATE;
CREATE TABLE "visit_plan" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "campaign_id" TEXT NOT NULL,
    "enterprise_id" TEXT NOT NULL,
    "due_day" DATE,
    "leader" TEXT,
    "visitors" TEXT,
    "remark" TEXT,
    FOREIGN KEY ("campaign_id") REFERENCES "campaign" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE RESTRICT
);

CREATE TABLE "promise" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "visit_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "side" TEXT,
    "owner" TEXT,
    "due_day" DATE,
    "done_day" DATE,
    "result" TEXT,
    "problem_id" TEXT,
    "remark" TEXT,
    FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("problem_id") REFERENCES "problem" ("id") ON DELETE RESTRICT
);

ALTER TABLE "match" ADD COLUMN "asked_day" DATE;
ALTER TABLE "match" ADD COLUMN "refused_day" DATE;
ALTER TABLE "credit" ADD COLUMN "granted_rate" TEXT;
ALTER TABLE "credit" ADD COLUMN "granted_term" TEXT;
ALTER TABLE "drawdown" ADD COLUMN "drawn_term" TEXT;
ALTER TABLE "drawdown" ADD COLUMN "repay_day" DATE;
CREATE TABLE "loan_review" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "match_id" TEXT,
    "need_id" TEXT,
    "day" DATE NOT NULL,
    "after_days" INTEGER,
    "outcome" TEXT,
    "text" TEXT,
    "officer" TEXT,
    FOREIGN KEY ("match_id") REFERENCES "match" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("need_id") REFERENCES "need" ("id") ON DELETE RESTRICT
);

CREATE TABLE "project_cause" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "project_id" TEXT NOT NULL,
    "problem_id" TEXT NOT NULL,
    "node" TEXT,
    "remark" TEXT,
    FOREIGN KEY ("project_id") REFERENCES "project" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("problem_id") REFERENCES "problem" ("id") ON DELETE RESTRICT
);

CREATE TABLE "target" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "number" INTEGER,
    "year" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "figure_key" TEXT,
    "goal_yuan" INTEGER,
    "goal" TEXT,
    "unit" TEXT,
    "owner" TEXT,
    "basis" TEXT,
    "remark" TEXT
);

CREATE TABLE "prospect" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "number" INTEGER,
    "name" TEXT NOT NULL,
    "investor" TEXT,
    "content" TEXT,
    "total_yuan" INTEGER,
    "segment_id" TEXT,
    "district_id" TEXT,
    "park_id" TEXT,
    "unit" TEXT,
    "owner" TEXT,
    "met_day" DATE,
    "signed_day" DATE,
    "landed_day" DATE,
    "ended_day" DATE,
    "project_id" TEXT,
    "next_step" TEXT,
    "remark" TEXT,
    FOREIGN KEY ("segment_id") REFERENCES "segment" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("district_id") REFERENCES "district" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("park_id") REFERENCES "park" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("project_id") REFERENCES "project" ("id") ON DELETE RESTRICT
);

CREATE TABLE "achievement" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "number" INTEGER,
    "name" TEXT NOT NULL,
    "holder" TEXT,
    "field" TEXT,
    "maturity" TEXT,
    "ip" TEXT,
    "segment_id" TEXT,
    "enterprise_id" TEXT,
    "demand" TEXT,
    "contact" TEXT,
    "phone" TEXT,
    "day" DATE,
    "landed_day" DATE,
    "remark" TEXT,
    FOREIGN KEY ("segment_id") REFERENCES "segment" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE RESTRICT
);

ALTER TABLE "monthly_output" ADD COLUMN "filed_day" DATE;
CREATE TABLE "output_correction" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "output_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "actor" TEXT,
    "month_yuan" INTEGER,
    "cum_yuan" INTEGER,
    "month_prev_yuan" INTEGER,
    "cum_prev_yuan" INTEGER,
    FOREIGN KEY ("output_id") REFERENCES "monthly_output" ("id") ON DELETE RESTRICT
);

CREATE TABLE "output_answer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "enterprise_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "finding" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "actor" TEXT,
    "day" DATE,
    FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE RESTRICT
);

CREATE TABLE "month_freeze" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "desk" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "signed_by" TEXT,
    "data" TEXT NOT NULL,
    "remark" TEXT
);


CREATE INDEX segment_parent_id ON segment(parent_id);
CREATE INDEX segment_flow_source_id ON segment_flow(source_id);
CREATE INDEX segment_flow_target_id ON segment_flow(target_id);
CREATE INDEX officer_successor_id ON officer(successor_id);
CREATE INDEX not_duplicate_first_id ON not_duplicate(first_id);
CREATE INDEX not_duplicate_second_id ON not_duplicate(second_id);
CREATE INDEX visit_plan_campaign_id ON visit_plan(campaign_id);
CREATE INDEX visit_plan_enterprise_id ON visit_plan(enterprise_id);
CREATE INDEX promise_visit_id ON promise(visit_id);
CREATE INDEX promise_problem_id ON promise(problem_id);
CREATE INDEX loan_review_match_id ON loan_review(match_id);
CREATE INDEX loan_review_need_id ON loan_review(need_id);
CREATE INDEX project_cause_project_id ON project_cause(project_id);
CREATE INDEX project_cause_problem_id ON project_cause(problem_id);
CREATE UNIQUE INDEX target_number ON target(number);
CREATE UNIQUE INDEX prospect_number ON prospect(number);
CREATE INDEX prospect_segment_id ON prospect(segment_id);
CREATE INDEX prospect_district_id ON prospect(district_id);
CREATE INDEX prospect_park_id ON prospect(park_id);
CREATE INDEX prospect_project_id ON prospect(project_id);
CREATE UNIQUE INDEX achievement_number ON achievement(number);
CREATE INDEX achievement_segment_id ON achievement(segment_id);
CREATE INDEX achievement_enterprise_id ON achievement(enterprise_id);
CREATE INDEX output_correction_output_id ON output_correction(output_id);
CREATE INDEX output_answer_enterprise_id ON output_answer(enterprise_id);
CREATE INDEX visit_plan_by_due ON visit_plan(due_day, enterprise_id);
CREATE INDEX promise_by_due ON promise(done_day, due_day);
CREATE UNIQUE INDEX month_freeze_of_month ON month_freeze(desk, month) WHERE deleted_at IS NULL;
CREATE INDEX output_answer_of_month ON output_answer(month, enterprise_id);
CREATE INDEX attachment_of_record ON attachment(table_name, row_id);
