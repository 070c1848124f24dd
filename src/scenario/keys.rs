//! The keys of the format, object by object.

/// An object of the format: what it is called in messages, and its keys.
#[derive(Debug)]
pub(super) struct Shape {
    /// Its name, in the schema and in messages.
    pub(super) what: &'static str,
    /// Keys it may have, beside [`ANYWHERE`].
    pub(super) keys: &'static [&'static str],
}

/// Keys for people, allowed on any object and never read by the engine.
pub(super) const ANYWHERE: &[&str] = &["note", "why", "source", "about", "$schema"];

/// Keys of a design beside the one that says how it is organized.
pub(super) const BESIDE_THE_PLAN: &[&str] = &["duties", "scale", "contract", "dialogue", "edits"];

macro_rules! shapes {
    ($($name:ident $what:literal [$($key:literal),* $(,)?])*) => {
        $(pub(super) const $name: Shape = Shape { what: $what, keys: &[$($key),*] };)*

        /// All objects of the format.
        pub(super) const SHAPES: &[&Shape] = &[$(&$name),*];
    };
}

shapes! {
    SCENARIO "the scenario" ["orgsim", "question", "objectives", "customers", "practice", "knowledge", "people", "designs", "experiment", "absences", "it_depends_on", "what_if", "studies"]
    OBJECTIVE "an objective" ["id", "goal", "serves", "channels", "topics", "stages", "segments", "languages"]
    CUSTOMERS "`customers`" ["plain", "messages", "batches", "at_start", "stop_after", "week", "busy_days_vary_by", "business_units", "need_unit_knowledge", "languages", "mentions_worth_answering", "expect_reply_within", "channels", "topics", "behavior", "streams", "surges", "segments", "mood"]
    CHANNEL "a channel" ["share", "half_life", "window", "window_runs", "private", "serves", "because"]
    TOPIC "a topic" ["share", "need_reply", "work", "life_cycle", "urgent", "priority", "approval", "risk", "not_settled_at_first", "exceptions", "mood", "minds_being_spoken_to"]
    RISKS "a risk in shares" ["medium", "high"]
    SEGMENT "a segment" ["share", "channels", "topics", "expect_reply_within", "recontact", "wish_to_continue", "goes_public"]
    CROWD "a crowd" ["branching", "calmed_by_reply", "reply_within", "forget_after"]
    MOOD "`mood`" ["intensity", "at_arrival", "spread", "waiting", "timely", "knowing", "canned", "wrong", "human", "noise"]
    BEHAVIOR "`behavior`" ["patience", "recontact", "wrong_guess", "wish_to_continue", "reply_delay", "when_turned_away", "when_leaving", "gives_up_deflected", "follows_to_private", "reopens", "reopens_after", "induced", "induced_after", "goes_public", "crowd"]
    RETRY "who tries again" ["try_again", "after", "at_most"]
    PATIENCE "`patience`" ["scope", "law", "by_topic", "times_deadline", "without_deadline", "silent"]
    STREAM "a stream" ["messages", "mentions", "every", "gaps", "modulated", "members", "at_start", "log", "batches", "stop_after", "week", "busy_days_vary_by", "busy_days", "from", "until", "channels", "topics", "business_units", "need_unit_knowledge", "languages", "self_exciting"]
    MODULATED "`modulated`" ["states", "start"]
    RATE_STATE "a state of `modulated`" ["messages", "to", "lasts", "then"]
    MEMBERS "`members`" ["count", "away"]
    BATCHES "`batches`" ["geometric", "sizes"]
    GEOMETRIC_BATCH "`geometric`" ["mean"]
    LOG "a log" ["file", "mapping"]
    MAPPING "a mapping" ["file", "one_row_per"]
    INQUIRY_MAPPING "a mapping with one row per inquiry" ["file", "one_row_per", "delimiter", "missing", "keep", "window", "time", "channel", "topic", "priority", "language", "limits", "id", "unit", "customer", "first_response", "resolution", "hand_overs", "handling"]
    EVENT_MAPPING "a mapping with one row per event" ["file", "one_row_per", "delimiter", "missing", "keep", "window", "time", "channel", "topic", "priority", "language", "limits", "case", "updated", "state", "unit", "customer", "first_response", "resolution", "hand_overs", "handling"]
    MESSAGE_MAPPING "a mapping with one row per message" ["file", "one_row_per", "delimiter", "missing", "keep", "window", "time", "channel", "topic", "priority", "language", "limits", "id", "parent", "author", "inbound", "first_response", "pseudonyms", "unit"]
    ACCOUNTS "company accounts" ["names", "most_frequent"]
    WINDOW "a window" ["from", "to"]
    TIME_COLUMN "a column of times" ["column", "format"]
    DURATION_COLUMN "a column of lengths of time" ["column", "unit"]
    LABEL "a column of names" ["constant", "column", "from", "names", "most_frequent", "pseudonyms"]
    MOMENT "a moment" ["at", "after"]
    CASE_MOMENT "a moment of a case" ["last_row", "first_update", "last_update"]
    HAND_OVERS "hand-overs" ["changes_of", "maximum_of", "others_in"]
    CONDITION "a condition" ["column", "is", "one_of", "none_of", "missing", "present"]
    LIMITS "limits" ["bytes", "rows", "row_bytes"]
    WEEK "a week" ["hours", "days", "period", "steps", "sines", "line"]
    SINE "a sine" ["swing", "peak", "cycles"]
    SURGE "a surge" ["times", "from", "for", "business_unit", "channel", "shape"]
    SURGE_SHAPE "the shape of a surge" ["rise_and_decay", "self_exciting"]
    RISE "`rise_and_decay`" ["rise", "half_life"]
    LAW "a law" ["constant", "exponential", "uniform", "triangular", "erlang", "gamma", "lognormal", "weibull", "hyperexponential", "pareto", "mixture", "empirical", "shifted", "truncated"]
    EXPONENTIAL "`exponential`" ["mean"]
    UNIFORM "`uniform`" ["min", "max"]
    TRIANGULAR "`triangular`" ["min", "mode", "max"]
    ERLANG "`erlang`" ["mean", "stages"]
    GAMMA "`gamma`" ["mean", "cv", "scale", "shape"]
    LOGNORMAL "`lognormal`" ["mean", "cv", "median", "sigma"]
    WEIBULL "`weibull`" ["mean", "cv", "scale", "shape"]
    HYPEREXPONENTIAL "`hyperexponential`" ["mean", "cv"]
    PARETO "`pareto`" ["mean", "alpha"]
    BRANCH "a branch of a mixture" ["share", "law"]
    SHIFTED "`shifted`" ["by", "law"]
    TRUNCATED "`truncated`" ["law", "min", "max"]
    EXPECTATION "`expect_reply_within`" ["none", "lognormal", "law"]
    PRACTICE "`practice`" ["triage", "recognize", "ask", "consult", "review", "legal_review", "search", "engage", "first_reply", "later_reply", "rework", "reread", "triage_errs", "error", "guess_wrong", "guess_times", "search_finds", "caught", "context_settles", "scan", "find", "orphaned", "policy_change", "change_concerns", "notice", "claim_shows", "left_to_others", "confer", "decide", "decisions", "shared_tool", "other_team", "other_company", "brief_reply", "approve_loud"]
    DECISIONS "`decisions`" ["desk", "lead", "head"]
    DECISION "what is decided at a level" ["rework", "quick_fix"]
    HAND_OFF "a hand-off" ["delay", "keeps"]
    KNOWLEDGE "`knowledge`" ["own_generic", "vendor_generic", "own_unit", "other_units", "expert", "strategist", "employee"]
    KIND "a kind of people" ["cost", "hours", "paid", "for_social", "post", "consult", "meetings", "training", "listening", "content", "vendor_management", "absence", "turnover", "with_people", "speaks"]
    STANDING "standing work" ["every", "hours", "serves", "session", "share", "together", "teaches"]
    TEACHES "what training teaches" ["up_to", "learns_in", "half_life"]
    UP_TO "what training leads up to" ["generic", "own_unit", "other_units"]
    ABSENCE "`absence`" ["share", "lasts", "at_once"]
    TURNOVER "`turnover`" ["leave", "vacancy", "newcomer"]
    NEWCOMER "a newcomer" ["speed", "knowledge", "learns_in"]
    OPEN "opening hours" ["hours", "zone", "except", "stretches", "every"]
    EXCEPTION "an exception" ["on", "hours"]
    DESIGN "a design" ["centralized", "decentralized", "hub_and_spoke", "dandelion", "holistic", "touchpoint", "outsourced", "one_person", "graph", "duties", "scale", "contract", "edits", "dialogue"]
    DIALOGUE "`dialogue`" ["deflects", "to_private"]
    DUTIES "the duties of a kind of people in a design" ["meetings", "training", "listening", "content", "vendor_management", "absence", "turnover"]
    CENTRALIZED "`centralized`" ["staff", "open", "sites", "approval", "authority", "listens", "keep_free", "experts_of_each_unit", "shift_end", "discipline", "block", "centralization", "hold"]
    DECENTRALIZED "`decentralized`" ["staff", "open", "sites", "approval", "authority", "listens", "keep_free", "experts_of_each_unit", "shift_end", "discipline", "block", "centralization", "hold", "warm", "give_up", "each_unit", "own_accounts", "ownership"]
    HUB_AND_SPOKE "`hub_and_spoke`" ["staff", "open", "sites", "approval", "authority", "listens", "keep_free", "experts_of_each_unit", "shift_end", "discipline", "block", "centralization", "hold", "warm", "give_up", "hub", "each_spoke", "direct_intake", "hub_helps_after", "spokes_help_after", "route"]
    DANDELION "`dandelion`" ["staff", "open", "sites", "approval", "authority", "listens", "keep_free", "experts_of_each_unit", "shift_end", "discipline", "block", "centralization", "hold", "warm", "give_up", "corporate", "each_sub_hub", "each_spoke", "brands", "own_accounts", "hub_helps_after", "route"]
    HOLISTIC "`holistic`" ["staff", "open", "sites", "approval", "authority", "listens", "keep_free", "experts_of_each_unit", "shift_end", "discipline", "block", "centralization", "hold", "warm", "give_up", "hub", "each_unit", "employees_round", "hub_helps_after", "route"]
    TOUCHPOINT "`touchpoint`" ["staff", "open", "sites", "approval", "authority", "listens", "keep_free", "experts_of_each_unit", "shift_end", "discipline", "block", "centralization", "hold", "warm", "give_up", "channels"]
    CHANNEL_DESK "the people of a channel" ["unit"]
    OUTSOURCED "`outsourced`" ["staff", "open", "sites", "approval", "authority", "listens", "keep_free", "experts_of_each_unit", "shift_end", "discipline", "block", "centralization", "hold", "warm", "give_up", "may_answer", "vendor_open", "terms", "playbook_refresh", "ramp"]
    ONE_PERSON "`one_person`" ["open", "listens", "shift_end", "discipline", "block"]
    SITE "a site" ["share", "open", "speaks"]
    CONTRACT "`contract`" ["takes", "after", "may_answer", "approval", "authority", "open", "terms", "playbook_refresh", "ramp"]
    TERMS "`terms`" ["price_per_case", "promise"]
    PROMISE "a promise" ["within", "share", "penalty"]
    PLACE "the people of one place" []
    STAFF "`staff`" ["busy"]
    GRAPH "a graph" ["roles", "links"]
    ROLE "a role" ["people", "speaks", "heads", "open", "unit", "vendor", "service", "service_by_topic", "draw", "desk", "discipline", "taken_by", "waiting_room", "shift_end", "proactive", "slots", "switching", "fatigue", "strain", "block", "cost", "knows", "meetings", "training", "listening", "content", "vendor_management", "absence", "turnover", "terms", "ramp"]
    SHIFT "some people of a role" ["count", "heads", "present", "from", "open", "skills", "speaks", "times", "with_people"]
    DESK "a desk" ["triage", "answer", "ladder", "approval", "authority", "centralization", "only_objectors", "deflects", "to_private"]
    KNOWS "what a role knows" ["generic", "own_unit", "other_units", "units", "topics"]
    PROACTIVE "proactive work" ["when_idle", "endless"]
    WHEN_IDLE "`when_idle`" ["keep_free", "preemptible"]
    ENDLESS "`endless`" ["task", "keep_free", "preemptible"]
    DISCIPLINE "a queue discipline" ["priority", "earliest_deadline"]
    PRIORITY "`priority`" ["preemptive", "kept_free", "moves_up_after", "when_full"]
    EARLIEST "`earliest_deadline`" ["due"]
    SLOTS "`slots`" ["most", "slowdown", "each", "together", "parked_count"]
    SWITCHING "`switching`" ["cases", "kinds"]
    FATIGUE "`fatigue`" ["after", "slower", "rest"]
    STRAIN "`strain`" ["hurry", "overload"]
    OVERLOAD "`overload`" ["after", "above", "slower", "errors"]
    LINK "a link" ["intake", "listen", "route", "overflow", "consult", "escalate", "approve", "report", "policy"]
    INTAKE "an intake" ["from", "to", "topics", "matter", "risk", "languages", "own_account", "ownership"]
    LISTEN "a `listen` link" ["from", "to", "topics", "matter", "risk", "languages"]
    ROUTE "a route" ["from", "to", "topics", "channels", "matter", "risk", "languages", "delay", "keeps", "loses", "hand_off", "share", "when", "warm", "give_up"]
    OVERFLOW "an overflow" ["from", "to", "topics", "channels", "matter", "risk", "languages", "after", "keeps"]
    CONSULT "a `consult` link" ["from", "to", "topics", "channels", "matter", "risk", "languages", "timeout", "hold"]
    ESCALATE "an escalation" ["from", "to", "topics", "channels", "matter", "risk", "languages", "delay", "keeps", "loses", "hand_off", "warm", "give_up"]
    APPROVE "an `approve` link" ["from", "to", "topics", "channels", "matter", "risk", "languages", "timeout", "overdue", "step"]
    REPORT "a reporting line" ["from", "to", "timeout"]
    POLICY "a `policy` link" ["from", "to", "refresh"]
    MATTER "a matter" ["of", "anything_about"]
    EDIT "an edit" ["change", "add", "remove", "share"]
    CHANGE "a change of a role" ["role", "people", "open", "approval", "authority", "proactive", "discipline", "taken_by", "shift_end", "slots", "switching", "fatigue", "strain"]
    REMOVE "a link to remove" ["link", "from", "to"]
    EXPERIMENT "`experiment`" ["kind", "run_for", "warm_up", "follow", "repeat", "seed", "confidence", "hold_equal", "worth_noticing", "start", "zone", "thresholds", "observe", "measure", "knock_out_day", "precision", "repeat_at_most"]
    HOLD_EQUAL "`hold_equal`" ["cost", "headcount", "within"]
    WORTH_NOTICING "`worth_noticing`" ["share", "time", "money"]
    OBSERVE "`observe`" ["at", "every"]
    DEPENDS "what it depends on" ["what", "from", "to", "try"]
    WHAT_IF "a what-if" ["set", "surge", "leaves"]
    LEAVES "an absence" ["who", "design", "from", "replaced_after"]
}

