//! Files with one row per message, replies linked to their parent.

use super::columns::{Check, Column, Columns, shorten};
use super::draft::{Draft, Gather, Gathered, Labels, lacks};
use super::moments::Durations;
use super::names::{Names, Numbers};
use super::recorded::{MessageTally, Thread};
use super::rows::Row;
use super::stamp::{Clock, Refusal, Stamp};
use crate::model::mapping::{MessageRows, Reply};
use std::collections::HashSet;

/// Stands for "none" where a place in a long list would be.
const NONE: u32 = u32::MAX;

/// Gathers messages, and at the end the threads they make.
#[derive(Debug)]
pub(super) struct Messages {
    time: Clock,
    labels: Labels,
    id: Column,
    parent: Column,
    author: Column,
    inbound: Check,
    reply: Reply,
    accounts: Names,
    customers: Numbers,
    ids: Numbers,
    /// For each id its message.
    by_id: Vec<u32>,
    messages: Vec<Message>,
    inquiries: Vec<Draft>,
}

#[derive(Debug)]
struct Message {
    sent: Stamp,
    parent_id: u32,
    inbound: bool,
    /// Company account, where the company wrote it.
    account: u32,
    /// The inquiry it is, if it is one.
    inquiry: u32,
}

impl Messages {
    /// Ready for the first row.
    pub(super) fn new(
        from: &MessageRows,
        time: Clock,
        labels: Labels,
        columns: &mut Columns,
    ) -> Messages {
        Messages {
            time,
            labels,
            id: columns.find(&from.id, "/id"),
            parent: columns.find(&from.parent, "/parent"),
            author: columns.find(&from.author, "/author"),
            inbound: columns.condition(&from.inbound, "/inbound"),
            reply: from.first_response,
            accounts: Names::told(from.pseudonyms, from.unit.as_ref()),
            customers: Numbers::default(),
            ids: Numbers::default(),
            by_id: Vec::new(),
            messages: Vec::new(),
            inquiries: Vec::new(),
        }
    }

    fn number_of(&mut self, id: &str) -> u32 {
        let number = self.ids.of(plain_id(id));
        if self.by_id.len() <= number as usize {
            self.by_id.push(NONE);
        }
        number
    }

    /// For each message its parent in the file, or [`NONE`].
    fn parents(&self) -> Vec<u32> {
        let parent = |message: &Message| match message.parent_id {
            NONE => NONE,
            id => self.by_id[id as usize],
        };
        self.messages.iter().map(parent).collect()
    }

    fn tally(&self, parents: &[u32], reached: u64) -> MessageTally {
        let mut tally = MessageTally::default();
        let mut accounts = HashSet::new();
        for (place, (message, &parent)) in self.messages.iter().zip(parents).enumerate() {
            let starts = message.parent_id == NONE;
            if message.inbound {
                tally.inbound += 1;
            } else {
                tally.outbound += 1;
                tally.started_by_company += u64::from(starts);
                accounts.insert(message.account);
            }
            tally.with_parent += u64::from(!starts);
            tally.parent_not_in_file += u64::from(!starts && parent == NONE);
            tally.before_parent += u64::from(parent != NONE && (place as u32) < parent);
            if let Some(answered) = self.messages.get(parent as usize)
                && answered.inbound
                && !message.inbound
            {
                tally.reply_seconds.push(message.sent.since(answered.sent));
            }
        }
        tally.company_accounts = accounts.len();
        tally.without_inquiry = self.messages.len() as u64 - reached;
        tally
    }
}

