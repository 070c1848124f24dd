//! What people answer to the ten questions of `orgsim new`, read by the rules of the format.

use super::names::{fold, quote};
use super::new::{APPROVAL, Answers, money_in};
use super::text::{Fault, Per, goal, hours, leading_number, minutes, one_currency, price, rate};

/// What says that there is none.
const NONE: [&str; 5] = ["0", "0%", "no", "none", "nobody"];

/// What people put before a number that they do not have exactly.
const ABOUT: [&str; 7] =
    ["about ", "around ", "roughly ", "approximately ", "approx. ", "ca. ", "~"];

/// What people call what comes in.
const MESSAGES: [&str; 6] = ["message", "messages", "inquiry", "inquiries", "mail", "mails"];

/// What people call those who answer.
const PEOPLE: [&str; 6] = ["fte", "ftes", "people", "persons", "agents", "heads"];

/// How people say for what stretch an amount is, and how the format says it.
const STRETCHES: [(&str, &str); 17] = [
    (" a month", "/month"),
    (" per month", "/month"),
    (" monthly", "/month"),
    ("/mo", "/month"),
    (" a week", "/week"),
    (" per week", "/week"),
    (" a year", "/year"),
    (" per year", "/year"),
    (" per annum", "/year"),
    (" p.a.", "/year"),
    (" yearly", "/year"),
    (" annually", "/year"),
    ("/yr", "/year"),
    (" an hour", "/hour"),
    (" per hour", "/hour"),
    (" hourly", "/hour"),
    ("/hr", "/hour"),
];

/// What stands for no answer.
const UNKNOWN: [&str; 6] = ["", "?", "-", "don't know", "dont know", "unknown"];

impl Answers {
    /// Take an answer to the question of this key; "don't know" leaves it open.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    ///
    /// ```
    /// let mut answers = orgsim::scenario::Answers::default();
    /// answers.note("messages_per_day", "1,200").unwrap();
    /// assert_eq!(answers.messages_per_day, Some(1200.0));
    /// assert!(answers.note("messages_per_day", "1.200").is_err());
    /// ```
    pub fn note(&mut self, key: &str, line: &str) -> Result<(), String> {
        let line = line.trim();
        if UNKNOWN.contains(&line.to_lowercase().replace('’', "'").as_str()) {
            return Ok(());
        }
        let said = match key {
            "channels" | "business_units" | "open" => line.to_owned(),
            _ => in_plain_digits(line),
        };
        self.take(key, &said).map_err(|fault| match fault.help {
            Some(help) => format!("{}: {help}", fault.message),
            None => fault.message,
        })
    }

    fn take(&mut self, key: &str, line: &str) -> Result<(), Fault> {
        let share = || number(line, 100.0);
        let none = NONE.contains(&line.to_lowercase().as_str());
        match key {
            "messages_per_day" => self.messages_per_day = Some(a_day(line)?),
            "need_reply_percent" => self.need_reply_percent = Some(share()?),
            "channels" => self.channels = Some(channels(line)?),
            "business_units" => self.business_units = Some(units(line)?),
            "front_line_answers_of_ten" => {
                let bare = line.strip_suffix("of 10").or(line.strip_suffix("in 10"));
                self.front_line_answers_of_ten = Some(number(bare.unwrap_or(line), 10.0)?);
            }
            "people" => {
                let (people, cost) = line.split_once(" at ").ok_or_else(|| {
                    unclear(line, "people and what one costs, as in `10 at 66800`")
                })?;
                let people = match people.trim().rsplit_once(' ') {
                    Some((number, who)) if PEOPLE.contains(&who.to_lowercase().as_str()) => number,
                    _ => people,
                };
                self.people = Some((above_zero(people)?, self.money(cost, Per::Year)?));
            }
            "open" => {
                let open = if line == "24/7" { "always" } else { line };
                hours(open)?;
                self.open = Some(open.to_owned());
            }
            "approval" if none => self.approval = Some((0.0, None)),
            "approval" => self.approval = Some(self.approved(line)?),
            "promise" => {
                let (promise, whom) = line.split_once(',').unwrap_or((line, "our customers"));
                let promise = as_goal(promise.trim());
                goal(&promise)?;
                self.promise = Some((promise, whom.trim().to_owned()));
            }
            _ if none => self.vendor_per_hour = Some(0.0),
            _ => {
                let cost = self.money(line, Per::Hour)?;
                self.vendor_per_hour = Some(cost);
            }
        }
        Ok(())
    }

