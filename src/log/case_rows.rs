//! Files with several rows per case, one for each change.

use super::columns::{Check, Column, Columns};
use super::draft::{Draft, Gather, Gathered, Labels, lacks};
use super::inquiry_rows::count;
use super::moments::{Durations, Moments};
use super::names::{LONGEST, Names, Numbers, OTHER};
use super::recorded::CaseTally;
use super::rows::Row;
use super::stamp::{Clock, Refusal, Stamp};
use crate::model::Diagnostic;
use crate::model::mapping::{CaseMoment, Condition, EventRows, HandOvers};
use std::collections::{BTreeMap, HashMap};

/// More different states than this are counted together.
const MOST_STATES: usize = 1000;

/// Gathers cases, keeping one draft for each however many rows it has.
#[derive(Debug)]
pub(super) struct Cases {
    arrival: Clock,
    labels: Labels,
    units: Option<Names>,
    key: Column,
    updated: Option<Clock>,
    state: Option<Column>,
    customer: Option<Column>,
    customers: Numbers,
    first_response: Option<CaseMoments>,
    resolution: Option<CaseMoments>,
    hand_overs: Option<Passing>,
    holders: Numbers,
    handling: Option<Durations>,
    cases: Vec<Case>,
    by_key: HashMap<Box<str>, u32>,
    states: BTreeMap<String, u64>,
    last_update: Option<i64>,
}

#[derive(Debug)]
struct Case {
    draft: Draft,
    updated: Option<Stamp>,
    first_priority: Option<u32>,
    first_response: Option<Stamp>,
    resolution: Option<Stamp>,
    holder: Option<u32>,
    /// Different holders; filled for [`Passing::Others`] only.
    holders: Vec<u32>,
    arrival_disagrees: bool,
    priority_changed: bool,
    out_of_order: bool,
}

#[derive(Debug)]
enum Passing {
    Changes(Column),
    Maximum(Column),
    Others(Column),
}

#[derive(Debug)]
enum CaseMoments {
    LastRow(Moments),
    First(Check),
    Last(Check),
}

impl CaseMoments {
    fn new(from: &CaseMoment, updated: bool, columns: &mut Columns, pointer: &str) -> CaseMoments {
        let mut check = |condition: &Condition, key: &str| {
            if !updated {
                let message =
                    "an update that satisfies a condition is asked for, but no update time";
                let found = Diagnostic::error("log-no-update-time", pointer, message);
                columns.problems.push(found.help("add `updated` with its column and format"));
            }
            columns.condition(condition, &format!("{pointer}/{key}"))
        };
        match from {
            CaseMoment::FirstUpdate(condition) => {
                CaseMoments::First(check(condition, "first_update"))
            }
            CaseMoment::LastUpdate(condition) => CaseMoments::Last(check(condition, "last_update")),
            CaseMoment::LastRow(moment) => {
                CaseMoments::LastRow(Moments::new(moment, columns, &format!("{pointer}/last_row")))
            }
        }
    }

    /// Seconds from the arrival, where the moment is read in the last row.
    fn last_row(&mut self, row: &Row, arrival: Stamp) -> Result<Option<i64>, Refusal> {
        match self {
            CaseMoments::LastRow(moments) => moments.read(row, arrival),
            CaseMoments::First(_) | CaseMoments::Last(_) => Ok(None),
        }
    }

    /// The update that counts after one more row.
    fn update(&self, row: &Row, before: Option<Stamp>, updated: Option<Stamp>) -> Option<Stamp> {
        let (check, first) = match self {
            CaseMoments::LastRow(_) => return None,
            CaseMoments::First(check) => (check, true),
            CaseMoments::Last(check) => (check, false),
        };
        match (before, updated.filter(|_| check.holds(row))) {
            (Some(before), Some(now)) if (now.since(before) < 0) == first => Some(now),
            (None, Some(now)) => Some(now),
            (before, _) => before,
        }
    }
}

