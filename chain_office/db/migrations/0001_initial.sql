-- Schema of a ledger, version 1. Frozen: later versions add steps of their own.

CREATE TABLE "district" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "code" TEXT,
    "name" TEXT NOT NULL,
    "short" TEXT,
    "aliases" TEXT,
    "kind" TEXT,
    "verified" INTEGER NOT NULL,
    "remark" TEXT
);

CREATE TABLE "park" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "code" TEXT,
    "name" TEXT NOT NULL,
    "short" TEXT,
    "aliases" TEXT,
    "kind" TEXT,
    "verified" INTEGER NOT NULL,
    "remark" TEXT,
    "district_id" TEXT,
    "level" TEXT,
    FOREIGN KEY ("district_id") REFERENCES "district" ("id") ON DELETE RESTRICT
);

CREATE TABLE "unit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "code" TEXT,
    "name" TEXT NOT NULL,
    "short" TEXT,
    "aliases" TEXT,
    "kind" TEXT,
    "verified" INTEGER NOT NULL,
    "remark" TEXT,
    "categories" TEXT,
    "district_id" TEXT,
    "park_id" TEXT,
    FOREIGN KEY ("district_id") REFERENCES "district" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("park_id") REFERENCES "park" ("id") ON DELETE RESTRICT
);

CREATE TABLE "bank" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "code" TEXT,
    "name" TEXT NOT NULL,
    "short" TEXT,
    "aliases" TEXT,
    "kind" TEXT,
    "verified" INTEGER NOT NULL,
    "remark" TEXT,
    "caution" TEXT
);

CREATE TABLE "segment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "code" TEXT,
    "name" TEXT NOT NULL,
    "short" TEXT,
    "aliases" TEXT,
    "kind" TEXT,
    "verified" INTEGER NOT NULL,
    "remark" TEXT,
    "codes" TEXT
);

CREATE TABLE "category" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "code" TEXT,
    "name" TEXT NOT NULL,
    "short" TEXT,
    "aliases" TEXT,
    "kind" TEXT,
    "verified" INTEGER NOT NULL,
    "remark" TEXT,
    "keywords" TEXT,
    "default_units" TEXT
);

CREATE TABLE "officer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "name" TEXT NOT NULL,
    "post" TEXT,
    "unit_id" TEXT,
    "phone" TEXT,
    "remark" TEXT,
    FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT
);

CREATE TABLE "enterprise" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "number" INTEGER,
    "name" TEXT NOT NULL,
    "short_name" TEXT,
    "former_names" TEXT,
    "uscc" TEXT,
    "legal_person" TEXT,
    "district_id" TEXT,
    "park_id" TEXT,
    "segment_id" TEXT,
    "address" TEXT,
    "industry_code" TEXT,
    "industry" TEXT,
    "products" TEXT,
    "employees" INTEGER,
    "chain_leader" TEXT,
    "protected_since" DATE,
    "remark" TEXT,
    "name_key" TEXT NOT NULL,
    "name_core" TEXT NOT NULL,
    "initials" TEXT NOT NULL,
    FOREIGN KEY ("district_id") REFERENCES "district" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("park_id") REFERENCES "park" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("segment_id") REFERENCES "segment" ("id") ON DELETE RESTRICT
);

CREATE TABLE "contact" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "enterprise_id" TEXT NOT NULL,
    "name" TEXT,
    "post" TEXT,
    "phone" TEXT,
    "remark" TEXT,
    FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE RESTRICT
);

CREATE TABLE "register_spell" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "enterprise_id" TEXT NOT NULL,
    "entry_day" DATE,
    "entry_kind" TEXT,
    "exit_day" DATE,
    "exit_reason" TEXT,
    FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE RESTRICT
);

CREATE TABLE "campaign" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "name" TEXT NOT NULL,
    "from_day" DATE,
    "to_day" DATE,
    "remark" TEXT
);

