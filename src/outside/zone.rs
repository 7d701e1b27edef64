//! Local time: the rules of the time zone that the variable `TZ` names, or that the system is set to.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::machine::system::LocalTime;

/// Where the files of time zones are.
const FOLDER: &str = "/usr/share/zoneinfo";
/// The one of the system.
const OWN: &str = "/etc/localtime";
/// Seconds of 400 years, after which the calendar repeats.
const CYCLE: i64 = 12_622_780_800;
/// A week before a change of the clocks and a week behind it, no other change is near.
const WEEK: i64 = 604_800;

/// A time zone and how it is named where it has no rules.
#[derive(Clone, Debug)]
pub struct Zone {
    rules: Option<TimeZone>,
    name: String,
}

impl Zone {
    /// The time zone that the value of `TZ` stands for: a file of the database, or rules as POSIX writes them; what
    /// is neither is UTC by that name.
    pub fn named(name: Option<&str>) -> Self {
        let Some(name) = name else {
            return Self { rules: read(Path::new(OWN)), name: "UTC".to_owned() };
        };
        let name = name.strip_prefix(':').unwrap_or(name);
        if name.is_empty() {
            return Self { rules: None, name: "UTC".to_owned() };
        }
        let path: PathBuf = Path::new(FOLDER).join(name);
        let rules = read(&path).or_else(|| TimeZone::posix(name).ok());
        let letters: String = name.chars().take_while(char::is_ascii_alphabetic).collect();
        Self { rules, name: if letters.len() < 3 { "UTC".to_owned() } else { letters } }
    }

    /// What the clocks show so many seconds after the beginning of 1970.
    pub fn at(&self, seconds: i64) -> LocalTime {
        let utc = || LocalTime { seconds, offset: 0, is_dst: false, zone: self.name.as_str().into() };
        let Some(rules) = &self.rules else { return utc() };
        // The library ends at the year 9999; the rules for the future go on as the calendar does.
        let (least, most) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        let known = if seconds > most {
            most - CYCLE + (seconds - most).rem_euclid(CYCLE)
        } else {
            seconds.max(least)
        };
        let Ok(moment) = Timestamp::from_second(known) else { return utc() };
        let info = rules.to_offset_info(moment);
        LocalTime {
            seconds,
            offset: info.offset().seconds(),
            is_dst: info.dst().is_dst(),
            zone: info.abbreviation().into(),
        }
    }

    /// The moment at which the clocks show what they show in Greenwich after so many seconds.  Where that is so
    /// twice, or summer time is in force or not other than `is_dst` says, that decides; where they skip it, they
    /// count as not yet changed.
    pub fn find(&self, shown: i64, is_dst: Option<bool>) -> LocalTime {
        let (before, after) = (self.at(shown - WEEK / 7), self.at(shown + WEEK / 7));
        let moment = |kind: &LocalTime| shown - i64::from(kind.offset);
        let fits = |kind: &LocalTime| {
            let there = self.at(moment(kind));
            there.offset == kind.offset && is_dst.is_none_or(|wanted| there.is_dst == wanted)
        };
        // Standard time first: an hour that comes twice counts as the second one.
        let mut kinds = [&before, &after];
        kinds.sort_by_key(|kind| kind.is_dst);
        if let Some(kind) = kinds.into_iter().find(|kind| fits(kind)) {
            return self.at(moment(kind));
        }
        let Some(wanted) = is_dst else { return self.at(moment(&before)) };
        match self.nearest(shown, wanted) {
            Some(kind) => self.at(moment(&kind)),
            // Where there never is summer time, it would be an hour ahead.
            None if wanted => self.at(moment(&before) - 3_600),
            None => self.at(moment(&before) + 3_600),
        }
    }

    /// What holds at the moment nearest to this one at which summer time is in force, or is not.
    fn nearest(&self, seconds: i64, is_dst: bool) -> Option<LocalTime> {
        // A year and a half, as zones without summer time in one year may have it in the next.
        const WEEKS: i64 = 78;
        let places = (0..=WEEKS).flat_map(|weeks| [-weeks, weeks]);
        places.map(|weeks| self.at(seconds + weeks * WEEK)).find(|kind| kind.is_dst == is_dst)
    }
}

fn read(path: &Path) -> Option<TimeZone> {
    TimeZone::tzif("", &fs::read(path).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules of central Europe, which need no file.
    fn central() -> Zone {
        Zone::named(Some("CET-1CEST,M3.5.0,M10.5.0/3"))
    }

    #[test]
    fn an_hour_that_comes_twice_is_the_second_one_unless_summer_time_is_asked_for() {
        assert_eq!(central().find(1_729_996_200, None).seconds, 1_729_992_600);
        assert_eq!(central().find(1_729_996_200, Some(true)).seconds, 1_729_989_000);
    }

    #[test]
    fn an_hour_that_is_skipped_counts_by_the_clock_before() {
        assert_eq!(central().find(1_711_852_200, None).seconds, 1_711_848_600);
        assert_eq!(central().find(1_711_852_200, Some(true)).seconds, 1_711_845_000);
    }

    #[test]
    fn summer_time_may_be_asked_for_in_winter() {
        assert_eq!(central().find(1_704_067_200, Some(true)).seconds, 1_704_060_000);
        assert_eq!(central().find(1_719_792_000, Some(false)).seconds, 1_719_788_400);
    }

    #[test]
    fn rules_go_on_behind_the_last_year_of_the_library() {
        let zone = central();
        assert_eq!(zone.at(1_000_000_000_000).zone, "CEST".into());
        assert_eq!(Zone::named(Some("nonsense")).at(0).zone, "nonsense".into());
    }
}