impl Gather for Messages {
    fn take(&mut self, row: &Row) -> Result<(), Refusal> {
        let sent = self.time.read(row)?.ok_or_else(|| lacks(self.time.name()))?;
        let id = self.id.value(row).ok_or_else(|| lacks(&self.id.name))?;
        let author = self.author.value(row).ok_or_else(|| lacks(&self.author.name))?;
        let number = self.number_of(id) as usize;
        if self.by_id[number] != NONE {
            let reason = format!("`{}` has appeared before", self.id.name);
            return Err(Refusal { reason, example: Some(shorten(id, 40)) });
        }
        self.by_id[number] = self.messages.len() as u32;
        let parent_id = self.parent.value(row).map_or(NONE, |parent| self.number_of(parent));
        let inbound = self.inbound.holds(row);
        let mut inquiry = NONE;
        if inbound && parent_id == NONE {
            let mut draft = Draft::new(row.line, sent);
            self.labels.read_on(&mut draft, row);
            draft.customer = Some(self.customers.of(author));
            inquiry = self.inquiries.len() as u32;
            self.inquiries.push(draft);
        }
        let account = if inbound { NONE } else { self.accounts.number(author) };
        self.messages.push(Message { sent, parent_id, inbound, account, inquiry });
        Ok(())
    }

    fn clocks(&self) -> Vec<&Clock> {
        vec![&self.time]
    }

    fn lengths(&self) -> Vec<&Durations> {
        Vec::new()
    }

    fn finish(mut self: Box<Self>) -> Gathered {
        let parents = self.parents();
        let replies = Replies::new(&parents);
        let mut reached = 0;
        let mut inquiries = std::mem::take(&mut self.inquiries);
        let (mut waiting, mut accounts) = (Vec::new(), Vec::new());
        for (start, message) in self.messages.iter().enumerate() {
            let Some(draft) = inquiries.get_mut(message.inquiry as usize) else { continue };
            // A thread is a tree, since an inquiry has no parent: the walk ends.
            let mut thread = Thread {
                messages_customer: 0,
                messages_company: 0,
                company_accounts: 0,
                first_company_message_seconds: None,
                span_seconds: 0,
            };
            let (mut earliest, mut latest) = (0, 0);
            let mut direct: Option<(i64, u32, u32)> = None;
            let mut anywhere: Option<(i64, u32, u32)> = None;
            accounts.clear();
            waiting.push(start as u32);
            while let Some(place) = waiting.pop() {
                reached += 1;
                let here = &self.messages[place as usize];
                let seconds = here.sent.since(draft.arrival);
                (earliest, latest) = (seconds.min(earliest), seconds.max(latest));
                if here.inbound {
                    thread.messages_customer += 1;
                } else {
                    thread.messages_company += 1;
                    accounts.push(here.account);
                    let this = (seconds, place, here.account);
                    anywhere = Some(anywhere.map_or(this, |first| first.min(this)));
                    if parents[place as usize] == start as u32 {
                        direct = Some(direct.map_or(this, |first| first.min(this)));
                    }
                }
                waiting.extend(replies.to(place));
            }
            accounts.sort_unstable();
            accounts.dedup();
            thread.company_accounts = accounts.len() as u32;
            thread.first_company_message_seconds = anywhere.map(|(seconds, _, _)| seconds);
            thread.span_seconds = latest - earliest;
            let response = match self.reply {
                Reply::Direct => direct,
                Reply::AnywhereInThread => anywhere,
            };
            draft.first_response = response.map(|(seconds, _, _)| seconds);
            draft.unit = response.map(|(_, _, account)| account);
            draft.rows = thread.messages_customer + thread.messages_company;
            draft.thread = Some(thread);
        }
        let tally = self.tally(&parents, reached);
        Gathered {
            inquiries,
            labels: self.labels,
            units: Some(self.accounts),
            cases: None,
            messages: Some(tally),
        }
    }
}

/// The direct replies to each message, in file order.
struct Replies {
    first: Vec<u32>,
    next: Vec<u32>,
}

impl Replies {
    fn new(parents: &[u32]) -> Replies {
        let mut replies =
            Replies { first: vec![NONE; parents.len()], next: vec![NONE; parents.len()] };
        for (place, &parent) in parents.iter().enumerate().rev() {
            if let Some(first) = replies.first.get_mut(parent as usize) {
                replies.next[place] = *first;
                *first = place as u32;
            }
        }
        replies
    }