CREATE TABLE "visit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "number" INTEGER,
    "enterprise_id" TEXT NOT NULL,
    "campaign_id" TEXT,
    "day" DATE,
    "precision" TEXT NOT NULL,
    "leader" TEXT,
    "visitors" TEXT,
    "interviewee" TEXT,
    "method" TEXT,
    "consent" TEXT,
    "q1_status" TEXT,
    "q2_problem" TEXT,
    "q3_plan" TEXT,
    "suggestion" TEXT,
    "sales_yuan" INTEGER,
    "tax_yuan" INTEGER,
    "followup" TEXT,
    "rating" TEXT,
    "recorder" TEXT,
    "remark" TEXT,
    FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("campaign_id") REFERENCES "campaign" ("id") ON DELETE RESTRICT
);

CREATE TABLE "meeting" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "name" TEXT NOT NULL,
    "kind" TEXT,
    "day" DATE,
    "precision" TEXT NOT NULL,
    "remark" TEXT
);

CREATE TABLE "problem" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "number" INTEGER,
    "enterprise_id" TEXT,
    "visit_id" TEXT,
    "meeting_id" TEXT,
    "district_id" TEXT,
    "category_id" TEXT,
    "lead_unit_id" TEXT,
    "source_no" TEXT,
    "text" TEXT NOT NULL,
    "demand" TEXT,
    "level" TEXT,
    "source" TEXT,
    "owner" TEXT,
    "owner_phone" TEXT,
    "collected_day" DATE,
    "assigned_day" DATE,
    "deadline" DATE,
    "deadline_text" TEXT,
    "progress" TEXT,
    "reported_day" DATE,
    "closed_day" DATE,
    "reason" TEXT,
    "next_step" TEXT,
    "satisfaction" TEXT,
    "callback_day" DATE,
    "review_day" DATE,
    "remark" TEXT,
    "state" TEXT NOT NULL,
    "closed_verified" INTEGER NOT NULL,
    "original_deadline" DATE,
    "rounds" INTEGER NOT NULL,
    "text_core" TEXT NOT NULL,
    FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("visit_id") REFERENCES "visit" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("meeting_id") REFERENCES "meeting" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("district_id") REFERENCES "district" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("category_id") REFERENCES "category" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("lead_unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT
);

CREATE TABLE "screening" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "problem_id" TEXT NOT NULL,
    "criterion" TEXT NOT NULL,
    "verdict" TEXT,
    "basis" TEXT,
    "officer_id" TEXT,
    "day" DATE,
    FOREIGN KEY ("problem_id") REFERENCES "problem" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("officer_id") REFERENCES "officer" ("id") ON DELETE RESTRICT
);

CREATE TABLE "assignment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "problem_id" TEXT NOT NULL,
    "unit_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "day" DATE,
    "ended_day" DATE,
    FOREIGN KEY ("problem_id") REFERENCES "problem" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT
);

CREATE TABLE "problem_event" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "problem_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "day" DATE,
    "state" TEXT NOT NULL,
    "unit_id" TEXT,
    "text" TEXT,
    "reason" TEXT,
    FOREIGN KEY ("problem_id") REFERENCES "problem" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("unit_id") REFERENCES "unit" ("id") ON DELETE RESTRICT
);

CREATE TABLE "problem_span" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "problem_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "day_from" DATE,
    "day_until" DATE,
    FOREIGN KEY ("problem_id") REFERENCES "problem" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("event_id") REFERENCES "problem_event" ("id") ON DELETE RESTRICT
);

CREATE TABLE "need" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "number" INTEGER,
    "enterprise_id" TEXT,
    "park_id" TEXT,
    "event_id" TEXT,
    "need_yuan" INTEGER,
    "purpose" TEXT,
    "term" TEXT,
    "guarantee" TEXT,
    "existing_yuan" INTEGER,
    "first_loan" TEXT,
    "contact" TEXT,
    "phone" TEXT,
    "remark" TEXT,
    "approximate" INTEGER NOT NULL,
    FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("park_id") REFERENCES "park" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("event_id") REFERENCES "meeting" ("id") ON DELETE RESTRICT
);

