//! The audience: segments of customers who differ in where they write, about what, and what they expect.

use crate::draws::Law;
use crate::model::{Mix, SegmentId, Shares};

/// Customers alike in their habits: a social profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// The author's word for it.
    pub name: String,
    /// Minutes until such a customer expects a reply, and the share who never do; `None`: as everybody.
    pub expects: Option<(Option<Law>, f64)>,
    /// Probability of writing again past the deadline; `None`: as everybody.
    pub recontact: Option<f64>,
    /// Probability of going on with the conversation when not settled; `None`: as everybody.
    pub wish_to_continue: Option<f64>,
    /// Probability of going public past the deadline; `None`: as everybody.
    pub goes_public: Option<f64>,
}

/// How strongly a segment leans to channels and topics, and how large it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaning {
    /// Its share of the customers.
    pub share: f64,
    /// Weight of each channel, 1 where it leans neither way, 0 for one it does not use.
    pub channels: Vec<f64>,
    /// Weight of each topic.
    pub topics: Vec<f64>,
}

/// The segments, and who writes what and where.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Audience {
    /// The segments; empty where customers are not told apart.
    pub segments: Vec<Segment>,
    /// By channel, then topic: shares of the segments among those who write there about that.
    by_post: Vec<Shares>,
    topics: usize,
}

/// Rounds in which shares are fitted.
const ROUNDS: u32 = 10_000;
/// Smallest factor of a segment, the largest being 1.
const LEAST: f64 = 1e-9;
/// How well they are fitted.
const CLOSE: f64 = 1e-10;

impl Audience {
    /// Segments of these shares and leanings among customers whose channels and topics are those of `mix`.
    ///
    /// Messages keep the channels and topics of `mix`. Who writes is then drawn: a segment s has the
    /// share aₛ·wₛ(channel)·wₛ(topic) of a post's weights, and the aₛ are fitted until each segment has
    /// its share of all posts (iterative proportional fitting, Deming & Stephan 1940), so that neither
    /// the channels' shares nor the segments' are bent. Where both cannot hold (half of the customers use a channel that
    /// has a third of the messages), the channels hold. Second: the shares that come out.
    pub fn new(segments: Vec<Segment>, leanings: &[Leaning], mix: &Mix) -> (Audience, Vec<f64>) {
        let (channels, topics) = (mix.channels.len().max(1), mix.topics.len().max(1));
        let share =
            |shares: &Shares, i: usize| if shares.is_empty() { 1.0 } else { shares.share(i) };
        let cells = |factors: &[f64]| -> Vec<(f64, Vec<f64>)> {
            let cell = |i: usize| {
                let (channel, topic) = (i / topics, i % topics);
                let weight = |(leaning, factor): (&Leaning, &f64)| {
                    factor * leaning.channels[channel] * leaning.topics[topic]
                };
                let mut weights: Vec<f64> = leanings.iter().zip(factors).map(weight).collect();
                if weights.iter().sum::<f64>() <= 0.0 {
                    // Nobody leans this way, yet somebody wrote it.
                    weights = leanings.iter().map(|leaning| leaning.share).collect();
                }
                (share(&mix.channels, channel) * share(&mix.topics, topic), weights)
            };
            (0..channels * topics).map(cell).collect()
        };
        let realized = |cells: &[(f64, Vec<f64>)]| -> Vec<f64> {
            let of = |s: usize| {
                cells.iter().map(|(post, all)| post * all[s] / all.iter().sum::<f64>()).sum()
            };
            (0..leanings.len()).map(of).collect()
        };
        let mut factors: Vec<f64> = leanings.iter().map(|leaning| leaning.share).collect();
        let mut fitted = cells(&factors);
        for _ in 0..ROUNDS {
            let found = realized(&fitted);
            let off = |(leaning, found): (&Leaning, &f64)| (leaning.share - found).abs();
            if leanings.iter().zip(&found).map(off).fold(0.0, f64::max) < CLOSE {
                break;
            }
            for ((factor, leaning), found) in factors.iter_mut().zip(leanings).zip(&found) {
                if 0.0 < *found {
                    *factor *= leaning.share / found;
                }
            }
            let largest = factors.iter().copied().fold(0.0, f64::max);
            // Where shares cannot be had, factors part without end: far enough is enough.
            factors.iter_mut().for_each(|factor| *factor = (*factor / largest).max(LEAST));
            fitted = cells(&factors);
        }
        let found = realized(&fitted);
        let by_post = fitted
            .iter()
            .map(|(_, weights)| Shares::new(weights).expect("some segment writes each post"))
            .collect();
        (Audience { segments, by_post, topics }, found)
    }

