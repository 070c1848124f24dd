//! What the codes of findings mean, at more length than one line.

/// What a diagnostic code means and what to do about it.
struct Explained {
    code: &'static str,
    text: &'static str,
}

macro_rules! explained {
    ($($code:literal: $text:literal;)*) => {
        const CODES: &[Explained] = &[$(Explained { code: $code, text: $text }),*];
    };
}

explained! {
    "a-result": "The file is the `results.json` that a run left behind. Numbers come out of it, none go in: what can be run is the scenario that it names.";
    "all-zero": "A list of weights holds zeros only. Only their proportions matter, but at least one must be positive.";
    "approval-cycle": "Replies of one role are approved by another whose replies, directly or over others, are approved by the first. Nothing could ever go out. Give somebody the last word.";
    "bad-law": "The parameters of a law contradict each other or lie outside what it allows: a minimum above the maximum, a coefficient of variation below zero, a Pareto law without a finite mean.";
    "beside-the-log": "A change or a sweep states a rate of `customers.messages`, and all customers of the scenario come by a recorded log. The log comes as it was recorded, so these messages come on top of it: the number that is turned is not the number that comes in.";
    "default-stands-in": "Designs name a kind of people that `people` does not describe, though it describes another kind with the same post. The documented default stands in, with its own cost and hours. Most often a kind was renamed in one of the two places only.";
    "does-not-answer": "A desk with `answer` false reviews, is asked or looks for mentions. An intake, a route or an escalation leads cases to it that it would have to answer. Lead them elsewhere, let it pass everything on, or let it answer.";
    "duplicate-key": "An object states the same key twice. Most readers of JSON silently take one of the two; this one refuses, because the author surely meant one of them.";
    "duplicate-name": "Two things of one kind have the same name, so that a reference to it would be ambiguous; or a what-if is called `all`, which is the word for all of them. Rename one.";
    "empty-file": "The file holds no value at all.";
    "empty-hours": "Opening hours that contain no time. Overnight hours are written `22:00-06:00`; closed days are simply left out.";
    "empty-name": "A name is empty, or nothing of it can be seen, or it has a line break. Names are free text, but people must be able to say them, and tables to print them in a row.";
    "endless": "A study `until done` ends when the last customer has left. A stream without `stop_after` or `until` never ends.";
    "endless-crowd": "Each post draws in so many others on average, and each of them as many again. At one or more, a crowd never dies out: its expected size is 1 / (1 - branching).";
    "endless-conversation": "Customers come back, or write again, every time, and nobody ever gives up: their conversations never end. Let some of them stay away.";
    "endless-loop": "A loop of plain desks sends back as many cases as it receives: the spectral radius of its shares is 1 or more. The number inside would grow without end, whatever the staff.";
    "endless-route": "Desks pass some case round and nobody in the circle ever answers it: each hands over what it does not know to the next. Let one of them answer, or guess.";
    "hardly-any-pay": "A kind of people costs less than a thousand a year. Most often thousands were left out, or a cost by the hour was written by the year. Nothing at all, as for volunteers, and a cost of one, which stands for no money in particular, are taken as meant.";
    "hardly-any-work": "By the traffic equations a role has work for less than a hundredth of the time its people are there. It can be run; most often a rate was meant by the minute and written by the hour, or hours were written where minutes were meant.";
    "holding-cycle": "Desks hand over warm to each other, or ask each other and wait, in a circle in which nobody ever lets go. If all their people do so at once, each waits for the others for ever. State `give_up` at one of the warm hand-offs, or `timeout` at one of the questions.";
    "implied-experts": "The line experts are part of archetypes with business units already: one for each business unit, or as many as `experts_of_each_unit` of the design says, at the share of the week stated by `for_social`, and in the cost. They are not counted among its people. The roles of a graph state them as they state others.";
    "infinite-variance": "A law whose variance is infinite, like a Pareto law with an alpha of at most 2. It has a mean and can be simulated, but no number of replications makes the intervals around its waits mean what they say.";
    "input": "Something given on the command line beside the scenario does not fit it: a value, a range, an answer. The message says what.";
    "language-nobody-speaks": "Customers write in a language that nobody at a role speaks, and their cases come there. Who cannot read a message can neither answer it nor pass it on, so it would wait for ever. Let somebody there speak the language (`speaks`), lead its messages elsewhere (`languages` on the links), or let another desk help out with what waits (`overflow`).";
    "lives-apart": "Kinds of people with different duties, absence or turnover are to fill one role. The people of a role have these in common: they meet together, and newcomers learn from the same training. What the role states holds for all of them.";
    "log-ambiguous-column": "The first line of the log names a column twice, so its name alone does not say which is meant. A column can be named by its place, as the message shows.";
    "log-before-start": "A replayed log has inquiries before the day on which the experiment starts. Without `experiment.start`, simulated time begins with the log.";
    "log-cases-disagree": "In a log with one row an event, the rows of some cases state different times of arrival. The first row counts.";
    "log-cases-disorder": "In a log with one row an event, the updates of some cases are not in the order of their times. Cases are followed in the order of the rows; sort the log if that is wrong.";
    "log-cut": "The run ends before the log that it replays. What comes later is left out.";
    "log-day-order": "Day and month of a column of dates are exchanged in its `format`: more of its values are dates only the other way round than only as stated.";
    "log-day-order-open": "A column of dates fits a format with the day first and one with the month first, and nothing in the log tells which is right. Compare one date with where the log comes from.";
    "log-delimiter": "What stands between the values of a row must be one ASCII character other than a quotation mark or the end of a line: `\",\"`, `\";\"`, `\"\\t\"`.";
    "log-empty": "The log holds nothing. Its first line must name the columns.";
    "log-encoding": "The log is not text in UTF-8: UTF-16, a compressed file or a workbook. Export it as CSV in UTF-8.";
    "log-gaps": "Most days between the first and the last inquiry of the log have none, far more than chance explains: the log is no continuous record. A `window` keeps to a stretch in which it is.";
    "log-line-break": "A column of names has values with a line break in them, which is what message texts have and names have not. Choose another column, or give such values a name under `names` of the mapping.";
    "log-long-names": "A column of names has values longer than 200 characters, which were cut. Most often it is the column of what customers wrote.";
    "log-long-row": "A row covers many lines. Most often a quotation mark opens a value and is never closed, so that everything behind it is taken for one value.";
    "log-messages-apart": "In a log with one row a message, some messages of the company belong to no inquiry of a customer, and are not replayed.";
    "log-names-gathered": "A column has more names than are told apart; those that are least frequent count as one.";
    "log-no-inquiries": "Nothing of the log is left: it has no rows, or all of them were dropped, not kept by `keep`, or lie outside of the `window`.";
    "log-no-time-of-day": "All inquiries arrive at midnight: the column holds days and no times of day, so every day would begin with all that comes. Name a column that has them.";
    "log-no-update-time": "A moment of a case is where an update satisfies a condition, and the mapping does not say which column holds the time of an update.";
    "log-parents-missing": "In a log with one row a message, some messages answer one that is not in the log. They begin a conversation of their own.";
    "log-replies-early": "The log has first replies that are earlier than their inquiries. They stay as they are: the profile has them as less than no time. Most often the two columns are in different time zones, or one of them holds something else.";
    "log-rows-dropped": "Rows were dropped because a value of theirs could not be read; the message has the reason, an example and the first lines. A log that more than half of its rows are dropped of is refused: the mapping does not fit it, and what is left is not what came.";
    "log-short": "The run goes on after the log that it replays has ended: days on which nothing comes are averaged with those on which everything came, so that people seem less busy than they were, and each inquiry dearer.";
    "log-thousands-open": "A column of lengths of time has points, and each has three digits behind it. They are read as decimal points; where they stand between thousands, a length is a thousandth of what it was. Export the column without them.";
    "log-time-format": "The format of a column of times cannot be used, or no value fits it. `%Y-%m-%d %H:%M` is one; the message shows a value, and a format that fits, if there is one.";
    "log-too-large": "The log, or a row of it, is larger than the `limits` of its mapping allow.";
    "log-two-formats": "Times of one column are written in two formats, and a mapping has one: rows in the other were dropped.";
    "log-unknown-column": "The mapping names a column that the first line of the log does not have. If the first line looks delimited by another character than a comma, state it as `delimiter`.";
    "log-unreadable": "The file of the log cannot be opened or read to its end.";
    "log-window": "The window of a log ends where it begins, or before. `to` is where it ends, itself not in it: for one day it is the day after.";
    "long-loop": "Of the cases in a loop nearly all come back. That is allowed, but the load of its desks is many times what comes in, and waits are very sensitive to the last per cent.";
    "long-run": "Inquiries per repetition, times repetitions, times designs are ten billion or more. A run keeps no trace of who has left, so memory is no limit, but time is. Half-widths shrink with the root of what is simulated: a hundredth of it has ten times as wide ones.";
    "long-work": "Hands-on work of more than a working day. It is allowed; most often `m` was meant and `h` was written.";
    "look-alike-names": "Two names differ only in capitals, blanks or in how accents are encoded. They count as different names.";
    "missing-duration": "The measure of this goal needs a length of time behind its name, like `answered within 6h`.";
    "missing-key": "An object lacks a key that has no default.";
    "missing-post": "An archetype lacks people that it cannot do without: those who answer, those who approve, or a vendor's.";
    "missing-share": "Some rows of a table state a share and some do not. State it for all, or for none to have them equal.";
    "missing-unit": "A quantity without a unit. Units are obligatory, so that nobody reads minutes as hours: `5m`, `300/day`, `22%`, `$66,800/year`.";
    "missing-version": "The first key of a scenario is `\"orgsim\": 1`, the version of the format.";
    "mixed-currencies": "Two currencies in one scenario. There are no exchange rates here: state all money in one.";
    "more": "Only the first 50 findings are shown. Fixing them usually takes most of the others away.";
    "negative": "A quantity that cannot be negative is.";
    "never-begun": "As many people are kept free of a topic as there are who can take something more urgent, and whoever takes the topic is one of them, so that nobody ever begins such a case: it waits for ever.";
    "no-approval": "Approvals belong to full desks; a plain desk of a queueing network has a service time and routes only.";
    "no-arrivals": "A rate of zero: allowed, but nothing ever comes.";
    "no-effect": "A key that other objects of this kind have and that would change nothing here: a loss on a question, which never leaves its desk; a delay on an intake, which brings a post at once. It is refused rather than ignored, so that nobody waits for an effect that cannot come. What could have one in another design, or with a what-if, is warned of.";
    "no-goal": "`channels`, `topics`, `stages` and `segments` say of which inquiries a goal is meant. An objective without a goal is a strategy: what is measured stands at the objectives that serve it.";
    "no-goal-serves": "A strategy is stated, and no objective with a goal serves it, directly or over others: nothing would tell whether it works. State a `goal` of its own, or say `serves` at one that has a goal. A finding of the strategy audit; the file runs.";
    "no-intake": "Customers write on this channel and no role takes it in. Every channel with a share needs at least one `intake` link.";
    "no-log": "The row `*` of a table stands for the names that a recorded log brings. Here no log brings any.";
    "no-place": "An archetype has no place for a post: a hub has no use for a vendor. Move the people or leave them out.";
    "no-plan": "Duties by kind of people belong to an archetype; in an explicit graph they stand at the roles. And a contract lays a vendor over an archetype, whose plan says who works when. An explicit graph has no plan: there the vendor is a role like any other, with `vendor`, `open`, `people` and `cost`.";
    "no-range": "Nothing lies between the two ends of a range: they are no numbers, or numbers in different units. Write both in the same words, or list values under `try`.";
    "no-staff": "A role that cases reach has nobody. It is simulated: they wait for ever and are reported as unserved.";
    "no-start-date": "Dates and time zones need a calendar: state the day on which simulated time begins as `experiment.start`. Without it, simulated time begins on a Monday without a date.";
    "no-such-file": "A log file is not where the scenario says. Paths are read from the scenario's folder.";
    "no-such-link": "An edit removes a link that the design does not have. `orgsim graph` prints a design's links.";
    "no-superior": "A desk states how often its exceptions are decided further up, and no `report` link leads up from it. Add the line, or leave `centralization` out: then the desk decides itself.";
    "no-time": "A run of no length measures nothing.";
    "no-time-left": "Meetings, training, listening and other standing work take the whole week of these people, so nobody would ever answer a customer.";
    "no-wall": "An edit lets desks share what they share already, or what takes two desks that answer customers. A history is shared where links keep the whole context, a playbook where all desks that answer know the same, a queue where units no longer have desks of their own.";
    "no-way-back": "A rate that changes by itself can come to a state from which another is never reached again, so that what is measured would depend on how long one looks. Give each state a way back.";
    "never-measured": "A goal on something that never happens in this scenario: on mood where customers have none, on a vendor's promise where nobody promises. Nothing is measured, so the goal counts as met by no design.";
    "nobody-leaves": "An absence names a kind of people, or a role, that no design has, or of which nobody is there at that time: all have left already, or are off. Each absence takes out another person, whoever of those left is there longest.";
    "not-applied": "A path with `*` sets a value wherever its key has a place. Here it has none, so this part is unchanged.";
    "not-by-part": "A goal on what all people do or cost together, such as the busiest role or the cost of a settled inquiry, is restricted to some inquiries. It has no such parts.";
    "not-equal": "The experiment holds cost or headcount equal, and a design is further off than `within` allows. A comparison of unequal designs mostly compares their budgets.";
    "not-plain": "`\"plain\": true` under `customers` switches off what customers do by default. A desk that replies has defaults of its own: a part of a case's work goes into its first reply, and some replies are wrong. They act in a plain world as anywhere. A queue as in theory has roles with a `service`, which neither reply nor err.";
    "not-utf-8": "The bytes of the file are not UTF-8. Save it in that encoding.";
    "nul-byte": "The text holds a NUL byte, which no text file has.";
    "objectives-in-a-circle": "Objectives serve each other in a circle, so that nothing says what they are all for. One of them stands above the others and serves nothing in the file.";
    "other-version": "The file is of another version of the format. It is refused rather than misread.";
    "out-of-order": "A list that must rise does not, or something ends no later than it begins.";
    "out-of-range": "A number lies outside its documented range. Bare numbers are 0 or between 1e-12 and 1e12 in magnitude, shares between 0% and 100%.";
    "output": "Results cannot be put where they are to go; the message names the place. That is looked at before anything is simulated, and again when all is written, whole or not at all. Another place is chosen with `--out`.";
    "outside-range": "The scenario's own value lies outside of the range that `it_depends_on` states for it. It is run nevertheless; but a range is meant to hold all that may be true.";
    "overlapping-hours": "Two stretches of opening hours cover the same time. State each stretch once.";
    "path-escapes": "A file outside the scenario's folder. Scenarios are passed around; they read nothing but what lies beside them, symbolic links included.";
    "second-overflow": "Cases that wait too long at a desk may be taken at other desks, each of which needs one overflow link. A second one to the same desk for the same cases would have no effect.";
    "segment-share": "Segments have shares of the customers, channels and topics have shares of the messages. Where a segment uses only some channels, both may be impossible at once: half of the customers cannot write on a channel that has a third of the messages. The channels and topics then keep their shares.";
    "serves-no-strategy": "Other objectives say what they serve, this one does not, and none serves it. Either it belongs beneath one of them, or nobody has said what it is for. A finding of the strategy audit; the file runs.";
    "shares-sum": "Shares that must make up everything do not sum to 100%. The sum may be off by one part in a billion, which rounding explains.";
    "skill-nobody-has": "Cases of a topic reach a role where nobody can take them. They would wait for ever.";
    "syntax": "The text is not JSON. Comments and trailing commas are let through; everything else is as JSON has it.";
    "too-deep": "Objects and lists are nested deeper than 128 levels, which no scenario needs.";
    "too-fine": "A law of times whose mean is below a tenth of a millisecond. Lengths are whole microseconds, so short ones are rounded noticeably or become none at all. Only ratios of times matter to a queue: with all of them a thousand times longer, and rates a thousandth, loads stay the same and waits grow a thousandfold.";
    "too-large": "The file is larger than the limit, which protects the machine of whoever opens it. The limit can be raised.";
    "too-late": "A stream, a surge or an absence begins when the run is over, so nothing of it is ever simulated. The run ends with `run_for`, which is counted from the end of the warm-up, as weeks and days are; nobody comes after that. An absence still tells while those who came are followed.";
    "too-many-groups": "Cases are kept in line by who may take them: all topics, in all languages, that the same people of a role take are one group, and of one role 64 can be told apart. People with the same skills and languages do not add to them; several roles have 64 each.";
    "too-many-names": "Of topics and languages 60,000 each can be told apart, of channels 1,000, of business units 200.";
    "too-many-objectives": "Each objective may look at inquiries of its own, and of 1,000 at most it can be told apart how they fare. Keep those that somebody decides by.";
    "too-many-reviewers": "One draft of a desk is to be reviewed over more than 64 approve links, and no more can be told apart. Links that are for other topics, channels, units, languages or risks do not count.";
    "too-much-work": "By the traffic equations a role has more work than its people have time for. It can be run; unless customers give up, are turned away or others help out, its backlog grows without end. Where it certainly does not, the message says why. Often a unit was mistaken. A role may have time enough, and those of its people who alone read a language have not: their line grows all the same.";
    "two-kinds": "Two kinds of people with the same post in one place. State one of them, or give one another `post`.";
    "two-readings": "A number with one point and three digits behind it, as in `1.200`: twelve hundred in many countries, one and two tenths in others. In an amount of money it is refused, since no currency has three decimals in use here; elsewhere it is read with a decimal point, and told where it ends in a zero. Thousands are set apart by commas, or not at all.";
    "two-tags": "Two ways to say one thing are stated at once. Keep one.";
    "unknown-channel": "A channel that `customers.channels` does not have.";
    "unknown-day": "Days are `daily`, `weekdays`, `weekend`, a day like `Mon`, or a range like `Mon-Fri`.";
    "unknown-key": "A key that this object does not have. It is refused rather than ignored, since a misspelt key would silently leave a default in place. `note`, `why`, `source` and `about` are allowed everywhere.";
    "unknown-kind": "A kind of people that is neither described under `people` nor one of the documented ones.";
    "unknown-language": "A language that `customers.languages` does not have.";
    "unknown-log-name": "A replayed log has a channel, topic, unit or language that the scenario's own table lacks. Add it, describe all others by the row `*`, or translate it under `names` in the mapping.";
    "unknown-measure": "A goal on a measure that does not exist. The measures are the row labels of the output. A plain network, whose desks have a `service` and send no replies, has those of being served.";
    "unknown-objective": "`serves` names the id of another objective of the file, with a goal or without.";
    "unknown-path": "A path that leads nowhere in this scenario. Paths name keys with dots between them; `designs.NAME.KEY` looks through the archetype.";
    "unknown-role": "A link or an edit names a role that this design does not have.";
    "unknown-segment": "A segment that `customers.segments` does not have.";
    "unknown-stage": "No topic states this `life_cycle`.";
    "unknown-state": "A state that `modulated` does not have among its `states`.";
    "unknown-topic": "A topic that `customers.topics` does not have.";
    "unknown-unit": "A unit of measurement that is not known here.";
    "unknown-unit-name": "A business unit that `customers.business_units` does not have.";
    "unknown-word": "A text that must be one of a few words is another.";
    "unknown-zone": "Time zones are named as in the IANA database, like `Europe/Berlin`.";
    "unlike-people": "An edit states a number of people for a role whose people differ in skills, speed or hours. A number gives more or fewer of the same; where they differ, say who: kinds with heads, or a list of shifts.";
    "unlike-topics": "People are kept free by priority class, because topics of one priority wait in one line. Two topics of one class state different numbers: give them one number, or priorities of their own.";
    "unreachable-role": "No chain of links leads from a channel to this role. It costs money and does nothing.";
    "unreadable": "A text that should hold a quantity in words holds something else.";
    "unreviewed": "Some replies of a role have to be approved, and no `approve` link from it is for them: their topic always must be (`\"approval\": \"always\"`), their risk is above the role's `authority`, or a share of all replies is to be approved and the links are for other languages only. They go out as they are. In an organization of one person that cannot be otherwise; elsewhere a link was forgotten, or nobody who approves reads the language: let the link be for it (`languages`), let a reviewer speak it, or add a link to somebody who does.";
    "unused-kind": "A kind of people is described in `people` and named by no design, while designs name another kind of the same post that is not described. Call both the same.";
    "usage": "The command line was not understood, or asks for what does not go together. `--help` of the command lists what there is.";
    "utf-16": "The file is UTF-16, as some Windows programs save text. Save it as UTF-8.";
    "warm-up-not-found": "The warm-up was to be found by MSER-5, and the rule would discard half of each pilot or more, or no design settles: then \
        a pilot as long as `run_for` cannot tell where the start is forgotten. Let `run_for` be several times longer.";
    "wide-law": "A law whose standard deviation is more than ten times its mean. Its mean is made up of a few huge values that most runs never \
        meet, so what is simulated differs from what theory says, and intervals promise too much. Most often the `cv` is mistaken: handling \
        times have one below 2.";
    "world": "A file could not be read or written, or the system refused something. Nothing is wrong with the scenario; the same command may succeed later or elsewhere.";
    "wrong-count": "A list has another length than it must have.";
    "wrong-way": "A goal that a design meets by doing badly: at least so much of what is better low, or at most so much of what is better high. Most often `>=` and `<=` are exchanged. The file runs, and each design is judged as the goal says.";
    "wrong-type": "A value of another kind than expected. Nothing is converted silently: the number 5 is not the text \"5\", and null is no value.";
    "zero-time-loop": "Cases go round a loop in which nothing takes any time: time would stand still. Give a desk a service time or a link a delay.";
}