CREATE TABLE "match" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "number" INTEGER,
    "need_id" TEXT,
    "enterprise_id" TEXT,
    "park_id" TEXT,
    "bank_id" TEXT,
    "event_id" TEXT,
    "stage" TEXT,
    "intent_yuan" INTEGER,
    "intent_day" DATE,
    "matched_day" DATE,
    "fail_reason" TEXT,
    "reached" TEXT NOT NULL,
    "bank_contact" TEXT,
    "remark" TEXT,
    "approximate" INTEGER NOT NULL,
    FOREIGN KEY ("need_id") REFERENCES "need" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("park_id") REFERENCES "park" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("bank_id") REFERENCES "bank" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("event_id") REFERENCES "meeting" ("id") ON DELETE RESTRICT
);

CREATE TABLE "credit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "match_id" TEXT NOT NULL,
    "granted_yuan" INTEGER,
    "day" DATE,
    "dated_by" TEXT NOT NULL,
    "approximate" INTEGER NOT NULL,
    "remark" TEXT,
    FOREIGN KEY ("match_id") REFERENCES "match" ("id") ON DELETE RESTRICT
);

CREATE TABLE "drawdown" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "match_id" TEXT NOT NULL,
    "drawn_yuan" INTEGER,
    "day" DATE,
    "loan_kind" TEXT,
    "rate" TEXT,
    "dated_by" TEXT NOT NULL,
    "approximate" INTEGER NOT NULL,
    "remark" TEXT,
    FOREIGN KEY ("match_id") REFERENCES "match" ("id") ON DELETE RESTRICT
);

CREATE TABLE "project" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "number" INTEGER,
    "code" TEXT,
    "name" TEXT NOT NULL,
    "owner" TEXT,
    "enterprise_id" TEXT,
    "district_id" TEXT,
    "park_id" TEXT,
    "segment_id" TEXT,
    "nature" TEXT,
    "content" TEXT,
    "years" TEXT,
    "plan_start" DATE,
    "start_day" DATE,
    "plan_finish" DATE,
    "finish_day" DATE,
    "total_yuan" INTEGER,
    "leader" TEXT,
    "unit" TEXT,
    "agent" TEXT,
    "land_mu" TEXT,
    "in_stat" TEXT,
    "output_after_yuan" INTEGER,
    "tax_after_yuan" INTEGER,
    "problems" TEXT,
    "solution" TEXT,
    "remark" TEXT,
    "stage" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("district_id") REFERENCES "district" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("park_id") REFERENCES "park" ("id") ON DELETE RESTRICT,
    FOREIGN KEY ("segment_id") REFERENCES "segment" ("id") ON DELETE RESTRICT
);

CREATE TABLE "stage_change" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "project_id" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "day" DATE,
    "reason" TEXT,
    FOREIGN KEY ("project_id") REFERENCES "project" ("id") ON DELETE RESTRICT
);

CREATE TABLE "project_plan" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "project_id" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "year_plan_yuan" INTEGER,
    "year_goal" TEXT,
    FOREIGN KEY ("project_id") REFERENCES "project" ("id") ON DELETE RESTRICT
);

CREATE TABLE "project_month" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "project_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "month_done_yuan" INTEGER,
    "year_done_yuan" INTEGER,
    "total_done_yuan" INTEGER,
    "image_progress" TEXT,
    FOREIGN KEY ("project_id") REFERENCES "project" ("id") ON DELETE RESTRICT
);

CREATE TABLE "project_node" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "plan_day" DATE,
    "done_day" DATE,
    "owner" TEXT,
    "remark" TEXT,
    FOREIGN KEY ("project_id") REFERENCES "project" ("id") ON DELETE RESTRICT
);