    /// The share of replies to be approved in percent, and the minutes of a review if they are said.
    fn approved(&mut self, line: &str) -> Result<(f64, Option<f64>), Fault> {
        let (share, review) = match line.split_once(',') {
            Some((share, review)) => (share, Some(review.trim())),
            None => (line, None),
        };
        let share = share.trim().trim_end_matches("of replies").trim_end();
        let read = leading_number(share.trim_end_matches('%').trim_end());
        if review.is_none() && read.is_none_or(|(_, rest)| !rest.is_empty()) {
            return Err(unclear(line, "a share, perhaps with a length of time, as in `6, 3m`"));
        }
        let share = number(share, 100.0)?;
        let Some(review) = review else {
            self.understood.push(format!("{} minutes of work a review are a guess", APPROVAL.1));
            return Ok((share, None));
        };
        let bare = review.chars().all(|c| c.is_ascii_digit() || c == '.');
        let review = minutes(&if bare { format!("{review}m") } else { review.into() })?;
        Ok((share, Some(review)))
    }

    /// An amount a year or an hour, with or without a currency, which is then that of all money. Twelve of one a month are
    /// one a year.
    fn money(&mut self, text: &str, per: Per) -> Result<f64, Fault> {
        let text = as_price(text.trim());
        let known = self.currency.as_deref().unwrap_or("$");
        let amount = text.split('/').next().unwrap_or_default();
        let bare = amount.chars().all(|c| c.is_ascii_digit() || ".,".contains(c));
        let price = price(&if bare { format!("{known}{text}") } else { text.clone() })?;
        let times = match (price.per, per) {
            (Some(Per::Month), Per::Year) => 12.0,
            (Some(stated), per) if stated != per => {
                let what = if per == Per::Year { "a year or a month" } else { "an hour" };
                return Err(unclear(&text, &format!("an amount {what}")));
            }
            _ => 1.0,
        };
        match &self.currency {
            // written as it was written first
            Some(before) if bare || one_currency(before, &price.currency) => {}
            Some(before) => {
                let message = format!("{} here, {} before", quote(&price.currency), quote(before));
                let help = "state all money in one currency";
                return Err(Fault::new("mixed-currencies", message, help));
            }
            None if bare => {}
            None => self.currency = Some(price.currency.clone()),
        }
        if 1.0 < times {
            let told = |amount, per| money_in(&price.currency, amount, per);
            let (month, year) = (told(price.amount, "month"), told(times * price.amount, "year"));
            self.understood.push(format!("{month} is {year}"));
        }
        Ok(times * price.amount)
    }
}

/// The items of a list, with semicolons between them if there are any, else with commas and perhaps `and` before the last.
fn items(line: &str) -> Result<Vec<&str>, Fault> {
    if line.contains(';') {
        let line = line.trim_end().trim_end_matches(';');
        return Ok(line.split(';').map(str::trim).collect());
    }
    let mut items: Vec<&str> = line.split(',').map(str::trim).collect();
    if let [_, .., last] = &mut items[..] {
        let name = AND.iter().find_map(|and| last.strip_prefix(and)?.strip_prefix(' '));
        *last = name.unwrap_or(last).trim_start();
    }
    let joined = |item: &&&str| AND.iter().any(|and| item.contains(&format!(" {and} ")));
    match items.iter().find(joined) {
        None => Ok(items),
        Some(item) => Err(Fault::new(
            "unreadable",
            format!("{} may be one name or several", quote(item)),
            "put `,` between several, or `;` behind it if it is one",
        )),
    }
}

/// What people write between the last two items of a list, or within a name.
const AND: [&str; 4] = ["and", "&", "/", "+"];