impl Cases {
    /// Ready for the first row.
    pub(super) fn new(
        from: &EventRows,
        arrival: Clock,
        labels: Labels,
        columns: &mut Columns,
    ) -> Cases {
        let timed = from.updated.is_some();
        let mut moment = |at: &Option<CaseMoment>, pointer: &str| {
            at.as_ref().map(|at| CaseMoments::new(at, timed, columns, pointer))
        };
        let first_response = moment(&from.first_response, "/first_response");
        let resolution = moment(&from.resolution, "/resolution");
        let hand_overs = from.hand_overs.as_ref().map(|how| match how {
            HandOvers::ChangesOf(name) => {
                Passing::Changes(columns.find(name, "/hand_overs/changes_of"))
            }
            HandOvers::MaximumOf(name) => {
                Passing::Maximum(columns.find(name, "/hand_overs/maximum_of"))
            }
            HandOvers::OthersIn(name) => {
                Passing::Others(columns.find(name, "/hand_overs/others_in"))
            }
        });
        Cases {
            arrival,
            labels,
            units: Names::new(from.unit.as_ref(), columns, "/unit"),
            key: columns.find(&from.case, "/case"),
            updated: from.updated.as_ref().map(|at| Clock::new(at, columns, "/updated")),
            state: columns.find_some(from.state.as_ref(), "/state"),
            customer: columns.find_some(from.customer.as_ref(), "/customer"),
            customers: Numbers::default(),
            first_response,
            resolution,
            hand_overs,
            holders: Numbers::default(),
            handling: from.handling.as_ref().map(|at| Durations::new(at, columns, "/handling")),
            cases: Vec::new(),
            by_key: HashMap::new(),
            states: BTreeMap::new(),
            last_update: None,
        }
    }

    fn count_state(&mut self, row: &Row) {
        let Some(state) = self.state.as_ref().and_then(|state| state.value(row)) else { return };
        let known = self.states.contains_key(state);
        let room = self.states.len() < MOST_STATES && state.len() <= LONGEST;
        let name = if known || room { state } else { OTHER };
        *self.states.entry(name.to_string()).or_default() += 1;
    }
}

impl Gather for Cases {
    fn take(&mut self, row: &Row) -> Result<(), Refusal> {
        // First everything that may be refused, so that a dropped row leaves no trace.
        let key = self.key.value(row).ok_or_else(|| lacks(&self.key.name))?;
        let arrival = self.arrival.read(row)?;
        let updated = self.updated.as_mut().map_or(Ok(None), |clock| clock.read(row))?;
        let known = self.by_key.get(key).map(|&place| place as usize);
        let first_arrival = known.map(|place| self.cases[place].draft.arrival);
        let began = first_arrival.or(arrival).ok_or_else(|| lacks(self.arrival.name()))?;
        let last_row = |moments: &mut Option<CaseMoments>| match moments {
            Some(moments) => moments.last_row(row, began),
            None => Ok(None),
        };
        let responded = last_row(&mut self.first_response)?;
        let resolved = last_row(&mut self.resolution)?;
        let handling = self.handling.as_ref().map_or(Ok(None), |lengths| lengths.work(row))?;
        let running = match &self.hand_overs {
            Some(Passing::Maximum(column)) => count(column, row)?,
            _ => None,
        };

        self.count_state(row);
        self.last_update = self.last_update.max(updated.map(|stamp| stamp.wall));
        let place = known.unwrap_or_else(|| {
            self.by_key.insert(key.into(), self.cases.len() as u32);
            self.cases.push(Case::new(Draft { rows: 0, ..Draft::new(row.line, began) }));
            self.cases.len() - 1
        });
        let case = &mut self.cases[place];
        case.arrival_disagrees |= arrival.is_some_and(|arrival| arrival != began);
        case.out_of_order |=
            matches!((case.updated, updated), (Some(a), Some(b)) if b.since(a) < 0);
        case.updated = updated.or(case.updated);
        if let Some(moments) = &self.first_response {
            case.first_response = moments.update(row, case.first_response, updated);
        }
        if let Some(moments) = &self.resolution {
            case.resolution = moments.update(row, case.resolution, updated);
        }
        let priority = self.labels.priority.as_mut().and_then(|names| names.read(row));
        case.first_priority = case.first_priority.or(priority);
        case.priority_changed |= priority.is_some() && priority != case.first_priority;

        let draft = &mut case.draft;
        draft.rows = draft.rows.saturating_add(1);
        draft.first_response = responded;
        draft.resolution = resolved;
        self.labels.read_on(draft, row);
        draft.unit = self.units.as_mut().and_then(|units| units.read_on(draft.unit, row));
        if draft.customer.is_none() {
            let customer = self.customer.as_ref().and_then(|customer| customer.value(row));
            draft.customer = customer.map(|name| self.customers.of(name));
        }
        if let Some(seconds) = handling {
            draft.handling = Some(draft.handling.unwrap_or(0.0) + seconds);
        }
        match &self.hand_overs {
            None => {}
            Some(Passing::Maximum(_)) => draft.hand_overs = draft.hand_overs.max(running),
            Some(Passing::Changes(column)) => {
                let holder = column.value(row).map(|name| self.holders.of(name));
                let passed = case.holder.is_some() && holder.is_some() && case.holder != holder;
                case.holder = holder.or(case.holder);
                draft.hand_overs = Some(draft.hand_overs.unwrap_or(0) + u32::from(passed));
            }
            Some(Passing::Others(column)) => {
                let holder = column.value(row).map(|name| self.holders.of(name));
                if let Some(holder) = holder.filter(|holder| !case.holders.contains(holder)) {
                    case.holders.push(holder);
                }
                draft.hand_overs = Some(case.holders.len().saturating_sub(1) as u32);
            }
        }
        Ok(())
    }