CREATE TABLE "monthly_output" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "enterprise_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "month_yuan" INTEGER,
    "month_prev_yuan" INTEGER,
    "cum_yuan" INTEGER,
    "cum_prev_yuan" INTEGER,
    "revenue_yuan" INTEGER,
    "profit_yuan" INTEGER,
    "tax_yuan" INTEGER,
    "power_kwh" TEXT,
    "stop" TEXT,
    "reason" TEXT,
    "source" TEXT,
    "remark" TEXT,
    FOREIGN KEY ("enterprise_id") REFERENCES "enterprise" ("id") ON DELETE RESTRICT
);

CREATE TABLE "published_total" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "month" TEXT NOT NULL,
    "total_yuan" INTEGER NOT NULL,
    "source" TEXT,
    "note" TEXT
);

CREATE TABLE "setting" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "key" TEXT NOT NULL,
    "value" TEXT
);

CREATE TABLE "light_rule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "desk" TEXT NOT NULL,
    "rank" INTEGER NOT NULL,
    "light" TEXT NOT NULL,
    "condition" TEXT NOT NULL,
    "threshold" INTEGER,
    "text" TEXT
);

CREATE TABLE "time_limit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "name" TEXT NOT NULL,
    "days" INTEGER,
    "remark" TEXT
);

CREATE TABLE "calendar_day" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "day" DATE NOT NULL,
    "works" INTEGER NOT NULL,
    "name" TEXT
);

CREATE TABLE "import_batch" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "book" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "write_no" INTEGER,
    "new" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "same" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "undone_at" TEXT
);

CREATE TABLE "attachment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "table_name" TEXT NOT NULL,
    "row_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "remark" TEXT
);

CREATE TABLE "issued_pack" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "version" INTEGER NOT NULL DEFAULT 1,
    "deleted_at" TEXT,
    "kind" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "at" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "figures" TEXT NOT NULL,
    "name" TEXT
);

CREATE TABLE "blob" (
    "sha256" TEXT NOT NULL PRIMARY KEY,
    "data" BLOB NOT NULL,
    "size" INTEGER NOT NULL
);

CREATE TABLE "write_log" (
    "no" INTEGER NOT NULL PRIMARY KEY,
    "at" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT NOT NULL
);

CREATE TABLE "write_context" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "write_no" INTEGER
);

CREATE TABLE "history" (
    "no" INTEGER NOT NULL PRIMARY KEY,
    "write_no" INTEGER,
    "at" TEXT NOT NULL,
    "op" TEXT NOT NULL,
    "table_name" TEXT NOT NULL,
    "row_id" TEXT NOT NULL,
    "field" TEXT,
    "before" TEXT,
    "after" TEXT
);

CREATE INDEX "park_district_id" ON "park" ("district_id");

CREATE INDEX "unit_district_id" ON "unit" ("district_id");

CREATE INDEX "unit_park_id" ON "unit" ("park_id");

CREATE INDEX "officer_unit_id" ON "officer" ("unit_id");

CREATE INDEX "enterprise_district_id" ON "enterprise" ("district_id");

CREATE INDEX "enterprise_park_id" ON "enterprise" ("park_id");

CREATE INDEX "enterprise_segment_id" ON "enterprise" ("segment_id");

CREATE INDEX "enterprise_name_key" ON "enterprise" ("name_key");

CREATE INDEX "enterprise_name_core" ON "enterprise" ("name_core");

CREATE INDEX "contact_enterprise_id" ON "contact" ("enterprise_id");

CREATE INDEX "register_spell_enterprise_id" ON "register_spell" ("enterprise_id");

CREATE INDEX "visit_enterprise_id" ON "visit" ("enterprise_id");

CREATE INDEX "visit_campaign_id" ON "visit" ("campaign_id");

