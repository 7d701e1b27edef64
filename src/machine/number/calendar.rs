//! The Gregorian calendar, before its invention as after it: days and seconds since 1970 as dates, and back.

/// Seconds of a day.
pub const DAY: i64 = 86_400;
/// Days of 400 years, after which all repeats, weekdays too.
const CYCLE: i64 = 146_097;

/// A moment as a calendar and a clock show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The year; 0 is the one before 1.
    pub year: i64,
    /// From 1.
    pub month: i64,
    /// From 1.
    pub day: i64,
    /// From 0.
    pub hour: i64,
    /// From 0.
    pub minute: i64,
    /// From 0.
    pub second: i64,
    /// From Monday, which is 0.
    pub weekday: i64,
    /// From 1.
    pub yearday: i64,
}

/// Whether a year has 366 days.
pub const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The days from the first of January 1970 to the day of a month.  Month and day may lie outside their ranges, and
/// are counted on.
pub const fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin with March: the leap day is their last, and months follow one rule.
    let months = year * 12 + month - 3;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    let before_month = (153 * month + 2) / 5;
    let before_year = year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // The first of March of the year 0 lies so many days before 1970.
    before_year + before_month + day - 1 - 719_468
}

impl Civil {
    /// What a calendar in Greenwich shows so many seconds after the beginning of 1970.
    pub const fn of_seconds(seconds: i64) -> Self {
        let (since, rest) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        let shifted = since + 719_468;
        let (cycle, day_of_cycle) = (shifted.div_euclid(CYCLE), shifted.rem_euclid(CYCLE));
        // Of the days of a cycle those that are leap days, each at its end, are left out to count years.
        let leap_days = day_of_cycle / 1_460 - day_of_cycle / 36_524 + day_of_cycle / (CYCLE - 1);
        let year_of_cycle = (day_of_cycle - leap_days) / 365;
        let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let from_march = cycle * 400 + year_of_cycle;
        let (year, month) = if month < 10 { (from_march, month + 3) } else { (from_march + 1, month - 9) };
        Self {
            year,
            month,
            day,
            hour: rest / 3_600,
            minute: rest / 60 % 60,
            second: rest % 60,
            weekday: (since + 3).rem_euclid(7),
            yearday: since - days(year, 1, 1) + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_of_two_cycles_follows_the_one_before() {
        let mut before = Civil::of_seconds(-CYCLE * DAY - DAY);
        for day in -CYCLE..=CYCLE {
            let now = Civil::of_seconds(day * DAY);
            assert_eq!(days(now.year, now.month, now.day), day);
            assert_eq!(now.weekday, (before.weekday + 1) % 7);
            let same_year = now.year == before.year;
            assert_eq!(now.yearday, if same_year { before.yearday + 1 } else { 1 });
            assert!(same_year || before.yearday == 365 + i64::from(is_leap(before.year)));
            before = now;
        }
    }

    #[test]
    fn months_and_days_outside_their_ranges_are_counted_on() {
        assert_eq!(days(2024, 14, 35), days(2025, 3, 7));
        assert_eq!(days(2024, 0, 1), days(2023, 12, 1));
    }
}