    fn clocks(&self) -> Vec<&Clock> {
        let moments = [self.first_response.as_ref(), self.resolution.as_ref()];
        let others = moments.into_iter().flatten().filter_map(|moments| match moments {
            CaseMoments::LastRow(moments) => moments.clock(),
            CaseMoments::First(_) | CaseMoments::Last(_) => None,
        });
        [&self.arrival].into_iter().chain(self.updated.as_ref()).chain(others).collect()
    }

    fn lengths(&self) -> Vec<&Durations> {
        let moments = [self.first_response.as_ref(), self.resolution.as_ref()];
        let others = moments.into_iter().flatten().filter_map(|moments| match moments {
            CaseMoments::LastRow(moments) => moments.lengths(),
            CaseMoments::First(_) | CaseMoments::Last(_) => None,
        });
        others.chain(&self.handling).collect()
    }

    fn finish(self: Box<Self>) -> Gathered {
        let n =
            |flag: fn(&Case) -> bool| self.cases.iter().filter(|case| flag(case)).count() as u64;
        let mut tally = CaseTally {
            states: self.states.into_iter().collect(),
            last_update_seconds: self.last_update,
            arrival_disagrees: n(|case| case.arrival_disagrees),
            priority_changed: n(|case| case.priority_changed),
            out_of_order: n(|case| case.out_of_order),
        };
        tally.states.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        Gathered {
            inquiries: self.cases.into_iter().map(Case::finish).collect(),
            labels: self.labels,
            units: self.units,
            cases: Some(tally),
            messages: None,
        }
    }
}

impl Case {
    fn new(draft: Draft) -> Case {
        Case {
            draft,
            updated: None,
            first_priority: None,
            first_response: None,
            resolution: None,
            holder: None,
            holders: Vec::new(),
            arrival_disagrees: false,
            priority_changed: false,
            out_of_order: false,
        }
    }

    fn finish(self) -> Draft {
        let mut draft = self.draft;
        let since = |stamp: Stamp| stamp.since(draft.arrival);
        draft.first_response = draft.first_response.or(self.first_response.map(since));
        draft.resolution = draft.resolution.or(self.resolution.map(since));
        draft
    }
}

#[cfg(test)]
mod tests {
    use crate::log::*;