    fn to(&self, message: u32) -> impl Iterator<Item = u32> + '_ {
        let some = |place: u32| (place != NONE).then_some(place);
        let after = move |&place: &u32| some(self.next[place as usize]);
        std::iter::successors(some(self.first[message as usize]), after)
    }
}

/// An id without the fraction some programs add to numbers: `3.0` is `3`.
fn plain_id(id: &str) -> &str {
    match id.split_once('.') {
        Some((whole, zeros))
            if !whole.is_empty()
                && whole.bytes().all(|digit| digit.is_ascii_digit())
                && !zeros.is_empty()
                && zeros.bytes().all(|digit| digit == b'0') =>
        {
            whole
        }
        _ => id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::*;

    #[test]
    fn ids_written_as_fractions_are_the_same_ids() {
        let cases = [
            ("3.0", "3"),
            ("3", "3"),
            ("3.50", "3.50"),
            ("a.0", "a.0"),
            (".0", ".0"),
            ("3.", "3."),
        ];
        for (written, plain) in cases {
            assert_eq!(plain_id(written), plain);
        }
    }

    const FILE: &str = "\
id,to,who,in,at
2,1.0,Help,no,2026-03-02 09:10:00 +0100
1,,7,yes,2026-03-02 09:00:00 +0100
3,1,Desk,no,2026-03-02 08:05:00 +0000
4,2,7,yes,2026-03-02 09:20:00 +0100
5,4,Help,no,2026-03-02 09:30:00 +0100
6,,9,yes,2026-03-02 10:00:00 +0100
7,6,8,yes,2026-03-02 10:01:00 +0100
8,7,Help,no,2026-03-02 10:03:00 +0100
9,99,9,yes,2026-03-02 10:04:00 +0100
10,11,9,yes,2026-03-02 10:05:00 +0100
11,10,Help,no,2026-03-02 10:06:00 +0100
12,,Help,no,2026-03-02 10:07:00 +0100
13,13,9,yes,2026-03-02 10:08:00 +0100
1,,9,yes,2026-03-02 10:09:00 +0100
";

    fn log(first_response: Reply) -> Log {
        let rows = MessageRows {
            id: "id".into(),
            parent: "to".into(),
            author: "who".into(),
            inbound: Condition::is("in", "yes"),
            first_response,
            pseudonyms: false,
            unit: None,
        };
        let time = TimeColumn::new("at", "%Y-%m-%d %H:%M:%S %z");
        read(FILE.as_bytes(), &Mapping::new(time, OneRowPer::Message(rows))).expect("a usable log")
    }

    #[test]
    fn messages_become_threads() {
        let log = log(Reply::Direct);
        assert_eq!((log.inquiries.len(), log.customers), (2, 2));
        let (first, second) = (&log.inquiries[0], &log.inquiries[1]);
        assert_eq!(first.row, 3);
        assert_eq!(first.first_response_seconds, Some(300), "by the offset: 8:05 is 9:05 there");
        assert_eq!(log.units[usize::from(first.unit.expect("answered"))], "Desk");
        let thread = Thread {
            messages_customer: 2,
            messages_company: 3,
            company_accounts: 2,
            first_company_message_seconds: Some(300),
            span_seconds: 1800,
        };
        assert_eq!((first.thread, first.rows), (Some(thread), 5));
        assert_eq!((second.first_response_seconds, second.unit), (None, None));
        let anywhere = self::log(Reply::AnywhereInThread);
        assert_eq!(anywhere.inquiries[1].first_response_seconds, Some(180));
        assert!(anywhere.inquiries[1].unit.is_some());
    }

    #[test]
    fn what_belongs_to_no_inquiry_is_counted() {
        let tally = log(Reply::Direct).messages.expect("messages");
        let expected = MessageTally {
            inbound: 7,
            outbound: 6,
            with_parent: 10,
            parent_not_in_file: 1,
            before_parent: 2,
            started_by_company: 1,
            without_inquiry: 5,
            company_accounts: 2,
            reply_seconds: vec![600, 300, 600, 120, 60],
        };
        assert_eq!(tally, expected);
    }
}