    /// Whether customers are not told apart.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// The segment at quantile `u` among those who write on this channel about this topic.
    #[inline]
    pub fn pick(&self, channel: usize, topic: usize, u: f64) -> SegmentId {
        SegmentId(self.by_post[channel * self.topics + topic].pick(u) as u32)
    }

    /// The share of a segment among those who write on this channel about this topic.
    pub fn share(&self, segment: SegmentId, channel: usize, topic: usize) -> f64 {
        self.by_post[channel * self.topics + topic].share(segment.index())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(name: &str) -> Segment {
        Segment {
            name: name.into(),
            expects: None,
            recontact: None,
            wish_to_continue: None,
            goes_public: None,
        }
    }

    fn mix(channels: &[f64], topics: &[f64]) -> Mix {
        Mix {
            channels: Shares::new(channels).unwrap(),
            topics: Shares::new(topics).unwrap(),
            units: Shares::none(),
            unit_matters: 0.0,
            languages: Shares::none(),
        }
    }

    fn leaning(share: f64, channels: &[f64], topics: &[f64]) -> Leaning {
        Leaning { share, channels: channels.to_vec(), topics: topics.to_vec() }
    }

    /// Σ over posts of their share times the segment's share there.
    fn total(audience: &Audience, mix: &Mix, segment: u32) -> f64 {
        let posts =
            (0..mix.channels.len()).flat_map(|c| (0..mix.topics.len()).map(move |t| (c, t)));
        let of = |(c, t)| {
            mix.channels.share(c) * mix.topics.share(t) * audience.share(SegmentId(segment), c, t)
        };
        posts.map(of).sum()
    }

    #[test]
    fn segments_keep_their_shares_and_messages_their_channels() {
        let mix = mix(&[0.3, 0.7], &[0.2, 0.8]);
        let leanings = [
            leaning(0.25, &[1.0, 0.0], &[5.0, 1.0]),
            leaning(0.6, &[1.0, 1.0], &[1.0, 1.0]),
            leaning(0.15, &[1.0, 2.0], &[0.0, 1.0]),
        ];
        let names = ["loud", "usual", "kind"].map(segment).to_vec();
        let (audience, found) = Audience::new(names, &leanings, &mix);
        for (i, leaning) in leanings.iter().enumerate() {
            assert!((total(&audience, &mix, i as u32) - leaning.share).abs() < 1e-9, "{found:?}");
            assert!((found[i] - leaning.share).abs() < 1e-9);
        }
        // Nobody of the first writes on the second channel, nobody of the third about the first topic.
        assert!(audience.share(SegmentId(0), 1, 0).abs() < 1e-12);
        assert!(audience.share(SegmentId(2), 0, 0).abs() < 1e-12);
        // Odds between two segments differ between topics by the ratio of their weights.
        let odds = |t| audience.share(SegmentId(0), 0, t) / audience.share(SegmentId(1), 0, t);
        assert!((odds(0) / odds(1) - 5.0).abs() < 1e-9);
    }

    #[test]
    fn where_both_cannot_hold_the_channels_do() {
        let mix = mix(&[0.3, 0.7], &[1.0]);
        let leanings = [leaning(0.5, &[1.0, 0.0], &[1.0]), leaning(0.5, &[1.0, 1.0], &[1.0])];
        let (audience, found) =
            Audience::new(["x only", "all"].map(segment).to_vec(), &leanings, &mix);
        assert!((found[0] - 0.3).abs() < 0.01, "{found:?}");
        assert_eq!(audience.pick(1, 0, 0.2), SegmentId(1));
    }
}