/// What a code means; `None` of what is no code.
pub fn explain(code: &str) -> Option<String> {
    let found = CODES.iter().find(|explained| explained.code == code.trim())?;
    Some(format!("{}\n\n{}\n", found.code, found.text))
}

/// The codes of all findings.
pub fn codes() -> impl Iterator<Item = &'static str> {
    CODES.iter().map(|explained| explained.code)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Words with a hyphen that are no codes.
    const WORDS: &[&str] =
        &["e-mail", "hand-off", "hand-offs", "hand-overs", "knock-outs", "what-if"];

    /// The text of every source of some floors, without tests.
    fn sources(folder: &Path, all: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("the folder can be read").path();
            let name = path.file_name().and_then(|name| name.to_str()).expect("plain names");
            if path.is_dir() && name != "broken" {
                sources(&path, all);
            } else if name.ends_with(".rs") && !name.contains("tests") && name != "explain.rs" {
                let text = std::fs::read_to_string(&path).expect("a source can be read");
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let told = |line: &&str| !line.trim_start().starts_with("//");
                all.push(code.lines().filter(told).collect::<Vec<_>>().join("\n"));
            }
        }
    }

    /// A literal at the beginning of a text, if it looks like a code.
    fn code(text: &str) -> Option<&str> {
        let code = text.trim_start().strip_prefix('"')?.split('"').next()?;
        let plain = code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        (plain && code.starts_with(|c: char| c.is_ascii_lowercase())).then_some(code)
    }

    /// The codes that the sources use: whatever stands where a code does, and every literal with a hyphen.
    fn used() -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let texts = |floors: &[&str]| {
            let mut all = Vec::new();
            floors.iter().for_each(|floor| sources(&root.join(floor), &mut all));
            all
        };
        let mut used = Vec::new();
        let mut note = |text: &str, opening: &str| {
            used.extend(text.split(opening).skip(1).filter_map(code).map(String::from));
        };
        for text in texts(&["scenario", "log", "model"]) {
            for opening in [
                "fail(",
                "fail_with_help(",
                "warn(",
                "Fault::new(",
                "error(",
                "warning(",
                "position(",
                "code: ",
            ] {
                note(&text, opening);
            }
        }
        texts(&["cli"]).iter().for_each(|text| note(text, "code: "));
        for text in texts(&["scenario", "log", "model", "experiment"]) {
            let literals = text.match_indices('"').filter_map(|(at, _)| code(&text[at..]));
            // what ends in a hyphen is where some codes begin
            let whole = |code: &&str| code.contains('-') && !code.ends_with('-');
            let hyphened = literals.filter(|code| whole(code) && !WORDS.contains(code));
            used.extend(hyphened.map(String::from));
        }
        used
    }

    #[test]
    fn every_code_is_explained() {
        let used = used();
        for code in ["log-unknown-column", "negative", "too-much-work", "wrong-count", "usage"] {
            assert!(used.iter().any(|used| used == code), "{code} is not found");
        }
        for code in used {
            assert!(explain(&code).is_some(), "{code}");
        }
    }
}