CREATE INDEX "problem_enterprise_id" ON "problem" ("enterprise_id");

CREATE INDEX "problem_visit_id" ON "problem" ("visit_id");

CREATE INDEX "problem_meeting_id" ON "problem" ("meeting_id");

CREATE INDEX "problem_district_id" ON "problem" ("district_id");

CREATE INDEX "problem_category_id" ON "problem" ("category_id");

CREATE INDEX "problem_lead_unit_id" ON "problem" ("lead_unit_id");

CREATE INDEX "problem_state" ON "problem" ("state");

CREATE INDEX "problem_text_core" ON "problem" ("text_core");

CREATE INDEX "screening_problem_id" ON "screening" ("problem_id");

CREATE INDEX "screening_officer_id" ON "screening" ("officer_id");

CREATE INDEX "assignment_problem_id" ON "assignment" ("problem_id");

CREATE INDEX "assignment_unit_id" ON "assignment" ("unit_id");

CREATE INDEX "problem_event_problem_id" ON "problem_event" ("problem_id");

CREATE INDEX "problem_event_unit_id" ON "problem_event" ("unit_id");

CREATE INDEX "problem_span_problem_id" ON "problem_span" ("problem_id");

CREATE INDEX "problem_span_event_id" ON "problem_span" ("event_id");

CREATE INDEX "need_enterprise_id" ON "need" ("enterprise_id");

CREATE INDEX "need_park_id" ON "need" ("park_id");

CREATE INDEX "need_event_id" ON "need" ("event_id");

CREATE INDEX "match_need_id" ON "match" ("need_id");

CREATE INDEX "match_enterprise_id" ON "match" ("enterprise_id");

CREATE INDEX "match_park_id" ON "match" ("park_id");

CREATE INDEX "match_bank_id" ON "match" ("bank_id");

CREATE INDEX "match_event_id" ON "match" ("event_id");

CREATE INDEX "credit_match_id" ON "credit" ("match_id");

CREATE INDEX "drawdown_match_id" ON "drawdown" ("match_id");

CREATE INDEX "project_enterprise_id" ON "project" ("enterprise_id");

CREATE INDEX "project_district_id" ON "project" ("district_id");

CREATE INDEX "project_park_id" ON "project" ("park_id");

CREATE INDEX "project_segment_id" ON "project" ("segment_id");

CREATE INDEX "project_stage" ON "project" ("stage");

CREATE INDEX "project_name_key" ON "project" ("name_key");

CREATE INDEX "stage_change_project_id" ON "stage_change" ("project_id");

CREATE INDEX "project_plan_project_id" ON "project_plan" ("project_id");

CREATE INDEX "project_month_project_id" ON "project_month" ("project_id");

CREATE INDEX "project_node_project_id" ON "project_node" ("project_id");

CREATE INDEX "monthly_output_enterprise_id" ON "monthly_output" ("enterprise_id");