/// Channels with their shares; equal ones where nobody says any.
fn channels(line: &str) -> Result<Vec<(String, f64)>, Fault> {
    let bare = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_ascii_digit());
    let said = items(line)?;
    let all = if said.iter().all(|part| bare(part)) {
        said.iter().map(|&name| (name.to_owned(), 1.0)).collect()
    } else {
        let pair = |part: &str| {
            let told = || unclear(part, "a channel with its share, as in `mail 40`");
            let (name, share) = part.rsplit_once(' ').ok_or_else(told)?;
            Ok((name.trim().to_owned(), above_zero(share)?))
        };
        said.into_iter().map(pair).collect::<Result<Vec<_>, Fault>>()?
    };
    each_once(all.iter().map(|(name, _)| name))?;
    Ok(all)
}

/// Names of business units.
fn units(line: &str) -> Result<Vec<String>, Fault> {
    let names: Vec<String> = items(line)?.into_iter().map(str::to_owned).collect();
    if names.iter().any(|name| !name.contains(char::is_alphabetic)) {
        return Err(unclear(line, "names with commas between them, as in `phones, tablets`"));
    }
    each_once(names.iter())?;
    Ok(names)
}

/// A line without what says that it is only about right, and without the marks between thousands of `75'000`.
fn in_plain_digits(line: &str) -> String {
    let about = |line: &str| {
        ABOUT.iter().find(|about| line.to_lowercase().starts_with(**about)).map_or(0, |of| of.len())
    };
    let line: Vec<char> = line[about(line)..].chars().collect();
    let is_digit = |at: usize| line.get(at).is_some_and(char::is_ascii_digit);
    let is_mark = |at: usize| {
        let thousand = (1..4).all(|more| is_digit(at + more)) && !is_digit(at + 4);
        ['\'', '’'].contains(&line[at]) && thousand && 0 < at && is_digit(at - 1)
    };
    (0..line.len()).filter(|&at| !is_mark(at)).map(|at| line[at]).collect()
}

/// An amount and its stretch as the format writes them: `5.5k EUR a month` is `5500 EUR/month`.
fn as_price(said: &str) -> String {
    let said = said.strip_suffix(" each").unwrap_or(said);
    let spoken = STRETCHES.iter().find_map(|(spoken, written)| {
        let cut = said.len().checked_sub(spoken.len())?;
        let ends = said.get(cut..)?.eq_ignore_ascii_case(spoken);
        ends.then(|| (&said[..cut], (*written).to_owned()))
    });
    let written = || said.split_once('/').map(|(amount, per)| (amount, format!("/{}", per.trim())));
    let (amount, stretch) = spoken.or_else(written).unwrap_or((said, String::new()));
    in_full(amount.trim_end()) + &stretch
}

/// An amount whose thousands are told by a `k`, in full: `78k EUR` is `78000 EUR`.
fn in_full(amount: &str) -> String {
    let Some((number, rest)) = amount.split_once(['k', 'K']) else { return amount.to_owned() };
    let whole = number.ends_with(|c: char| c.is_ascii_digit()) && !number.contains(['.', ',']);
    match whole && (rest.is_empty() || rest.starts_with(' ')) {
        true => format!("{number}000{rest}"),
        false => amount.to_owned(),
    }
}

/// A promise as a goal: `80% within 4h` is `answered within 4h >= 80%`. What is said otherwise stays as it is.
fn as_goal(promise: &str) -> String {
    let said = promise.split_once(" within ").and_then(|(before, time)| {
        let mut words = before.split(' ').filter(|word| !["answered", "of", "all"].contains(word));
        let share = words.next().filter(|word| word.ends_with('%'))?;
        words.next().is_none().then(|| format!("answered within {} >= {share}", time.trim()))
    });
    said.unwrap_or_else(|| promise.to_owned())
}

/// Refuse a name that stands twice.
fn each_once<'a>(names: impl Iterator<Item = &'a String>) -> Result<(), Fault> {
    let mut known: Vec<String> = Vec::new();
    for name in names {
        if known.contains(&fold(name)) {
            return Err(Fault::new(
                "unreadable",
                format!("{} stands there twice", quote(name)),
                "",
            ));
        }
        known.push(fold(name));
    }
    Ok(())
}

fn unclear(text: &str, expected: &str) -> Fault {
    Fault::new("unreadable", format!("{} is not {expected}", quote(text.trim())), "")
}