/// Keys that say which cases pass over a link, and how.
const PASSAGE: &[&str] =
    &["topics", "channels", "matter", "risk", "languages", "delay", "keeps", "loses", "hand_off"];

/// Keys that other links have and that would change nothing at these, with what to do instead.
const NO_EFFECT: &[(&Shape, &[&str], &str)] = &[
    (&INTAKE, &["channels"], "an intake names its channels under `from`"),
    (&LISTEN, &["channels"], "it names its channels under `from`"),
    (
        &INTAKE,
        &["delay", "keeps", "loses", "hand_off"],
        "what customers post is there at once and whole; state it where the case is passed on",
    ),
    (
        &LISTEN,
        &["delay", "keeps", "loses", "hand_off"],
        "`practice.scan` says how long it takes until a mention can be seen",
    ),
    (
        &OVERFLOW,
        &["delay", "loses", "hand_off"],
        "the case is taken out of the line where it waits, at once; `keeps` says how much context is kept",
    ),
    (
        &CONSULT,
        &["delay", "keeps", "loses", "hand_off"],
        "the case stays where it is; `practice.ask` and `practice.consult` say how long a question takes",
    ),
    (
        &APPROVE,
        &["delay", "keeps", "loses", "hand_off"],
        "the case stays where it is; `practice.review` says how long a review takes",
    ),
    (&POLICY, PASSAGE, "no case passes over it; `refresh` says how late changes arrive"),
    (&REPORT, PASSAGE, "only exceptions climb a reporting line, at once and whole: leave it out"),
];