CREATE UNIQUE INDEX one_setting ON setting(key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX one_output_a_month ON monthly_output(enterprise_id, month) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX one_progress_a_month ON project_month(project_id, month) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX one_plan_a_year ON project_plan(project_id, year) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX one_event_a_step ON problem_event(problem_id, seq) WHERE deleted_at IS NULL;
CREATE INDEX span_by_day ON problem_span(day_from, day_until, state, problem_id);
CREATE INDEX visit_of_firm ON visit(enterprise_id, day DESC);
CREATE UNIQUE INDEX enterprise_number ON enterprise(number);
CREATE UNIQUE INDEX visit_number ON visit(number);
CREATE UNIQUE INDEX problem_number ON problem(number);
CREATE UNIQUE INDEX need_number ON need(number);
CREATE UNIQUE INDEX match_number ON match(number);
CREATE UNIQUE INDEX project_number ON project(number);
CREATE INDEX history_of_row ON history(table_name, row_id, no);
CREATE INDEX history_of_write ON history(write_no, no);
INSERT INTO write_context(id, write_no) VALUES (1, NULL);

-- Lists: for each filter and order a desk offers, an index that ends in the sort key and the id (chain_office/queries/lists.py).
-- An unknown key has a place of its own: last by deadline, last by day or amount.

CREATE INDEX enterprise_list ON enterprise(coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX enterprise_list_district ON enterprise(district_id, coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX enterprise_list_park ON enterprise(park_id, coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX enterprise_list_segment ON enterprise(segment_id, coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX visit_list ON visit(coalesce(day, ''), id) WHERE deleted_at IS NULL;
CREATE INDEX visit_list_firm ON visit(enterprise_id, coalesce(day, ''), id) WHERE deleted_at IS NULL;
CREATE INDEX visit_list_campaign ON visit(campaign_id, coalesce(day, ''), id) WHERE deleted_at IS NULL;
CREATE INDEX problem_list ON problem(coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX problem_list_state ON problem(state, coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX problem_list_unit ON problem(lead_unit_id, coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX problem_list_firm ON problem(enterprise_id, coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX problem_open_of_firm ON problem(enterprise_id)
    WHERE deleted_at IS NULL AND state IN ('assigned', 'acknowledged', 'doing', 'returned', 'partial', 'reported');
CREATE INDEX problem_due ON problem(coalesce(deadline, '9999-12-31'), id) WHERE deleted_at IS NULL;
CREATE INDEX problem_due_state ON problem(state, coalesce(deadline, '9999-12-31'), id) WHERE deleted_at IS NULL;
CREATE INDEX problem_due_unit_state ON problem(lead_unit_id, state, coalesce(deadline, '9999-12-31'), id) WHERE deleted_at IS NULL;
CREATE INDEX match_list ON match(coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX match_list_bank ON match(bank_id, coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX match_list_reached ON match(reached, coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX project_list ON project(coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX project_list_stage ON project(stage, coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX project_list_district ON project(district_id, coalesce(number, 0), id) WHERE deleted_at IS NULL;
CREATE INDEX project_largest ON project(coalesce(total_yuan, -1), id) WHERE deleted_at IS NULL;
CREATE INDEX project_largest_stage ON project(stage, coalesce(total_yuan, -1), id) WHERE deleted_at IS NULL;
CREATE INDEX output_list_month ON monthly_output(month, coalesce(month_yuan, -1000000000000000000), id) WHERE deleted_at IS NULL;

-- Search: a document per record with text, found by its pairs of characters (chain_office/db/search.py).

CREATE TABLE search_state (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    next_no INTEGER NOT NULL,
    stale INTEGER NOT NULL
);
CREATE TABLE search_doc (
    no INTEGER NOT NULL PRIMARY KEY,
    kind INTEGER NOT NULL,
    row_id BLOB NOT NULL,
    digest INTEGER NOT NULL
);
CREATE INDEX search_doc_of_row ON search_doc(row_id);
CREATE VIRTUAL TABLE search_index USING fts5(words, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
INSERT INTO search_state(id, next_no, stale) VALUES (1, 1, 0);

-- Tallies: counts and sums a dashboard shows, kept by triggers, so that every writer keeps them (chain_office/db/tallies.py).

CREATE TABLE tally_unit_state (
    unit_id TEXT NOT NULL,
    state TEXT NOT NULL,
    problems INTEGER NOT NULL,
    PRIMARY KEY (unit_id, state)
) WITHOUT ROWID;

CREATE TRIGGER tally_problem_insert AFTER INSERT ON problem WHEN NEW.deleted_at IS NULL
BEGIN
    INSERT INTO tally_unit_state(unit_id, state, problems) VALUES (coalesce(NEW.lead_unit_id, ''), NEW.state, 1)
        ON CONFLICT (unit_id, state) DO UPDATE SET problems = problems + 1;
END;

CREATE TRIGGER tally_problem_update AFTER UPDATE OF lead_unit_id, state, deleted_at ON problem
BEGIN
    UPDATE tally_unit_state SET problems = problems - 1
        WHERE OLD.deleted_at IS NULL AND unit_id = coalesce(OLD.lead_unit_id, '') AND state = OLD.state;
    INSERT INTO tally_unit_state(unit_id, state, problems)
        SELECT coalesce(NEW.lead_unit_id, ''), NEW.state, 1 WHERE NEW.deleted_at IS NULL
        ON CONFLICT (unit_id, state) DO UPDATE SET problems = problems + 1;
END;

CREATE TRIGGER tally_problem_delete AFTER DELETE ON problem WHEN OLD.deleted_at IS NULL
BEGIN
    UPDATE tally_unit_state SET problems = problems - 1
        WHERE unit_id = coalesce(OLD.lead_unit_id, '') AND state = OLD.state;
END;

CREATE TABLE tally_month (
    month TEXT NOT NULL PRIMARY KEY,
    firms INTEGER NOT NULL,
    month_firms INTEGER NOT NULL,
    month_yuan INTEGER NOT NULL,
    cum_firms INTEGER NOT NULL,
    cum_yuan INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER tally_output_insert AFTER INSERT ON monthly_output WHEN NEW.deleted_at IS NULL
BEGIN
    INSERT INTO tally_month(month, firms, month_firms, month_yuan, cum_firms, cum_yuan)
        VALUES (NEW.month, 1, NEW.month_yuan IS NOT NULL, coalesce(NEW.month_yuan, 0),
                NEW.cum_yuan IS NOT NULL, coalesce(NEW.cum_yuan, 0))
        ON CONFLICT (month) DO UPDATE SET
            firms = firms + 1, month_firms = month_firms + excluded.month_firms,
            month_yuan = month_yuan + excluded.month_yuan,
            cum_firms = cum_firms + excluded.cum_firms, cum_yuan = cum_yuan + excluded.cum_yuan;
END;

CREATE TRIGGER tally_output_update AFTER UPDATE OF month, month_yuan, cum_yuan, deleted_at ON monthly_output
BEGIN
    UPDATE tally_month SET
            firms = firms - 1, month_firms = month_firms - (OLD.month_yuan IS NOT NULL),
            month_yuan = month_yuan - coalesce(OLD.month_yuan, 0),
            cum_firms = cum_firms - (OLD.cum_yuan IS NOT NULL), cum_yuan = cum_yuan - coalesce(OLD.cum_yuan, 0)
        WHERE OLD.deleted_at IS NULL AND month = OLD.month;
    INSERT INTO tally_month(month, firms, month_firms, month_yuan, cum_firms, cum_yuan)
        SELECT NEW.month, 1, NEW.month_yuan IS NOT NULL, coalesce(NEW.month_yuan, 0),
               NEW.cum_yuan IS NOT NULL, coalesce(NEW.cum_yuan, 0)
         WHERE NEW.deleted_at IS NULL
        ON CONFLICT (month) DO UPDATE SET
            firms = firms + 1, month_firms = month_firms + excluded.month_firms,
            month_yuan = month_yuan + excluded.month_yuan,
            cum_firms = cum_firms + excluded.cum_firms, cum_yuan = cum_yuan + excluded.cum_yuan;
END;

CREATE TRIGGER tally_output_delete AFTER DELETE ON monthly_output WHEN OLD.deleted_at IS NULL
BEGIN
    UPDATE tally_month SET
            firms = firms - 1, month_firms = month_firms - (OLD.month_yuan IS NOT NULL),
            month_yuan = month_yuan - coalesce(OLD.month_yuan, 0),
            cum_firms = cum_firms - (OLD.cum_yuan IS NOT NULL), cum_yuan = cum_yuan - coalesce(OLD.cum_yuan, 0)
        WHERE month = OLD.month;
END;
