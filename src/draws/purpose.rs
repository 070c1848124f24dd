/// What a uniform decides.
///
/// One key holds an unrelated sequence of uniforms for every purpose. The numbers are part of the
/// results of a seed: a new purpose takes the next free number, 100, and none is ever renumbered or used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
#[non_exhaustive]
pub enum Purpose {
    /// Time to the next arrival.
    Gap = 0,
    /// Where the customer speaks.
    Channel = 1,
    /// What the inquiry is about.
    Topic = 2,
    /// Whose matter it really is: the business unit.
    Unit = 3,
    /// Which matter within the unit.
    Matter = 4,
    /// Whether the customer addresses the right place.
    FirstGuess = 5,
    /// Which wrong place is addressed.
    WrongGuess = 6,
    /// Whether the message needs a reply at all.
    NeedsReply = 7,
    /// Whether triage sees rightly where the case belongs.
    Triage = 8,
    /// Whether the person at work knows the answer.
    Knowledge = 9,
    /// When the customer expects a reply.
    Deadline = 10,
    /// Whether the customer expects a reply by some time.
    HasDeadline = 11,
    /// How long the customer stays.
    Patience = 12,
    /// Which kind of patience the customer has.
    PatienceKind = 13,
    /// Whether a leaving customer says so.
    Silent = 14,
    /// Whether a customer without an answer writes again.
    Recontact = 15,
    /// Where the customer writes again.
    RecontactChannel = 16,
    /// Whether an answer settles the matter.
    Settle = 17,
    /// Whether the customer wishes to go on talking.
    Wish = 18,
    /// Time until the customer's next turn.
    ReplyDelay = 19,
    /// Whether the work contains an error.
    Error = 20,
    /// Whether a review catches the error.
    Caught = 21,
    /// Whether someone answers without knowing.
    Guess = 22,
    /// Whether an answer needs approval, or gets it.
    Approval = 23,
    /// Service time of answering.
    Work = 24,
    /// Which link a case takes.
    Route = 25,
    /// Time a hand-off is on its way.
    Transit = 26,
    /// Whether a hand-off is lost.
    Lost = 27,
    /// How much context a hand-off loses.
    Context = 28,
    /// How busy a whole day is.
    DayFactor = 29,
    /// Which audience segment the customer belongs to.
    Segment = 30,
    /// Which block of a log is replayed.
    Resample = 31,
    /// Place in a random order.
    Position = 32,
    /// Service time of triage.
    TriageWork = 33,
    /// Service time of a consultation.
    ConsultWork = 34,
    /// Service time of a review.
    ReviewWork = 35,
    /// Service time of rework.
    ReworkWork = 36,
    /// Time to recognize that a case belongs elsewhere.
    RecognizeWork = 37,
    /// Time to ask a colleague.
    AskWork = 38,
    /// Service time of a proactive mention.
    MentionWork = 39,
    /// Whether a search finds the answer.
    SearchFind = 40,
    /// Time a search takes.
    SearchWork = 41,
    /// Time from one absence of a person to the next.
    AbsenceGap = 42,
    /// How long an absence lasts.
    AbsenceLength = 43,
    /// How long a person stays with the company.
    Stay = 44,
    /// How long a place stays empty.
    Vacancy = 45,
    /// How hard a mention is to find.
    Detection = 46,
    /// How long a lost case lies before it is found.
    Orphaned = 47,
    /// Time it takes to talk a case through at a warm hand-off.
    ConferWork = 64,
    /// Whether a reply raises an exception.
    Exception = 65,
    /// How far up an exception is decided.
    Centralization = 66,
    /// What is decided about an exception.
    Decision = 67,
    /// Whether a quick fix leaves the reply wrong.
    QuickFix = 68,
    /// A superior's work on an exception.
    DecideWork = 69,
    /// Until a desk notices a post that several desks see.
    Notice = 70,
    /// Until a claim can be seen at the other desks.
    ClaimShows = 71,
    /// Whether a desk leaves a post to the others.
    LeftToOthers = 72,
    /// Service time of triage at a desk that another has forestalled.
    TriageAgain = 73,
    /// Whether the reply of such a desk is wrong.
    ErrorAgain = 74,
    /// When the policy of a topic changes.
    PolicyChange = 75,
    /// Whether a change of policy concerns an inquiry.
    PolicyConcerns = 76,
    /// How many come at once.
    Batch = 48,
    /// How long a state of a stream's rate lasts.
    StateLasts = 49,
    /// Which state of a stream's rate is next.
    NextState = 50,
    /// Whether a candidate of a smooth rate arrives.
    Thinning = 51,
    /// How long a member stays away.
    Away = 52,
    /// Whether somebody who got nowhere tries again.
    TriesAgain = 53,
    /// How long until then.
    RetryDelay = 54,
    /// How long a mention is worth a touch.
    Window = 96,
    /// Service time of a task out of an endless supply.
    TaskWork = 97,
    /// Whether a reply sends the customer elsewhere.
    Deflect = 80,
    /// Whether a reply asks the customer to go on in private.
    ToPrivate = 81,
    /// Whether a customer who is sent elsewhere gives up.
    GiveUpDeflected = 82,
    /// Whether a customer who is asked to go on in private does.
    FollowToPrivate = 83,
    /// Whether what seemed settled comes up again.
    Reopen = 84,
    /// When it comes up again.
    ReopenAfter = 85,
    /// Whether a customer past the deadline goes public.
    GoesPublic = 86,
    /// Where a customer of a private channel is heard.
    PublicChannel = 87,
    /// How many join in after a post.
    Followers = 88,
    /// How long somebody takes to join in.
    Reaction = 89,
    /// Whether somebody who would join in does.
    JoinsIn = 90,
    /// Whether a timely answer moves the customer to ask something else.
    Induced = 91,
    /// When the customer asks it.
    InducedAfter = 92,
    /// The mood that a customer brings along.
    MoodAtArrival = 93,
    /// What a reply does to a mood beside what it says.
    MoodNoise = 94,
    /// Whether the author of a mention minds being spoken to.
    Minds = 95,
    /// How much is at stake with an inquiry.
    Risk = 98,
    /// In which language the customer writes.
    Language = 99,
}