/// Places of a design's people, in designs whose people do not stand beside the other keys.
const PLACES: [(&Shape, &[&str]); 4] = [
    (&DECENTRALIZED, &["each_unit"]),
    (&HUB_AND_SPOKE, &["hub", "each_spoke"]),
    (&DANDELION, &["corporate", "each_sub_hub", "each_spoke"]),
    (&HOLISTIC, &["hub", "each_unit"]),
];

/// The places of people in this design, none where they stand beside the other keys.
pub(super) fn places(shape: &Shape) -> &'static [&'static str] {
    PLACES.iter().find(|(of, _)| of.what == shape.what).map_or(&[], |(_, places)| places)
}

/// The designs, in backticks, that have a place of this name.
pub(super) fn designs_with(place: &str) -> Vec<&'static str> {
    PLACES.iter().filter(|(_, places)| places.contains(&place)).map(|(of, _)| of.what).collect()
}

/// Why a key that this object does not have would change nothing, and what to do instead.
pub(super) fn no_effect(shape: &Shape, key: &str) -> Option<&'static str> {
    NO_EFFECT
        .iter()
        .find(|(of, keys, _)| of.what == shape.what && keys.contains(&key))
        .map(|(_, _, help)| *help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_effect_is_no_key() {
        for (shape, keys, _) in NO_EFFECT {
            assert!(keys.iter().all(|key| !shape.keys.contains(key)), "{}", shape.what);
        }
    }

    /// Defaults, what is in use and words for inputs are tables of their own, by path: a key that gets another name is to get
    /// it there as well.
    #[test]
    fn the_tables_of_paths_speak_of_keys_that_there_are() {
        let tables = [
            include_str!("defaults.rs"),
            include_str!("in_use.rs"),
            include_str!("../present/depends/words.rs"),
        ];
        let known = |step: &str| {
            ["", "*", "analyst"].contains(&step)
                || SHAPES.iter().any(|shape| shape.keys.contains(&step))
        };
        for table in tables {
            let code = table.split("mod tests").next().unwrap_or_default();
            let mut paths = 0;
            for path in code.split('"').filter(|text| !text.contains(char::is_whitespace)) {
                let mut steps = path.split('.');
                let begins = steps.next().is_some_and(|first| SCENARIO.keys.contains(&first));
                if begins && path.contains('.') {
                    paths += 1;
                    let strange = path.split('.').find(|step| !known(step));
                    assert_eq!(strange, None, "`{path}`");
                }
            }
            assert!(20 < paths, "{paths} paths");
        }
    }

    #[test]
    fn no_key_stands_twice_or_hides_a_note() {
        for shape in SHAPES {
            for (i, key) in shape.keys.iter().enumerate() {
                assert!(
                    !shape.keys[..i].contains(key) && !ANYWHERE.contains(key),
                    "{key} of {}",
                    shape.what
                );
            }
        }
    }
}