/// A number as people type it, `1,200` or `43%`, from 0 to `most`.
fn number(text: &str, most: f64) -> Result<f64, Fault> {
    let text = text.trim();
    if let Some(fault) = Fault::two_readings(text) {
        return Err(fault);
    }
    let read = leading_number(text.trim_end_matches('%').trim_end());
    match read.filter(|(_, rest)| rest.is_empty()) {
        Some((number, _)) if (0.0..=most).contains(&number) => Ok(number),
        Some(_) => Err(unclear(text, &format!("between 0 and {most}"))),
        None => Err(Fault::unreadable("a number", text, "")),
    }
}

/// So many a day, said as a number or as a rate.
fn a_day(text: &str) -> Result<f64, Fault> {
    let is_what = |word: &&str| !MESSAGES.contains(word);
    let text = &text.split(' ').filter(is_what).collect::<Vec<_>>().join(" ");
    match rate(text) {
        // a rate is read by the hour; what was a whole number by the day is one again
        Ok(per_hour) if 0.0 < per_hour => Ok((per_hour * 24.0 * 1e6).round() / 1e6),
        _ => above_zero(text),
    }
}

fn above_zero(text: &str) -> Result<f64, Fault> {
    let number = number(text, 1e9)?;
    if 0.0 < number { Ok(number) } else { Err(unclear(text, "above 0")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::QUESTIONS;

    #[test]
    fn every_example_is_an_answer() {
        let mut answers = Answers::default();
        for question in QUESTIONS {
            assert_eq!(answers.note(question.key, question.example), Ok(()), "{}", question.key);
        }
        assert_eq!(answers.people, Some((10.0, 66_800.0)));
        assert_eq!(answers.approval, Some((6.0, Some(3.0))));
        assert_eq!(answers.channels.as_ref().map(Vec::len), Some(3));
    }

    #[test]
    fn messages_may_be_told_as_a_rate() {
        for (line, a_day) in
            [("250/day", 250.0), ("7 per week", 1.0), ("12.5/hour", 300.0), ("1,200", 1200.0)]
        {
            let mut answers = Answers::default();
            assert_eq!(answers.note("messages_per_day", line), Ok(()));
            assert_eq!(answers.messages_per_day, Some(a_day), "{line}");
        }
        assert!(Answers::default().note("messages_per_day", "0/day").is_err());
        assert!(Answers::default().note("messages_per_day", "250/fortnight").is_err());
    }

    #[test]
    fn answers_may_be_said_as_people_say_them() {
        let mut answers = Answers::default();
        for (key, line) in [
            ("messages_per_day", "about 1'200 per day"),
            ("people", "12 FTE at CHF 75’000"),
            ("promise", "80% within 4 hours, the board"),
            ("vendor_per_hour", "~CHF 30"),
            ("need_reply_percent", "ca. 43%"),
            ("front_line_answers_of_ten", "7 of 10"),
            ("open", "24/7"),
        ] {
            assert_eq!(answers.note(key, line), Ok(()), "{line}");
        }
        assert_eq!((answers.messages_per_day, answers.people), (Some(1200.0), Some((12.0, 75e3))));
        assert_eq!(answers.vendor_per_hour, Some(30.0));
        let (goal, whom) = answers.promise.unwrap();
        assert_eq!((goal.as_str(), whom.as_str()), ("answered within 4 hours >= 80%", "the board"));
        assert_eq!(answers.front_line_answers_of_ten, Some(7.0));
        assert_eq!(answers.open.as_deref(), Some("always"));
        let mut answers = Answers::default();
        assert_eq!(answers.note("messages_per_day", "450 messages per day"), Ok(()));
        assert_eq!(answers.messages_per_day, Some(450.0));
        for line in ["60 at €78k", "60 at 78k", "60 at 78K €", "60 at 78,000"] {
            assert_eq!(answers.note("people", line), Ok(()), "{line}");
            assert_eq!(answers.people, Some((60.0, 78e3)), "{line}");
        }
        for line in ["60 at 78.5k", "60 at k", "60 at SEK"] {
            assert!(Answers::default().note("people", line).is_err(), "{line}");
        }
        for (key, line) in
            [("messages_per_day", "1'20"), ("people", "12 cats at 5"), ("people", "about at 5")]
        {
            assert!(Answers::default().note(key, line).is_err(), "{line}");
        }
    }

    #[test]
    fn lists_have_commas_or_semicolons() {
        let mut answers = Answers::default();
        assert_eq!(answers.note("business_units", "retail; cards;mortgages"), Ok(()));
        assert_eq!(answers.business_units.as_ref().map(Vec::len), Some(3));
        for line in ["x 40; facebook 60", "x 40, facebook 60"] {
            assert_eq!(answers.note("channels", line), Ok(()));
            let expected = vec![("x".to_owned(), 40.0), ("facebook".to_owned(), 60.0)];
            assert_eq!(answers.channels, Some(expected));
        }
        assert_eq!(answers.note("business_units", "retail; cards, Ltd; mortgages"), Ok(()));
        assert_eq!(answers.business_units.as_ref().map(Vec::len), Some(3));
        assert_eq!(answers.note("channels", "facebook"), Ok(()));
        assert_eq!(answers.channels, Some(vec![("facebook".to_owned(), 1.0)]));
    }

    #[test]
    fn nobody_has_to_know() {
        let mut answers = Answers::default();
        for question in QUESTIONS {
            for line in ["", "  ", "don't know", "Don’t know", "?"] {
                assert_eq!(answers.note(question.key, line), Ok(()), "{}: {line}", question.key);
            }
        }
        assert_eq!(answers, Answers::default());
    }

    #[test]
    fn none_is_an_answer() {
        for line in ["0", "none", "No", "nobody", "0, 5m"] {
            let mut answers = Answers::default();
            assert_eq!(answers.note("approval", line), Ok(()), "{line}");
            assert_eq!(answers.approval.map(|(share, _)| share), Some(0.0), "{line}");
            if !line.contains(',') {
                assert_eq!(answers.note("vendor_per_hour", line), Ok(()), "{line}");
                assert_eq!(answers.vendor_per_hour, Some(0.0), "{line}");
            }
        }
    }

    #[test]
    fn a_list_is_told_as_people_tell_one_and_a_name_may_hold_what_stands_between_names() {
        let units = |line: &str| units(line).unwrap().join("|");
        assert_eq!(units("Blau, Fix, & Youngo"), "Blau|Fix|Youngo");
        assert_eq!(units("Blau, Fix, and Youngo"), "Blau|Fix|Youngo");
        assert_eq!(units("Andover, Standard"), "Andover|Standard");
        assert_eq!(units("R & D; Sales, north and south"), "R & D|Sales, north and south");
        assert_eq!(units("Research and Development;"), "Research and Development");
        let told = channels("facebook 30, and x 70").unwrap();
        assert_eq!(told, [("facebook".to_owned(), 30.0), ("x".to_owned(), 70.0)]);
    }

    #[test]
    fn nonsense_is_no_answer_and_the_reason_is_told() {
        for (key, line, reason) in [
            ("messages_per_day", "many", "`many` is not a number"),
            (
                "messages_per_day",
                "1.200",
                "`1.200` may mean thousands or three decimals: write `1,200` or `1.20`",
            ),
            ("messages_per_day", "0", "`0` is not above 0"),
            ("channels", "x 40, X 60", "`X` stands there twice"),
            ("business_units", "phones, phones", "`phones` stands there twice"),
            ("channels", "x 40, mail", "`mail` is not a channel with its share, as in `mail 40`"),
            (
                "business_units",
                "a,,b",
                "`a,,b` is not names with commas between them, as in `phones, tablets`",
            ),
            (
                "business_units",
                "8",
                "`8` is not names with commas between them, as in `phones, tablets`",
            ),
            (
                "business_units",
                "Blau, Sun and Youngo",
                "`Sun and Youngo` may be one name or several: put `,` between several, or `;` behind it if it is one",
            ),
            (
                "channels",
                "x 30 / mail 70",
                "`x 30 / mail 70` may be one name or several: put `,` between several, or `;` behind it if it is one",
            ),
            ("people", "ten", "`ten` is not people and what one costs, as in `10 at 66800`"),
            (
                "people",
                "12 at 58.000",
                "`$58.000` may mean thousands or three decimals: write `$58,000` or `$58.00`",
            ),
            ("people", "12 at $30/hour", "`$30/hour` is not an amount a year or a month"),
            ("vendor_per_hour", "€900 a month", "`€900/month` is not an amount an hour"),
            ("need_reply_percent", "143", "`143` is not between 0 and 100"),
            (
                "open",
                "Mo-Fr 8-18",
                "`Mo-Fr` are not days: write `daily`, `weekdays`, `weekend` or `Mon-Fri`",
            ),
            ("approval", "600", "`600` is not between 0 and 100"),
            (
                "approval",
                "6 3m",
                "`6 3m` is not a share, perhaps with a length of time, as in `6, 3m`",
            ),
            ("people", "12 at $500 a week", "`$500/week` is not an amount a year or a month"),
            (
                "promise",
                "soon",
                "`soon` is not a goal: write a measure, perhaps a length of time, >= or <=, and a value: `answered within 6h >= 60%`",
            ),
        ] {
            let mut answers = Answers::default();
            assert_eq!(answers.note(key, line), Err(reason.into()), "{key}: {line}");
            assert_eq!(answers, Answers::default(), "{key}: {line}");
        }
    }

    #[test]
    fn pay_may_be_told_by_the_month() {
        for line in [
            "12 at $5,500 a month",
            "12 at $5,500/month",
            "12 people at 5500 USD per month",
            "12 at 5,500 monthly",
            "12 at $5500 / month",
            "12 at USD 5,500/mo",
            "12 at $5,500 A Month each",
        ] {
            let mut answers = Answers::default();
            assert_eq!(answers.note("people", line), Ok(()), "{line}");
            assert_eq!(answers.people, Some((12.0, 66_000.0)), "{line}");
            let [told] = answers.understood.as_slice() else { panic!("{line} is told") };
            assert!(told.contains("5,500") && told.contains("66,000"), "{line}: {told}");
        }
        for line in ["12 at 66k a year", "12 at $66,000 p.a.", "12 at 66,000/year"] {
            let mut answers = Answers::default();
            assert_eq!(answers.note("people", line), Ok(()), "{line}");
            assert_eq!(answers.people, Some((12.0, 66_000.0)), "{line}");
            assert!(answers.understood.is_empty(), "{line}");
        }
        let mut answers = Answers::default();
        answers.note("people", "8 at €5k/month").unwrap();
        assert_eq!(answers.understood, ["€5,000/month is €60,000/year"]);
        answers.note("vendor_per_hour", "32 an hour").unwrap();
        assert_eq!((answers.people, answers.vendor_per_hour), (Some((8.0, 6e4)), Some(32.0)));
    }

    #[test]
    fn a_share_of_approvals_is_an_answer_without_minutes() {
        for line in ["5", "5%", "5 %", "5% of replies", "about 5"] {
            let mut answers = Answers::default();
            assert_eq!(answers.note("approval", line), Ok(()), "{line}");
            assert_eq!(answers.approval, Some((5.0, None)), "{line}");
            assert_eq!(answers.understood, ["3 minutes of work a review are a guess"]);
        }
    }

    #[test]
    fn a_sign_and_its_code_are_one_currency() {
        for (pay, price) in
            [("8 at 65k EUR", "€32"), ("8 at €65k", "32 EUR"), ("8 at $65,000", "USD 32/hour")]
        {
            let mut answers = Answers::default();
            answers.note("people", pay).unwrap();
            let first = answers.currency.clone();
            assert_eq!(answers.note("vendor_per_hour", price), Ok(()), "{pay}, {price}");
            assert_eq!((answers.vendor_per_hour, answers.currency), (Some(32.0), first));
        }
        let mut answers = Answers::default();
        answers.note("people", "8 at 65k CHF").unwrap();
        assert!(answers.note("vendor_per_hour", "€32").is_err());
    }

    #[test]
    fn one_currency_holds_for_all_money() {
        let mut answers = Answers::default();
        answers.note("people", "12 at €58,000/year").unwrap();
        answers.note("vendor_per_hour", "20").unwrap();
        assert_eq!((answers.currency.as_deref(), answers.vendor_per_hour), (Some("€"), Some(20.0)));
        assert_eq!(
            answers.note("vendor_per_hour", "$20"),
            Err("`$` here, `€` before: state all money in one currency".into())
        );
    }
}