    const FILE: &str = "\
case,at,opened,state,holder,count,urgency,topic,done,work
A,1/2/2026 09:10,1/2/2026 09:00,New,?,0,low,late,?,5
B,1/2/2026 09:30,1/2/2026 09:20,New,x,0,low,late,?,
A,1/2/2026 09:40,1/2/2026 09:00,Open,x,0,low,lost,?,10
A,1/2/2026 09:30,1/2/2026 09:00,Open,?,1,high,lost,?,
A,1/2/2026 10:00,1/2/2026 09:01,Done,y,2,high,?,13/2/2026 09:59,1
A,1/2/2026 11:00,1/2/2026 09:00,Done,x,1,high,?,13/2/2026 10:30,
";

    fn log(edit: impl FnOnce(&mut EventRows)) -> Log {
        let format = "%d/%m/%Y %H:%M";
        let done = Moment::At(TimeColumn::new("done", format));
        let mut rows = EventRows {
            case: "case".into(),
            updated: Some(TimeColumn::new("at", format)),
            state: Some("state".into()),
            unit: Some(Label::column("holder")),
            first_response: Some(CaseMoment::FirstUpdate(Condition::is("state", "Open"))),
            resolution: Some(CaseMoment::LastRow(done)),
            handling: Some(DurationColumn { column: "work".into(), unit: DurationUnit::Minutes }),
            ..EventRows::default()
        };
        edit(&mut rows);
        let mapping = Mapping {
            missing: vec!["?".into()],
            topic: Some(Label::column("topic")),
            priority: Some(Label::Column(LabelColumn {
                column: "urgency".into(),
                from: CaseRow::First,
                names: vec![("high".into(), "urgent".into()), ("low".into(), "normal".into())],
                ..LabelColumn::default()
            })),
            ..Mapping::new(TimeColumn::new("opened", format), OneRowPer::Event(rows))
        };
        read(FILE.as_bytes(), &mapping).expect("a usable log")
    }

    #[test]
    fn rows_of_a_case_become_one_inquiry() {
        let log = log(|_| {});
        assert_eq!((log.inquiries.len(), log.rows_read), (2, 6));
        let (a, b) = (&log.inquiries[0], &log.inquiries[1]);
        assert_eq!((a.row, a.rows, b.row, b.rows), (2, 5, 3, 1));
        assert_eq!(a.first_response_seconds, Some(1800), "the earliest, not the first in the file");
        assert_eq!(a.resolution_seconds, Some(12 * 86_400 + 5400), "the last row's");
        assert_eq!((b.first_response_seconds, b.resolution_seconds), (None, None));
        assert_eq!(a.handling_seconds, Some(960.0));
        assert_eq!((log.priorities[0].as_str(), a.priority), ("normal", Some(0)));
        assert_eq!(log.topics, ["lost", "late"], "the last with a value");
        let tally = log.cases.expect("cases");
        assert_eq!(
            (tally.arrival_disagrees, tally.out_of_order, tally.priority_changed),
            (1, 1, 1)
        );
        let codes: Vec<&str> = log.findings.iter().map(|found| found.code).collect();
        // One column proves for all which comes first, day or month.
        assert_eq!(codes, ["log-cases-disagree", "log-cases-disorder"]);
    }

    #[test]
    fn hand_overs_are_counted_as_asked() {
        let holder = || "holder".to_string();
        let cases = [
            (HandOvers::ChangesOf(holder()), [Some(2), Some(0)]),
            (HandOvers::OthersIn(holder()), [Some(1), Some(0)]),
            (HandOvers::MaximumOf("count".into()), [Some(2), Some(0)]),
        ];
        for (how, expected) in cases {
            let log = log(|rows| rows.hand_overs = Some(how.clone()));
            let found: Vec<_> = log.inquiries.iter().map(|inquiry| inquiry.hand_overs).collect();
            assert_eq!(found, expected, "{how:?}");
        }
    }

    #[test]
    fn the_latest_update_can_be_the_resolution() {
        let done = CaseMoment::LastUpdate(Condition::is("state", "Done"));
        let log = log(|rows| rows.resolution = Some(done));
        assert_eq!(log.inquiries[0].resolution_seconds, Some(7200));
    }
}
